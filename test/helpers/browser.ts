import { existsSync } from 'node:fs';

import { chromium } from 'playwright-core';

import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

const executablePath = '/usr/bin/chromium';

/** Debian's Chromium, with software WebGL for the desk's map and without talking to anybody. */
export async function openBrowser(): Promise<Browser> {
  if (!existsSync(executablePath))
    throw new Error('Chromium is missing: run "apt-get install -y chromium fonts-noto-cjk" as root');
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--use-gl=angle',
      '--use-angle=swiftshader',
      '--enable-unsafe-swiftshader',
    ],
  });
}

export const deskScreen = { width: 1440, height: 900 } as const;
export const phoneScreen = { width: 390, height: 844 } as const;

/** One person at a device of his own: cookies and storage are not shared. What the page reports as errors is collected. */
export async function openPerson(
  browser: Browser,
  options: BrowserContextOptions & { readonly baseURL: string },
): Promise<{ page: Page; errors: string[] }> {
  const context = await browser.newContext({ locale: 'zh-CN', timezoneId: 'Asia/Shanghai', ...options });
  context.setDefaultTimeout(30_000);
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', error => errors.push(error.message));
  return { page, errors };
}

import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { deskScreen, openBrowser, openPerson, phoneScreen } from '../helpers/browser.ts';
import { startProgram } from '../helpers/program.ts';

import type { Browser } from 'playwright-core';
import type { Program } from '../helpers/program.ts';

/** Every screen in both languages: accessible (WCAG 2.2 AA by axe), as wide as its window, without an error of its own. */
let program: Program;
let browser: Browser;

beforeAll(async () => {
  program = await startProgram();
  browser = await openBrowser();
});

afterAll(async () => {
  await browser.close();
  await program.stop();
});

interface Screen {
  readonly name: string;
  readonly path: string;
  readonly account: string | null;
  readonly size: { readonly width: number; readonly height: number };
  /** What must be there before the screen is judged. */
  readonly ready: string;
  /** Opened by a click, when the screen begins with a list. */
  readonly open?: string;
}

const screens: readonly Screen[] = [
  { name: 'resident report', path: '/r/', account: null, size: phoneScreen, ready: 'textarea' },
  { name: 'resident report, wide', path: '/r/', account: null, size: deskScreen, ready: 'textarea' },
  { name: 'resident track', path: '/r/track', account: null, size: phoneScreen, ready: 'input' },
  { name: 'login', path: '/login', account: null, size: deskScreen, ready: '[data-testid=demo-zhihui]' },
  {
    name: 'desk',
    path: '/desk',
    account: 'zhihui',
    size: deskScreen,
    ready: '[data-testid=queue-row]',
    open: '[data-testid=queue-row]',
  },
  { name: 'desk on a phone', path: '/desk', account: 'zhihui', size: phoneScreen, ready: '[data-testid=queue-row]' },
  {
    name: 'inbox',
    path: '/inbox',
    account: 'zilaishui',
    size: deskScreen,
    ready: '[data-testid=tab-to_sign], [role=tab]',
  },
  { name: 'inbox on a phone', path: '/inbox', account: 'zilaishui', size: phoneScreen, ready: '[role=tab]' },
  { name: 'check tasks', path: '/m/', account: 'wangge', size: phoneScreen, ready: 'h1' },
  {
    name: 'accounts',
    path: '/admin/accounts',
    account: 'anquan',
    size: deskScreen,
    ready: '[data-testid=accounts-table]',
  },
  { name: 'interface', path: '/api-docs', account: null, size: deskScreen, ready: '[data-testid=operation]' },
];

describe.each(['zh', 'en'] as const)('in %s', language => {
  test.each(screens)('$name', async ({ path, account, size, ready, open }) => {
    const { page, errors } = await openPerson(browser, { baseURL: program.url, viewport: size });
    try {
      if (account !== null) {
        const answer = await page.request.post('/api/session', {
          data: { loginName: account, password: 'Jingba-2013' },
        });
        expect(answer.status()).toBe(200);
      }
      await page.goto(`${path}?lang=${language}`);
      await page.locator(ready).first().waitFor();
      if (open !== undefined) {
        await page.locator(open).first().click();
        await page.getByTestId('case-panel').waitFor();
      }
      expect(await page.locator('html').getAttribute('lang')).toBe(language === 'zh' ? 'zh-CN' : 'en');
      // Width: nothing sticks out sideways.
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overflow, 'pixels that stick out sideways').toBeLessThanOrEqual(0);
      const { violations } = await new AxeBuilder({ page })
        .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
        .exclude('canvas')
        .analyze();
      expect(
        violations.map(({ id, nodes }) => `${id}: ${nodes.map(node => node.target.join(' ')).join(', ')}`),
      ).toEqual([]);
      expect(errors).toEqual([]);
    } finally {
      await page.context().close();
    }
  });
});

/**
 * Takes the pictures of docs/pictures/ from the running product, by living one case through its screens in each language:
 *
 *   node tools/take-pictures.ts [--url http://localhost:8080] [--only zh|en]
 *
 * Needs a running demonstration and Debian's Chromium. Desk 1440 × 900, phone 390 × 844 at double density; PNG with a palette.
 */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';

import sharp from 'sharp';

import { drawScene } from '../db/seed/scenes.ts';
import { demoAccounts, signIn } from '../src/contracts/identity.ts';
import { en as fieldEn } from '../src/field/words/en.ts';
import { zh as fieldZh } from '../src/field/words/zh-CN.ts';
import { en as residentEn } from '../src/resident/words/en.ts';
import { zh as residentZh } from '../src/resident/words/zh-CN.ts';
import { deskScreen, openBrowser, openPerson, phoneScreen } from '../test/helpers/browser.ts';

import type { ReplyOf } from '../src/contracts/endpoint.ts';
import type { Language } from '../src/domain/kernel/bilingual.ts';
import type { Browser, Page } from 'playwright-core';

const folder = path.resolve(import.meta.dirname, '../docs/pictures');
const heaviest = 300_000;

const words = { zh: { resident: residentZh, field: fieldZh }, en: { resident: residentEn, field: fieldEn } } as const;

/** The case that is lived through; the reporter writes Chinese in both. */
const story = {
  zh: { report: '11号院门口的自来水管爆了，水漫到路上，早上结冰老人容易滑倒。', category: '供水管道爆裂' },
  en: { report: '7号楼前的水管裂了，一直往外冒水，一楼车库门口已经积水。', category: 'Water main burst' },
} as const;
const result = '已关阀止水，更换漏损管段，基坑回填夯实，恢复供水。';
/** Inside the courtyard whose grid worker has a demonstration account. */
const place = { longitude: 113.676903, latitude: 34.767582, accuracy: 9 };

const photo = (moment: 'before' | 'after') =>
  sharp(Buffer.from(drawScene('water', moment)))
    .jpeg()
    .toBuffer()
    .then(buffer => ({ name: `${moment}.jpg`, mimeType: 'image/jpeg', buffer }));

/** Waits until pictures and maps have been drawn and nothing moves any more, then keeps what is seen. */
async function take(page: Page, name: string): Promise<void> {
  await page.waitForLoadState('load');
  await page.evaluate(async () => {
    await document.fonts.ready;
    await Promise.all([...document.images].map(image => image.decode().catch(() => undefined)));
  });
  // Maps fade their labels in, lists their rows; what was just done is said for some seconds.
  await page.waitForTimeout(2500);
  await page.locator('.ant-message-notice').waitFor({ state: 'detached' });
  const shot = await page.screenshot({ animations: 'disabled' });
  const file = path.join(folder, `${name}.png`);
  const { size } = await sharp(shot).png({ palette: true, colours: 192, effort: 10, dither: 0.6 }).toFile(file);
  if (size > heaviest) throw new Error(`${file} has ${size} bytes, more than ${heaviest}`);
  console.log(`${path.relative(process.cwd(), file)}  ${Math.round(size / 1024)} KB`);
}

type Account = ReplyOf<typeof demoAccounts>['accounts'][number];

/** A device in somebody's hands; signed in when an account is given. */
async function person(
  browser: Browser,
  { url, language, screen }: { url: string; language: Language; screen: 'desk' | 'phone' },
  loginName?: string,
): Promise<Page> {
  const { page } = await openPerson(browser, {
    baseURL: url,
    locale: language === 'zh' ? 'zh-CN' : 'en-US',
    ...(screen === 'desk'
      ? { viewport: deskScreen }
      : { viewport: phoneScreen, deviceScaleFactor: 2, isMobile: true, hasTouch: true }),
    permissions: ['geolocation'],
    geolocation: place,
  });
  if (loginName === undefined) return page;
  const { accounts } = (await (await page.request.get(demoAccounts.path)).json()) as { accounts: Account[] };
  const account = accounts.find(candidate => candidate.loginName === loginName);
  if (account === undefined) throw new Error(`${url} has no demonstration account ${loginName}`);
  const answer = await page.request.post(signIn.path, { data: { loginName, password: account.password } });
  if (!answer.ok()) throw new Error(`${loginName} cannot sign in: ${await answer.text()}`);
  return page;
}

/** Takes an action in the open case panel. */
async function act(page: Page, action: string, fill?: () => Promise<void>): Promise<void> {
  await page.getByTestId(`action-${action}`).click();
  const form = page.getByTestId(`form-${action}`);
  await form.waitFor();
  await fill?.();
  await form.getByTestId('confirm').click();
  await form.waitFor({ state: 'detached' });
}

async function livedOnce(browser: Browser, url: string, language: Language): Promise<void> {
  const { resident, field } = words[language];
  const { report, category } = story[language];
  const beginning = report.slice(0, 12);

  const phone = await person(browser, { url, language, screen: 'phone' });
  await phone.goto('/r/');
  await phone.locator('textarea.words').fill(report);
  await phone
    .locator('input[type=file]')
    .first()
    .setInputFiles(await photo('before'));
  await phone.getByRole('button', { name: resident.useGps }).click();
  await phone.locator('.place-name').first().waitFor();
  await phone.getByRole('button', { name: category }).click();
  await phone.evaluate(() => scrollTo(0, 0));
  await take(phone, `report.${language}`);
  await phone.getByRole('button', { name: resident.submit, exact: true }).click();
  const code = (await phone.locator('[data-code]').getAttribute('data-code')) ?? '';

  const visitor = await person(browser, { url, language, screen: 'desk' });
  await visitor.goto('/login');
  await visitor.getByTestId('demo-zhihui').waitFor();
  await take(visitor, `login.${language}`);

  const desk = await person(browser, { url, language, screen: 'desk' }, 'zhihui');
  await desk.goto('/desk');
  await desk.getByTestId('tab-to_accept').click();
  await desk.getByTestId('queue-row').filter({ hasText: beginning }).click();
  await act(desk, 'accept');
  await act(desk, 'file', () => desk.getByTestId('condition').first().click());
  await desk.getByTestId('tab-to_dispatch').click();
  await desk.getByTestId('queue-row').filter({ hasText: beginning }).waitFor();
  await take(desk, `desk.${language}`);
  await act(desk, 'dispatch');

  const unit = await person(browser, { url, language, screen: 'desk' }, 'zilaishui');
  await unit.goto('/inbox');
  await unit.getByText(beginning).first().click();
  await act(unit, 'sign');
  await unit.getByTestId('tab-handling').click();
  await unit.getByText(beginning).first().waitFor();
  await take(unit, `inbox.${language}`);
  await act(unit, 'feed_back', async () => {
    const form = unit.getByTestId('form-feed_back');
    await form.getByTestId('note').fill(result);
    await form
      .locator('input[type=file]')
      .first()
      .setInputFiles(await photo('after'));
  });
  await act(desk, 'send_check', () => desk.getByTestId('checker').first().click());

  const worker = await person(browser, { url, language, screen: 'phone' }, 'wangge');
  await worker.goto('/m/');
  await worker.getByText(beginning).first().click();
  await worker.getByText(result).first().waitFor();
  await take(worker, `check.${language}`);
  await worker.getByRole('button', { name: field.pass, exact: true }).click();
  await worker.getByText(field.passedMore).waitFor();
  await act(desk, 'close');

  await phone.getByRole('button', { name: resident.see }).click();
  const codeField = phone.getByLabel(resident.codeLabel);
  if ((await codeField.count()) > 0) {
    await codeField.fill(code);
    await phone.getByRole('button', { name: resident.look, exact: true }).click();
  }
  await phone.getByText(result).first().waitFor();
  await take(phone, `track.${language}`);
  for (const page of [phone, visitor, desk, unit, worker]) await page.context().close();
}

const { values } = parseArgs({
  options: { url: { type: 'string', default: 'http://localhost:8080' }, only: { type: 'string' } },
});
await mkdir(folder, { recursive: true });
const browser = await openBrowser();
try {
  for (const language of ['zh', 'en'] as const)
    if (values.only === undefined || values.only === language) await livedOnce(browser, values.url, language);
} finally {
  await browser.close();
}

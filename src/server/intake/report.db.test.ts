import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { openApp } from '../../../test/helpers/app.ts';
import { readProblem } from '../../../test/helpers/client.ts';
import { courtyard, findCaseId, photoBytes, reportBody, reportCase, upload } from '../../../test/helpers/journey.ts';
import { listCases, readCase } from '../../contracts/cases.ts';
import { locate } from '../../contracts/grids.ts';
import { readProgress, report, wordsLimit } from '../../contracts/intake.ts';
import { fromWgs84 } from '../grids/datum.ts';

import type { TestApp } from '../../../test/helpers/app.ts';
import type { ReportBody } from '../../../test/helpers/journey.ts';
import type { ProblemCode } from '../../contracts/problems.ts';

let app: TestApp;
beforeAll(async () => (app = await openApp()));
afterAll(() => app.close());

const key = (): string => randomUUID();
const countAll = async (): Promise<number> => {
  const { cases } = await (await app.as('zhihui')).ok(listCases, { query: { limit: '500' } });
  return cases.length;
};
const refused = (code: ProblemCode, more: Partial<ReportBody>, language = 'zh-CN') =>
  app.anybody.refused(report, code, { body: reportBody(app, more), key: key(), language });

const outside = { lng: 113.5, lat: 34.9, datum: 'WGS84' as const };
const nowhere = '01970000-0000-7000-8000-000000000000';

describe('each mistake is named, in the language of the person, and stores nothing', () => {
  const mistakes: readonly (readonly [what: string, ProblemCode, Partial<ReportBody>, zh: RegExp, en: RegExp])[] = [
    [
      'an unknown category',
      'cases.unknown_category',
      { categoryCode: '9999' },
      /没有这个问题类别：9999/,
      /No such category: 9999/,
    ],
    [
      'a point outside',
      'grids.point_outside',
      { place: { point: outside } },
      /不在本平台服务范围内.*最近的是.+\d+ 米/,
      /outside the area served.*nearest.*\d+ m/,
    ],
    ['an unknown grid', 'grids.unknown_grid', { place: { gridId: nowhere } }, /没有这个网格/, /No such grid/],
    ['no place', 'intake.place_missing', { place: {} }, /请选择地点/, /choose a place/],
    [
      'no place but an address',
      'intake.place_missing',
      { place: { address: '东门口' } },
      /请选择地点/,
      /choose a place/,
    ],
    ['nothing said', 'intake.nothing_reported', { words: '' }, /写几句话或拍一张照片/, /few words or take a photo/],
    ['only spaces', 'intake.nothing_reported', { words: ' \n\t　' }, /写几句话/, /few words/],
    [
      '5,000 characters',
      'intake.words_too_long',
      { words: '字'.repeat(5000) },
      /文字太长：5000 字，上限 4000 字/,
      /too long: 5000 characters, the limit is 4000/,
    ],
    ['5,000 rare characters', 'intake.words_too_long', { words: '𠮷'.repeat(5000) }, /5000 字/, /5000 characters/],
    [
      'a photo that never came',
      'files.unknown_upload',
      { photos: [nowhere] },
      /照片没有上传成功/,
      /photo has not arrived/,
    ],
    [
      'ten photos',
      'platform.invalid_input',
      { photos: Array.from({ length: 10 }, () => randomUUID()) },
      /photos 超出上限/,
      /photos is above the limit/,
    ],
    [
      'U+0000',
      'platform.invalid_input',
      { words: 'a\u0000b' },
      /words 含有无法保存的字符/,
      /words holds characters that cannot be stored/,
    ],
    [
      'half a character',
      'platform.invalid_input',
      { words: '坏\uD842' },
      /words 含有无法保存的字符/,
      /cannot be stored/,
    ],
    [
      'half a character in the address',
      'platform.invalid_input',
      { place: { gridId: nowhere, address: '\uDFB7' } },
      /place\.address 含有/,
      /place\.address holds/,
    ],
    [
      'a name of 41 characters',
      'platform.invalid_input',
      { contact: { name: '名'.repeat(41) } },
      /contact\.name 太长/,
      /contact\.name is too long/,
    ],
    [
      'a point beyond the poles',
      'platform.invalid_input',
      { place: { point: { lng: 113, lat: 91, datum: 'WGS84' } } },
      /place\.point\.lat 超出上限/,
      /place\.point\.lat is above/,
    ],
  ];

  test.each(mistakes)('%s', async (_what, code, more, zh, en) => {
    const before = await countAll();
    const chinese = await refused(code, more);
    expect(chinese.title).toMatch(zh);
    expect((await refused(code, more, 'en-US,en;q=0.9')).title).toMatch(en);
    expect(await countAll()).toBe(before);
  });

  const bodies: readonly (readonly [what: string, body: string | Uint8Array<ArrayBuffer>, ProblemCode])[] = [
    ['no JSON', '{"words": "路灯', 'platform.malformed_body'],
    ['nothing', '', 'platform.malformed_body'],
    [
      'bytes that are no UTF-8',
      new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]),
      'platform.malformed_body',
    ],
    ['a list', '[]', 'platform.invalid_input'],
    ['null', 'null', 'platform.invalid_input'],
    ['a number for words', '{"words": 5, "place": {}}', 'platform.invalid_input'],
    ['a word for a place', '{"words": "灯", "place": "东门"}', 'platform.invalid_input'],
    [
      'text for a coordinate',
      '{"words": "灯", "place": {"point": {"lng": "113", "lat": 34, "datum": "WGS84"}}}',
      'platform.invalid_input',
    ],
    [
      'an unknown datum',
      '{"words": "灯", "place": {"point": {"lng": 113, "lat": 34, "datum": "WGS72"}}}',
      'platform.invalid_input',
    ],
    ['a photo id that is none', '{"words": "灯", "photos": ["1; drop table"], "place": {}}', 'platform.invalid_input'],
  ];

  test.each(bodies)('a body of %s', async (_what, raw, code) => {
    const headers = { 'content-type': 'application/json' };
    const problem = await app.anybody.refused(report, code, { raw, key: key(), headers });
    if (code === 'platform.invalid_input') expect(problem.errors?.[0]?.path).toMatch(/^body/);
  });

  test('a body of more than a megabyte', async () => {
    await app.anybody.refused(report, 'platform.body_too_large', { raw: ' '.repeat(1024 * 1024 + 1), key: key() });
  });

  test('an endpoint that does not exist, and a method that it has not', async () => {
    for (const [method, path] of [
      ['GET', '/api/nothing'],
      ['DELETE', '/api/reports'],
      ['GET', '/api/reports'],
      ['POST', '/api/territory'],
    ] as const) {
      const response = await fetch(app.url + path, { method, headers: { 'accept-language': 'en' } });
      expect(await readProblem(response)).toMatchObject({
        code: 'platform.no_such_endpoint',
        status: 404,
        title: `No such endpoint: ${path}`,
      });
    }
  });
});

describe('any words that can be written', () => {
  test.each([
    ['emoji', '井盖没了😱👩‍👩‍👧 快来🀄'],
    ['rare characters', '𠮷祥里㐂门口𬬻子坏了'],
    ['other scripts', 'كسر الأنبوب – ปัญหาน้ำ'],
    ['lines and quotes', '第一行\n"第二行"\t\\ \' ; -- <b>粗</b> {detail} %s $1'],
    ['4,000 rare characters', '𠮷'.repeat(wordsLimit)],
  ])('%s come back as they were', async (_what, words) => {
    const { caseId, number, queryCode } = await reportCase(app, {
      words,
      place: { gridId: app.grid(courtyard).id, address: '㐂' },
    });
    const detail = await (await app.as('zhihui')).ok(readCase, { params: { id: caseId } });
    expect([detail.words, detail.address, detail.steps[0]?.note]).toEqual([words, '㐂', words]);
    expect([...detail.title].length).toBeLessThanOrEqual(80);
    expect(detail.title.isWellFormed()).toBe(true);
    expect((await app.anybody.ok(readProgress, { body: { number, queryCode } })).words).toBe(words);
  });

  test('a photo alone says enough', async () => {
    const { caseId } = await reportCase(app, { words: '', photos: [await upload(app, await photoBytes())] });
    const detail = await (await app.as('zhihui')).ok(readCase, { params: { id: caseId } });
    expect(detail).toMatchObject({ words: '', title: '' });
    expect(detail.attachments).toHaveLength(1);
  });
});

describe('the place', () => {
  test('inside decides by itself, whatever grid was picked', async () => {
    const other = app.grid('410105001015001');
    const { gridName, caseId } = await reportCase(app, { place: { ...reportBody(app).place, gridId: other.id } });
    const detail = await (await app.as('zhihui')).ok(readCase, { params: { id: caseId } });
    expect(detail.grid.at(-1)?.code).toBe(courtyard);
    expect(gridName).toBe(detail.grid.map(({ name }) => name).join(' '));
    expect(detail.grid.map(({ level }) => level)).toEqual([1, 2, 3]);
  });

  test('outside is taken with the nearest grid, when that was accepted', async () => {
    const problem = await refused('grids.point_outside', { place: { point: outside } });
    const nearestId = String(problem.details?.['nearestId']);
    expect(Number(problem.details?.['metres'])).toBeGreaterThan(1000);
    const found = await app.anybody.ok(locate, { query: { lng: '113.5', lat: '34.9' } });
    expect(found).toMatchObject({ inside: false });
    expect(found.path.at(-1)?.id).toBe(nearestId);
    expect(problem.title).toContain(found.path.map(({ name }) => name).join(' '));

    const reported = await app.anybody.ok(report, {
      body: reportBody(app, { place: { point: outside, gridId: nearestId } }),
      key: key(),
    });
    const caseId = await findCaseId(app, reported.number);
    const detail = await (await app.as('zhihui')).ok(readCase, { params: { id: caseId } });
    expect(detail).toMatchObject({ lng: 113.5, lat: 34.9 });
    expect(detail.grid.at(-1)?.id).toBe(nearestId);
  });

  test.each(['GCJ02', 'BD09', 'CGCS2000', 'WGS84'] as const)('in %s is stored in WGS-84', async datum => {
    const { label_lng: lng, label_lat: lat } = app.grid(courtyard);
    const point = fromWgs84({ lng, lat }, datum);
    const { caseId } = await reportCase(app, { place: { point } });
    const detail = await (await app.as('zhihui')).ok(readCase, { params: { id: caseId } });
    // A hundred-thousandth of a degree is one metre.
    expect(detail.lng).toBeCloseTo(lng, 5);
    expect(detail.lat).toBeCloseTo(lat, 5);
    expect(detail.grid.at(-1)?.code).toBe(courtyard);
  });
});

describe('sent again', () => {
  const reply = async (response: Response) => ({ status: response.status, body: await response.text() });

  test('with the same key and body: the same answer, one case', async () => {
    const before = await countAll();
    const input = { body: reportBody(app), key: key() };
    const first = await app.anybody.ok(report, input);
    app.clock.advance(60_000);
    expect(await app.anybody.ok(report, input)).toEqual(first);
    expect(await countAll()).toBe(before + 1);
  });

  test('twenty times at once: one case, one answer', async () => {
    const before = await countAll();
    const input = { body: reportBody(app, { words: '同一件事' }), key: key() };
    const answers = await Promise.all(
      Array.from({ length: 20 }, async () => reply(await app.client().send(report, input))),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set(answers.map(({ body }) => body)).size).toBe(1);
    expect(await countAll()).toBe(before + 1);
  });

  test('with the same key and another body: refused, the first case untouched', async () => {
    const input = { body: reportBody(app), key: key() };
    await app.anybody.ok(report, input);
    const before = await countAll();
    const other = { body: reportBody(app, { words: '别的事' }), key: input.key };
    await app.anybody.refused(report, 'platform.idempotency_key_reused', other);
    expect(await countAll()).toBe(before);
  });

  test('after a refusal the key is still good', async () => {
    const once = key();
    await app.anybody.refused(report, 'cases.unknown_category', {
      body: reportBody(app, { categoryCode: '9999' }),
      key: once,
    });
    await app.anybody.ok(report, { body: reportBody(app), key: once });
  });

  test('without a key, or with one that is none', async () => {
    const body = reportBody(app);
    await app.anybody.refused(report, 'platform.idempotency_key_missing', { body });
    await app.anybody.refused(report, 'platform.idempotency_key_missing', { body, key: '' });
    for (const wrong of ['short', 'x'.repeat(81), 'with spaces in', '<script>alert(1)</script>'])
      await app.anybody.refused(report, 'platform.invalid_input', { body, key: wrong });
  });
});

test('a hundred reports at once get consecutive numbers, each once', async () => {
  const answers = await Promise.all(
    Array.from({ length: 100 }, (_, index) =>
      app.client().ok(report, { body: reportBody(app, { words: `第 ${index} 件` }), key: key() }),
    ),
  );
  const serials = answers.map(({ number }) => Number(number.slice(-5))).toSorted((a, b) => a - b);
  const first = serials[0] ?? 0;
  expect(serials).toEqual(Array.from({ length: 100 }, (_, index) => first + index));
  expect(new Set(answers.map(({ queryCode }) => queryCode)).size).toBeGreaterThan(90);
});

test('too many from one address are asked to wait, and are told how long', async () => {
  const strict = await openApp({ reportsPerMinute: 3 });
  try {
    const send = () => strict.anybody.send(report, { body: reportBody(strict), key: key() });
    expect((await Promise.all([send(), send(), send()])).map(({ status }) => status)).toEqual([200, 200, 200]);
    const fourth = await send();
    expect(fourth.headers.get('retry-after')).toBe('20');
    expect(await readProblem(fourth)).toMatchObject({ code: 'platform.too_many_requests', details: { seconds: 20 } });
    strict.clock.advance(20_000);
    expect((await send()).status).toBe(200);
  } finally {
    await strict.close();
  }
});

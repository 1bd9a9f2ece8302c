import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { openApp } from '../../../test/helpers/app.ts';
import { accountIdOf, act, conditionWith, leadTo, reportCase, upload } from '../../../test/helpers/journey.ts';
import { giveVerdict, readProgress } from '../../contracts/intake.ts';

import type { TestApp } from '../../../test/helpers/app.ts';

let app: TestApp;
beforeAll(async () => (app = await openApp()));
afterAll(() => app.close());

const wrongCode = (queryCode: string): string => String((Number(queryCode) + 1) % 1_000_000).padStart(6, '0');
const progress = (number: string, queryCode: string) => app.anybody.ok(readProgress, { body: { number, queryCode } });

describe('a number and its query code', () => {
  test('open the progress however they are typed', async () => {
    const { number, queryCode } = await reportCase(app);
    const wide = (text: string): string =>
      text.replaceAll(/\d/g, digit => String.fromCodePoint(0xff10 + Number(digit)));
    const typed: readonly (readonly [string, string])[] = [
      [number, queryCode],
      [
        `${number.slice(0, 9)} ${number.slice(9, 17)} ${number.slice(17)}`,
        `${queryCode.slice(0, 3)} ${queryCode.slice(3)}`,
      ],
      [`${number.slice(0, 9)}-${number.slice(9, 17)}-${number.slice(17)}`, ` ${queryCode}\n`],
      [wide(number), wide(queryCode)],
    ];
    for (const [asNumber, asCode] of typed) expect((await progress(asNumber, asCode)).number).toBe(number);
  });

  test.each([
    ['an unknown number', '4101050012026041399999'],
    ['a number of an unknown town', '9999999992026041300001'],
    ['no number', '路灯'],
    ['nothing', ''],
  ])('%s is answered like a wrong code', async (_what, number) => {
    const body = { number, queryCode: '000000' };
    const problem = await app.anybody.refused(readProgress, 'intake.unknown_receipt', { body });
    expect(problem.title).toBe('编号或查询码不对');
  });

  test('lock after five wrong codes, for fifteen minutes, also for the right code', async () => {
    const { number, queryCode } = await reportCase(app);
    const wrong = { body: { number, queryCode: wrongCode(queryCode) } };
    for (let attempt = 1; attempt <= 4; attempt += 1)
      await app.anybody.refused(readProgress, 'intake.unknown_receipt', wrong);
    const locked = await app.anybody.refused(readProgress, 'intake.receipt_locked', wrong);
    expect(locked.details).toEqual({ minutes: 15 });
    app.clock.advance(10 * 60_000);
    const right = { body: { number, queryCode } };
    const still = await app.anybody.refused(readProgress, 'intake.receipt_locked', { ...right, language: 'en' });
    expect(still.title).toContain('5 minutes');
    await app.anybody.refused(giveVerdict, 'intake.receipt_locked', {
      body: { ...right.body, verdict: 'confirm' },
    });
    app.clock.advance(5 * 60_000);
    await app.anybody.ok(readProgress, right);
  });

  test('the right code in between begins the count anew', async () => {
    const { number, queryCode } = await reportCase(app);
    const wrong = { body: { number, queryCode: wrongCode(queryCode) } };
    for (let round = 0; round < 3; round += 1) {
      for (let attempt = 1; attempt <= 4; attempt += 1)
        await app.anybody.refused(readProgress, 'intake.unknown_receipt', wrong);
      await progress(number, queryCode);
    }
  });

  test('of wrong codes sent at once none is forgotten', async () => {
    const { number, queryCode } = await reportCase(app);
    const wrong = { body: { number, queryCode: wrongCode(queryCode) } };
    const answers = await Promise.all(Array.from({ length: 8 }, () => app.client().send(readProgress, wrong)));
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(4);
    await app.anybody.refused(readProgress, 'intake.receipt_locked', { body: { number, queryCode } });
  });

  test('a verdict with a wrong code changes nothing', async () => {
    const { number, queryCode } = await leadTo(app, 'closed');
    await app.anybody.refused(giveVerdict, 'intake.unknown_receipt', {
      body: { number, queryCode: wrongCode(queryCode), verdict: 'confirm' },
    });
    expect((await progress(number, queryCode)).stage).toBe('closed');
  });
});

describe('what the reporter sees', () => {
  test('at each stage: human steps, units and never persons, the words that are meant for the reporter', async () => {
    const photo = await upload(app);
    const reported = await reportCase(app, {
      words: '水管爆了',
      photos: [photo],
      contact: { name: '张三丰', phone: '13812345678' },
    });
    const { caseId, number, queryCode } = reported;
    const desk = await app.as('zhihui');
    const water = await app.as('zilaishui');
    const secret = '内部备注勿外传';
    const stages: string[] = [];
    const look = async () => {
      const seen = await progress(number, queryCode);
      stages.push(seen.stage);
      return seen;
    };
    await look();
    await act(desk, caseId, 'remark', { note: secret });
    await act(desk, caseId, 'reveal', { note: secret });
    await act(desk, caseId, 'accept', { note: secret });
    await look();
    await act(desk, caseId, 'file', { ...conditionWith(app, false), note: secret });
    await act(desk, caseId, 'dispatch', { unitId: app.unit('sanitation').id, note: secret });
    await act(await app.as('huanwei'), caseId, 'return', { note: secret });
    await act(desk, caseId, 'dispatch', { unitId: app.unit('water').id, note: secret });
    await look();
    await act(water, caseId, 'sign', { note: secret });
    await look();
    await act(water, caseId, 'feed_back', { note: '已换管', attachments: [await upload(app)] });
    const checkerId = await accountIdOf(app, 'wangge');
    await act(desk, caseId, 'send_check', { checkerId, note: secret });
    await look();
    await act(await app.as('wangge'), caseId, 'check_fail', { note: secret, attachments: [await upload(app)] });
    await act(water, caseId, 'sign', {});
    await act(water, caseId, 'feed_back', { note: '又换了一次' });
    await act(desk, caseId, 'send_check', { checkerId });
    await act(await app.as('wangge'), caseId, 'check_pass', { note: secret, attachments: [await upload(app)] });
    await act(desk, caseId, 'close', { note: '感谢您的反映' });
    const seen = await look();
    expect(stages).toEqual(['received', 'accepted', 'dispatched', 'handling', 'checking', 'closed']);

    const text = JSON.stringify(seen);
    expect(text).not.toContain(secret);
    const { rows } = await app.database.pool.query<{ name: string }>('select name from identity.account');
    expect(rows.length).toBeGreaterThan(60);
    for (const { name } of rows) expect(text).not.toContain(name);
    for (const hidden of ['张三丰', '138', caseId, await accountIdOf(app, 'zilaishui')])
      expect(text).not.toContain(hidden);

    expect(seen.steps.map(({ kind, unitName, words, photos }) => [kind, unitName, words, photos.length])).toEqual([
      ['received', null, null, 0],
      ['accepted', null, null, 0],
      ['filed', null, null, 0],
      ['dispatched', app.unit('sanitation').name, null, 0],
      ['returned', app.unit('sanitation').name, null, 0],
      ['dispatched', '自来水公司', null, 0],
      ['signed', '自来水公司', null, 0],
      ['fed_back', '自来水公司', '已换管', 1],
      ['checking', null, null, 0],
      ['rework', null, null, 0],
      ['signed', '自来水公司', null, 0],
      ['fed_back', '自来水公司', '又换了一次', 0],
      ['checking', null, null, 0],
      ['checked', null, null, 0],
      ['closed', null, '感谢您的反映', 0],
    ]);
    expect(seen.photos).toHaveLength(1);
    expect(seen.contestUntil).toBe(app.clock.now() + 7 * 86_400_000);
  });

  test('says by when the next thing is due, and of handling rather than of signing', async () => {
    const { number, queryCode } = await leadTo(app, 'to_sign', { filing: conditionWith(app, false) });
    const { dueAt } = await progress(number, queryCode);
    const { rows } = await app.database.pool.query<{ due_at: number }>(
      `select due_at from cases.clock c join cases.case_file f on f.town_id = c.town_id and f.id = c.case_id
       where f.number = $1 and c.stage = 'handle'`,
      [number],
    );
    expect(dueAt).toBe(rows[0]?.due_at);
  });

  test('confirming and contesting are offered only when they are possible', async () => {
    const early = await reportCase(app);
    expect(await progress(early.number, early.queryCode)).toMatchObject({ canConfirm: false, canContest: false });
    await app.anybody.refused(giveVerdict, 'cases.action_not_possible', {
      body: { number: early.number, queryCode: early.queryCode, verdict: 'confirm' },
    });
    const { number, queryCode } = await leadTo(app, 'closed');
    expect(await progress(number, queryCode)).toMatchObject({ canConfirm: true, canContest: true });
    app.clock.advance(7 * 86_400_000 + 1);
    expect(await progress(number, queryCode)).toMatchObject({ canConfirm: true, canContest: false });
  });

  test('a contest needs words, a rating is one of five', async () => {
    const { number, queryCode } = await leadTo(app, 'closed');
    for (const body of [
      { number, queryCode, verdict: 'contest', words: '  ' },
      { number, queryCode, verdict: 'contest' },
      { number, queryCode, verdict: 'confirm', rating: 6 },
      { number, queryCode, verdict: 'confirm', rating: 4.5 },
      { number, queryCode, verdict: 'praise' },
    ])
      await app.anybody.refused(giveVerdict, 'platform.invalid_input', { body: body as never });
  });

  test('two verdicts at once: one holds, the other is told that it is too late', async () => {
    const { number, queryCode } = await leadTo(app, 'closed');
    const answers = await Promise.all([
      app.client().send(giveVerdict, { body: { number, queryCode, verdict: 'confirm' } }),
      app.client().send(giveVerdict, { body: { number, queryCode, verdict: 'contest', words: '没有修好' } }),
    ]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
  });
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { openApp } from '../../../test/helpers/app.ts';
import { accountIdOf, act, conditionWith, leadOn, leadTo, reportCase, upload } from '../../../test/helpers/journey.ts';
import { actOnCase, countCases, listCases, listCheckers, readCase, verifyRecord } from '../../contracts/cases.ts';
import { giveVerdict, readProgress } from '../../contracts/intake.ts';

import type { TestApp } from '../../../test/helpers/app.ts';

let app: TestApp;
beforeAll(async () => (app = await openApp()));
afterAll(() => app.close());

const stepsOf = (steps: readonly { action: string }[]): string => steps.map(({ action }) => action).join(' ');

test('from the report to the confirmation, with the record whole at the end', async () => {
  const photo = await upload(app);
  const reported = await reportCase(app, {
    words: '水管爆了，水流到马路上',
    photos: [photo],
    categoryCode: '0908',
    contact: { name: '张三', phone: '13812345678' },
  });
  expect(reported.number).toMatch(/^410105001\d{8}\d{5}$/);
  expect(reported.queryCode).toMatch(/^\d{6}$/);
  const { caseId, number, queryCode } = reported;
  const desk = await app.as('zhihui');
  const water = await app.as('zilaishui');
  const worker = await app.as('wangge');

  const asReported = await desk.ok(readCase, { params: { id: caseId } });
  expect(asReported).toMatchObject({
    state: 'reported',
    version: 1,
    urgency: 'A',
    categoryCode: '0908',
    reporter: { anonymous: false, name: '张*', phone: '138****5678' },
  });
  expect(asReported.attachments).toHaveLength(1);

  await act(desk, caseId, 'accept', {});
  const filed = await act(desk, caseId, 'file', conditionWith(app, false));
  expect(filed.condition).not.toBeNull();
  const dispatched = await act(desk, caseId, 'dispatch', { unitId: app.unit('water').id, note: '请尽快到现场' });
  expect(dispatched).toMatchObject({ state: 'to_sign', leadUnitName: '自来水公司' });
  await act(water, caseId, 'sign', {});
  const fedBack = await act(water, caseId, 'feed_back', { note: '已换管，恢复供水', attachments: [await upload(app)] });
  expect(fedBack.handlerIds).toEqual([await accountIdOf(app, 'zilaishui')]);
  await act(desk, caseId, 'send_check', { checkerId: await accountIdOf(app, 'wangge') });
  await act(worker, caseId, 'check_pass', { note: '现场已干' });
  await act(desk, caseId, 'close', { note: '感谢您的反映' });

  const confirmed = await app.anybody.ok(giveVerdict, {
    body: { number, queryCode, verdict: 'confirm', rating: 5, words: '谢谢' },
  });
  expect(confirmed).toMatchObject({ stage: 'confirmed', canConfirm: false, canContest: false });

  const ended = await desk.ok(readCase, { params: { id: caseId } });
  expect(ended).toMatchObject({ state: 'evaluated', version: 10, clock: null });
  expect(stepsOf(ended.steps)).toBe('report accept file dispatch sign feed_back send_check check_pass close confirm');
  expect(ended.steps.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect(ended.steps.map(({ actorName }) => actorName === null)).toEqual([
    true,
    ...Array<boolean>(8).fill(false),
    true,
  ]);
  expect(ended.steps[3]).toMatchObject({ post: '指挥中心值班长', unitName: '自来水公司' });
  expect(ended.clocks.every(({ stoppedAt }) => stoppedAt !== null)).toBe(true);
  expect(await desk.ok(verifyRecord, { params: { id: caseId } })).toEqual({ steps: 10, broken: null });
});

test('contested once: a second handling by another unit, then final', async () => {
  const { caseId, number, queryCode } = await leadTo(app, 'closed');
  const receipt = { number, queryCode };
  const again = await app.anybody.ok(giveVerdict, {
    body: { ...receipt, verdict: 'contest', words: '还是不亮' },
  });
  expect(again).toMatchObject({ stage: 'again', canContest: false });
  const desk = await app.as('zhihui');
  expect(await desk.ok(readCase, { params: { id: caseId } })).toMatchObject({
    state: 'to_dispatch',
    contestCount: 1,
    closedAt: null,
    clock: { stage: 'dispatch' },
  });

  await leadOn(app, caseId, 'to_dispatch', 'closed', { unit: 'sanitation', handler: 'huanwei' });
  const final = await app.anybody.ok(readProgress, { body: receipt });
  expect(final).toMatchObject({ stage: 'closed', canConfirm: true, canContest: false });
  await app.anybody.refused(giveVerdict, 'cases.contested_before', {
    body: { ...receipt, verdict: 'contest', words: '仍然不亮' },
  });
  await app.anybody.ok(giveVerdict, { body: { ...receipt, verdict: 'confirm' } });
  expect(await desk.ok(verifyRecord, { params: { id: caseId } })).toMatchObject({ broken: null });
});

describe('ways off the main line', () => {
  test('refused at the door: the reporter reads why', async () => {
    const { caseId, number, queryCode } = await reportCase(app);
    await act(await app.as('shouli'), caseId, 'refuse', { note: '属于咨询事项' });
    const progress = await app.anybody.ok(readProgress, { body: { number, queryCode } });
    expect(progress.stage).toBe('refused');
    expect(progress.steps.at(-1)).toMatchObject({ kind: 'refused', words: '属于咨询事项' });
  });

  test('not filed: ended, with its reason', async () => {
    const { caseId } = await leadTo(app, 'to_file');
    const ended = await act(await app.as('zhihui'), caseId, 'decline', { note: '不在职责内' });
    expect(ended).toMatchObject({ state: 'rejected', clock: null });
  });

  test('returned by the unit, dispatched to another, the first one out of it', async () => {
    const { caseId } = await leadTo(app, 'handling');
    const water = await app.as('zilaishui');
    await act(water, caseId, 'return', { note: '不归我们管' });
    await water.refused(readCase, 'platform.not_found', { params: { id: caseId } });
    const desk = await app.as('zhihui');
    const back = await desk.ok(readCase, { params: { id: caseId } });
    expect(back).toMatchObject({ state: 'to_dispatch', leadUnitId: null, handlerIds: [] });
    await leadOn(app, caseId, 'to_dispatch', 'closed', { unit: 'sanitation', handler: 'huanwei' });
    expect(await desk.ok(verifyRecord, { params: { id: caseId } })).toMatchObject({ broken: null });
  });

  test('failed at the check: the same unit once more, another checker, rework counted', async () => {
    const { caseId } = await leadTo(app, 'checking');
    const failed = await act(await app.as('wangge'), caseId, 'check_fail', { note: '还在漏' });
    expect(failed).toMatchObject({ state: 'to_sign', reworkCount: 1, checkerId: null, leadUnitName: '自来水公司' });
    await leadOn(app, caseId, 'to_sign', 'closed', { checker: 'wenlian' });
  });

  test('remarks and reveals change neither state nor version, and are on the record', async () => {
    const { caseId } = await reportCase(app, { contact: { name: '李四', phone: '13987654321' } });
    const desk = await app.as('zhihui');
    await act(desk, caseId, 'remark', { note: '已电话联系' });
    const body = { action: 'reveal' as const, version: 1, note: '核实地点' };
    const { case: shown, contact } = await desk.ok(actOnCase, { params: { id: caseId }, body });
    expect(contact).toEqual({ name: '李四', phone: '13987654321' });
    expect(shown).toMatchObject({ state: 'reported', version: 1, reporter: { phone: '139****4321' } });
    expect(stepsOf(shown.steps)).toBe('report remark reveal');
  });
});

describe('photos after handling', () => {
  test('are asked for where the condition says so, with the reason, and a second photo of a case is its own', async () => {
    const { caseId } = await leadTo(app, 'handling', { filing: conditionWith(app, true) });
    const water = await app.as('zilaishui');
    const params = { id: caseId };
    const { version } = await water.ok(readCase, { params });
    const body = { action: 'feed_back' as const, version, note: '已处理' };
    const problem = await water.refused(actOnCase, 'cases.photo_required', { params, body });
    expect(problem.detail).not.toContain('undefined');
    await water.refused(actOnCase, 'files.unknown_upload', {
      params,
      body: { ...body, attachments: ['01970000-0000-7000-8000-000000000000'] },
    });
    const photo = await upload(app);
    const fedBack = await water.ok(actOnCase, { params, body: { ...body, attachments: [photo, photo] } });
    expect(fedBack.case.steps.at(-1)?.attachments.map(({ id }) => id)).toEqual([photo]);
  });
});

describe('who may check', () => {
  test('is listed nearest first, without handlers and without the handling unit', async () => {
    const { caseId } = await leadTo(app, 'fed_back');
    const { checkers } = await (await app.as('zhihui')).ok(listCheckers, { params: { id: caseId } });
    const ids = checkers.map(({ accountId }) => accountId);
    expect(checkers[0]).toMatchObject({ accountId: await accountIdOf(app, 'wangge'), ownGrid: true });
    expect(ids[1]).toBe(await accountIdOf(app, 'wenlian'));
    expect(ids).toContain(await accountIdOf(app, 'ducha'));
    for (const never of ['zilaishui', 'paiqian', 'g015004', 'lin.ducha'])
      expect(ids).not.toContain(await accountIdOf(app, never));
  });

  test('nobody of another town, without the duty, or unknown', async () => {
    const { caseId } = await leadTo(app, 'fed_back');
    const desk = await app.as('zhihui');
    const params = { id: caseId };
    const { version } = await desk.ok(readCase, { params });
    for (const wrong of ['lin.ducha', 'zilaishui', 'paiqian', 'anquan'])
      await desk.refused(actOnCase, 'cases.unsuitable_checker', {
        params,
        body: { action: 'send_check', version, checkerId: await accountIdOf(app, wrong) },
      });
  });
});

describe('the queue', () => {
  test('pages through without losing or repeating, in each order', async () => {
    for (let index = 0; index < 5; index += 1) await reportCase(app, { words: `第 ${index} 件` });
    const desk = await app.as('zhihui');
    const { cases: all } = await desk.ok(listCases);
    for (const sort of ['due', 'newest', 'urgency'] as const) {
      const ids: string[] = [];
      let after: string | undefined;
      do {
        const page = await desk.ok(listCases, {
          query: { sort, limit: '2', ...(after === undefined ? {} : { after }) },
        });
        ids.push(...page.cases.map(({ id }) => id));
        after = page.next ?? undefined;
      } while (after !== undefined);
      expect(ids.toSorted()).toEqual(all.map(({ id }) => id).toSorted());
    }
  });

  test('counts what it lists, and knows what is overdue', async () => {
    const desk = await app.as('zhihui');
    const { counts } = await desk.ok(countCases);
    for (const queue of ['to_accept', 'to_check', 'ended'] as const) {
      const { cases } = await desk.ok(listCases, { query: { queue } });
      expect([queue, cases.length]).toEqual([queue, counts[queue]]);
    }
    const before = await desk.ok(countCases);
    app.clock.advance(3 * 3_600_000);
    const later = await desk.ok(countCases);
    expect(before.overdue).toBe(0);
    expect(later.overdue).toBeGreaterThanOrEqual(5);
  });

  test('finds words, addresses and numbers, and takes signs of a pattern as they are', async () => {
    const { number } = await reportCase(app, {
      words: '百分之100%_灯',
      place: { gridId: app.grid('410105001015003').id },
    });
    const desk = await app.as('zhihui');
    const found = async (search: string) =>
      (await desk.ok(listCases, { query: { search } })).cases.map(row => row.number);
    expect(await found('100%_灯')).toEqual([number]);
    expect(await found('1000_灯')).toEqual([]);
    expect(await found(`${number.slice(0, 9)} ${number.slice(9, 17)} ${number.slice(17)}`)).toEqual([number]);
    expect(await found('\\')).toEqual([]);
  });
});

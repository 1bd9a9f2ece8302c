import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { openApp } from '../../../test/helpers/app.ts';
import { accountIdOf, act, leadTo, reportCase } from '../../../test/helpers/journey.ts';
import { listCases, readCase } from '../../contracts/cases.ts';
import { giveVerdict } from '../../contracts/intake.ts';
import { BEIJING, instant, parseLocalDateTime, toInstant, toLocal } from '../../domain/kernel/time.ts';

import type { TestApp } from '../../../test/helpers/app.ts';
import type { CaseDetail } from '../../contracts/cases.ts';
import type { LimitUnit } from '../../domain/cases/limits.ts';
import type { Instant } from '../../domain/kernel/time.ts';

/** Beijing time, written as people write it. */
const at = (local: string): Instant => {
  const parsed = parseLocalDateTime(local);
  if (parsed === undefined) throw new Error(`no such minute: ${local}`);
  return toInstant(parsed, BEIJING);
};
const said = (epoch: number | null | undefined): string | null =>
  epoch === null || epoch === undefined ? null : toLocal(instant(epoch), BEIJING);

let app: TestApp;
// Friday before the Spring Festival of 2026: Saturday the 14th is worked, then nothing until Tuesday the 24th.
const friday = at('2026-02-13 17:30');
beforeAll(async () => (app = await openApp({ at: friday })));
afterAll(() => app.close());
beforeEach(() => app.clock.set(friday));

const running = ({ clocks }: CaseDetail): string =>
  clocks
    .filter(({ stoppedAt }) => stoppedAt === null)
    .map(({ stage, dueAt }) => `${stage} ${said(dueAt) ?? '?'}`)
    .toSorted()
    .join(', ');

function limitOf(n: number, unit: LimitUnit): { categoryCode: string; conditionNo: number } {
  for (const { code, conditions } of app.services.catalogue.all())
    for (const { no, limit, photoReason } of conditions)
      if (limit.n === n && limit.unit === unit && photoReason === null) return { categoryCode: code, conditionNo: no };
  throw new Error(`no condition with ${n} ${unit} and no photo`);
}

describe('half an hour before the end of a Friday', () => {
  test('an ordinary report is due half an hour into the worked Saturday', async () => {
    const { acceptDueAt, reportedAt } = await reportCase(app);
    expect(said(reportedAt)).toBe('2026-02-13 17:30');
    expect(said(acceptDueAt)).toBe('2026-02-14 08:30');
  });

  test('an urgent one in ten minutes, whatever the calendar says', async () => {
    app.clock.set(at('2026-02-17 03:00'));
    const { acceptDueAt } = await reportCase(app, { categoryCode: '0901' });
    expect(said(acceptDueAt)).toBe('2026-02-17 03:10');
  });

  test('three working days from the dispatch end after the holiday, to the minute', async () => {
    const { caseId } = await leadTo(app, 'to_sign', { filing: limitOf(3, 'WD') });
    const detail = await (await app.as('zhihui')).ok(readCase, { params: { id: caseId } });
    expect(detail.handleLimit).toEqual({ n: 3, unit: 'WD' });
    // Signing: four working hours, half an hour on Friday and three and a half on Saturday.
    expect(running(detail)).toBe('handle 2026-02-25 17:30, sign 2026-02-14 11:30');
  });
});

test('each step stops its clock and starts the next, with the times at which it was taken', async () => {
  const { caseId, number, queryCode } = await reportCase(app);
  const desk = await app.as('zhihui');
  const water = await app.as('zilaishui');
  const worker = await app.as('wangge');
  const { categoryCode, conditionNo } = limitOf(3, 'WD');
  const seen: string[] = [];
  const step = async (local: string, taken: () => Promise<CaseDetail>): Promise<CaseDetail> => {
    app.clock.set(at(local));
    for (const name of ['zhihui', 'zilaishui', 'wangge']) await app.as(name);
    const detail = await taken();
    seen.push(running(detail));
    return detail;
  };
  await step('2026-02-24 09:00', () => act(desk, caseId, 'accept', {}));
  await step('2026-02-24 09:20', () => act(desk, caseId, 'file', { categoryCode, conditionNo }));
  await step('2026-02-24 11:30', () => act(desk, caseId, 'dispatch', { unitId: app.unit('water').id }));
  await step('2026-02-24 15:00', () => act(water, caseId, 'sign', {}));
  await step('2026-02-25 10:00', () => act(water, caseId, 'feed_back', { note: '好了' }));
  const checkerId = await accountIdOf(app, 'wangge');
  await step('2026-02-25 10:05', () => act(desk, caseId, 'send_check', { checkerId }));
  await step('2026-02-25 17:45', () => act(worker, caseId, 'check_fail', { note: '没好' }));
  await step('2026-02-26 08:10', () => act(water, caseId, 'sign', {}));
  await step('2026-02-26 09:00', () => act(water, caseId, 'feed_back', { note: '好了' }));
  await step('2026-02-26 09:05', () => act(desk, caseId, 'send_check', { checkerId }));
  await step('2026-02-26 09:30', () => act(worker, caseId, 'check_pass', {}));
  const closed = await step('2026-02-26 10:00', () => act(desk, caseId, 'close', {}));
  expect(seen).toEqual([
    'file 2026-02-24 10:00',
    'dispatch 2026-02-24 10:20',
    'handle 2026-02-27 11:30, sign 2026-02-24 17:30',
    'handle 2026-02-27 11:30',
    'check 2026-02-25 16:00',
    'check 2026-02-25 16:00',
    'handle 2026-02-28 17:45, sign 2026-02-26 11:45',
    'handle 2026-02-28 17:45',
    'check 2026-02-26 15:00',
    'check 2026-02-26 15:00',
    'close 2026-02-26 11:30',
    '',
  ]);
  expect(closed.clocks.map(({ stage, startAt, stoppedAt }) => `${stage} ${said(startAt)} ${said(stoppedAt)}`)).toEqual([
    'accept 2026-02-13 17:30 2026-02-24 09:00',
    'file 2026-02-24 09:00 2026-02-24 09:20',
    'dispatch 2026-02-24 09:20 2026-02-24 11:30',
    'sign 2026-02-24 11:30 2026-02-24 15:00',
    'handle 2026-02-24 11:30 2026-02-25 10:00',
    'check 2026-02-25 10:00 2026-02-25 17:45',
    'sign 2026-02-25 17:45 2026-02-26 08:10',
    'handle 2026-02-25 17:45 2026-02-26 09:00',
    'check 2026-02-26 09:00 2026-02-26 09:30',
    'close 2026-02-26 09:30 2026-02-26 10:00',
  ]);

  const seven = instant(at('2026-02-26 10:00') + 7 * 86_400_000);
  app.clock.set(instant(seven + 1));
  await app.anybody.refused(giveVerdict, 'cases.contest_too_late', {
    body: { number, queryCode, verdict: 'contest', words: '又坏了' },
  });
  app.clock.set(seven);
  const again = await app.anybody.ok(giveVerdict, { body: { number, queryCode, verdict: 'contest', words: '又坏了' } });
  expect(again.stage).toBe('again');
});

describe('where the calendar ends', () => {
  test('nothing is guessed: no due time in a year whose holidays are not announced', async () => {
    const lastKnown = app.services.cases.due({ n: 1, unit: 'WH' }, at('2026-12-31 16:00'));
    expect(said(lastKnown)).toBe('2026-12-31 17:00');
    app.clock.set(at('2026-12-31 17:30'));
    const { acceptDueAt, caseId } = await reportCase(app);
    expect(acceptDueAt).toBeNull();
    const desk = await app.as('zhihui');
    const { cases } = await desk.ok(listCases, { query: { sort: 'due' } });
    expect(cases.at(-1)).toMatchObject({ id: caseId, clock: { stage: 'accept', dueAt: null } });
    // Work goes on without a due time.
    await act(desk, caseId, 'accept', {});
  });

  test('a clock round the clock needs no calendar', async () => {
    app.clock.set(at('2026-12-31 23:55'));
    expect(said((await reportCase(app, { categoryCode: '0901' })).acceptDueAt)).toBe('2027-01-01 00:05');
  });
});

/** Every day of 2004–2026, at changing times of the day: the engine against the walk minute by minute. */
import { describe, expect, it } from 'vitest';
import { computeDue, elapsed, type LimitUnit } from '../src/domain/kernel/deadline.ts';
import {
  FIRST_YEAR,
  LAST_YEAR,
  countWorking,
  localOf,
  minuteOf,
  walkFullDays,
  walkWorking,
} from './helpers/minute-walk.ts';
import { at, local, shippedWorkTime } from './helpers/work-time.ts';

const work = shippedWorkTime();
const TIMES = [0, 479, 480, 481, 600, 690, 719, 720, 721, 780, 839, 840, 841, 1020, 1079, 1080, 1081, 1439];
const LIMITS: readonly { unit: LimitUnit; n: number; minutes: number }[] = [
  { unit: 'WMIN', n: 1, minutes: 1 },
  { unit: 'WH', n: 0.5, minutes: 30 },
  { unit: 'WH', n: 2, minutes: 120 },
  { unit: 'WH', n: 4, minutes: 240 },
  { unit: 'WD', n: 1, minutes: 480 },
  { unit: 'WD', n: 3, minutes: 1440 },
  { unit: 'WD', n: 7, minutes: 3360 },
];
const MINUTES = LIMITS.map(({ minutes }) => minutes);
const DAYS = (Date.UTC(LAST_YEAR + 1, 0, 1) - Date.UTC(FIRST_YEAR, 0, 1)) / 86_400_000;

function engineDue(unit: LimitUnit, n: number, start: string): string {
  const decided = computeDue(work, { limit: { unit, n }, start: at(start) });
  return decided.ok ? local(decided.due) : `${decided.refused} ${String(decided.details?.['year'])}`;
}

function walked(minute: number | undefined): string {
  return minute === undefined ? `calendar.year_missing ${LAST_YEAR + 1}` : localOf(minute);
}

describe('every day of 2004–2026', () => {
  it('runs over 8,401 days', () => {
    expect(DAYS).toBe(8401);
  });

  it('gives the same working due times as walking', () => {
    let compared = 0;
    for (let day = 0; day < DAYS; day += 1)
      for (const time of [TIMES[day % TIMES.length] ?? 0, TIMES[(day * 7 + 5) % TIMES.length] ?? 0]) {
        const start = day * 1440 + time;
        const text = localOf(start);
        const expected = walkWorking(start, MINUTES).map(walked);
        const actual = LIMITS.map(({ unit, n }) => engineDue(unit, n, text));
        if (actual.join() !== expected.join()) expect(actual, text).toEqual(expected);
        compared += LIMITS.length;
      }
    expect(compared).toBe(8401 * 2 * LIMITS.length);
  }, 60_000);

  it('gives the same full working days as walking', () => {
    for (let day = 0; day < DAYS; day += 1) {
      const start = day * 1440 + (TIMES[day % TIMES.length] ?? 0);
      const text = localOf(start);
      for (const n of [1, 7]) {
        const expected = walked(walkFullDays(start, n));
        const actual = engineDue('FWD', n, text);
        if (actual !== expected) expect(actual, `${n} from ${text}`).toBe(expected);
      }
    }
  });

  it('counts the same working minutes between two instants', () => {
    const end = DAYS * 1440;
    for (let day = 0; day < DAYS; day += 3) {
      const from = day * 1440 + (TIMES[day % TIMES.length] ?? 0);
      const to = Math.min(end - 1, from + ((day * 977) % 30_000));
      const used = elapsed(work, 'working', at(localOf(from)), at(localOf(to)));
      const expected = countWorking(from, to) * 60_000;
      if (!used.ok || used.ms !== expected)
        expect(used, `${localOf(from)} to ${localOf(to)}`).toMatchObject({ ms: expected });
    }
  });

  it('reads local text as the walk does', () => {
    for (const text of ['2004-01-01 00:00', '2012-02-29 23:59', '2026-12-31 12:00'])
      expect(localOf(minuteOf(text))).toBe(text);
  });
});

/**
 * Deadlines against two tables that an official can read: fixtures/deadline-vectors.json (worked examples) and
 * fixtures/deadline-truth-table.csv (every holiday and make-up day of 2004–2026, and the rules one by one, with the reason).
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { computeDue, type LimitUnit } from '../src/domain/kernel/deadline.ts';
import { proveDue } from '../src/domain/kernel/proof.ts';
import { dueByWalking } from './helpers/minute-walk.ts';
import { at, local, shippedWorkTime } from './helpers/work-time.ts';

const work = shippedWorkTime();

interface Vector {
  readonly unit: string;
  readonly n: number;
  readonly start: string;
  readonly due: string;
  readonly why: string;
}

function readFixture(name: string): string {
  return readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8');
}

const { vectors } = JSON.parse(readFixture('deadline-vectors.json')) as { vectors: Vector[] };
const UNIT_OF_VECTOR: Readonly<Record<string, LimitUnit>> = {
  'WD(8WH)': 'WD',
  '7WD-inquiry': 'FWD',
  WH: 'WH',
  UH: 'UH',
};

function due(unit: LimitUnit, n: number, start: string): string {
  const decided = computeDue(work, { limit: { unit, n }, start: at(start) });
  return decided.ok ? local(decided.due) : decided.refused;
}

describe('worked examples', () => {
  it.each(vectors)('$n $unit from $start is due $due: $why', row => {
    const unit = UNIT_OF_VECTOR[row.unit];
    expect(unit).toBeDefined();
    if (unit !== undefined) expect(due(unit, row.n, row.start)).toBe(row.due);
  });
});

interface Row {
  readonly unit: LimitUnit;
  readonly n: number;
  readonly start: string;
  readonly weekday: string;
  readonly due: string;
  readonly dueWeekday: string;
  readonly why: string;
}

function readTable(): readonly Row[] {
  return readFixture('deadline-truth-table.csv')
    .trimEnd()
    .split('\n')
    .slice(1)
    .map(line => {
      const [unit = '', n = '', start = '', weekday = '', dueAt = '', dueWeekday = '', why = ''] = line.split(',');
      return { unit: unit as LimitUnit, n: Number(n), start, weekday, due: dueAt, dueWeekday, why };
    });
}

function weekdayOf(date: string): string {
  return (
    ['周日', '周一', '周二', '周三', '周四', '周五', '周六'][new Date(`${date.slice(0, 10)}T00:00Z`).getUTCDay()] ?? ''
  );
}

describe('truth table', () => {
  const rows = readTable();

  it('has at least 300 rows, all different, each with its reason and the right weekdays', () => {
    expect(rows.length).toBeGreaterThanOrEqual(300);
    expect(new Set(rows.map(row => `${row.unit} ${row.n} ${row.start}`)).size).toBe(rows.length);
    for (const row of rows) {
      expect(row.why.length).toBeGreaterThan(3);
      expect([row.start, row.weekday]).toEqual([row.start, weekdayOf(row.start)]);
      expect([row.due, row.dueWeekday]).toEqual([row.due, weekdayOf(row.due)]);
    }
  });

  it.each(rows)('$n $unit 自 $start（$weekday） → $due（$dueWeekday）：$why', row => {
    expect(due(row.unit, row.n, row.start)).toBe(row.due);
    expect(dueByWalking(row.unit, row.n, row.start)).toBe(row.due);
    const proven = proveDue(work, { limit: { unit: row.unit, n: row.n }, start: at(row.start) });
    expect(proven.ok && local(proven.due)).toBe(row.due);
  });
});

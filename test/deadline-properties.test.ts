import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clockOf, computeDue, elapsed, limitMs, remaining } from '../src/domain/kernel/deadline.ts';
import type { DueRequest, Limit, Pause } from '../src/domain/kernel/deadline.ts';
import { proveDue } from '../src/domain/kernel/proof.ts';
import { proofText } from '../src/domain/kernel/proof-text.ts';
import { BEIJING, DAY_MS, HOUR_MS, instant, type Instant } from '../src/domain/kernel/time.ts';
import { at, shippedWorkTime } from './helpers/work-time.ts';

const work = shippedWorkTime();
const reason = { zh: '等待配件', en: 'waiting for parts' };

/** Starts to the millisecond, early enough that no limit below leaves 2026. */
const starts = fc.integer({ min: at('2004-01-01 00:00'), max: at('2026-06-01 00:00') }).map(instant);
const timed: fc.Arbitrary<Limit> = fc.oneof(
  fc.record({ unit: fc.constantFrom('UH', 'WH'), n: fc.integer({ min: 1, max: 200 }).map(quarters => quarters / 4) }),
  fc.record({ unit: fc.constantFrom('WD', 'UD', 'ND'), n: fc.integer({ min: 1, max: 30 }) }),
  fc.record({ unit: fc.constantFrom('MIN', 'WMIN'), n: fc.integer({ min: 1, max: 2000 }) }),
);
const limits: fc.Arbitrary<Limit> = fc.oneof(
  timed,
  fc.record({ unit: fc.constant('FWD' as const), n: fc.integer({ min: 1, max: 30 }) }),
);
const pauseSpecs = fc.array(
  fc.tuple(fc.integer({ min: -3 * DAY_MS, max: 20 * DAY_MS }), fc.integer({ min: 0, max: 6 * DAY_MS })),
  { maxLength: 4 },
);

function pausesFrom(start: Instant, specs: readonly (readonly [number, number])[]): Pause[] {
  return specs.map(([after, length]) => ({
    from: instant(start + after),
    to: instant(start + after + length),
    reason,
  }));
}

function dueOf(request: DueRequest, share?: number): Instant {
  const decided = computeDue(work, request, share);
  if (!decided.ok) throw new Error(decided.refused);
  return decided.due;
}

function usedBy(request: DueRequest, to: Instant): number {
  const used = elapsed(work, clockOf(request.limit.unit), request.start, to, request.pauses);
  if (!used.ok) throw new Error(used.refused);
  return used.ms;
}

describe('properties of deadlines', () => {
  it('what has elapsed at the due time is the limit, and a moment before it is less', () => {
    fc.assert(
      fc.property(starts, timed, pauseSpecs, (start, limit, specs) => {
        const request = { limit, start, pauses: pausesFrom(start, specs) };
        const due = dueOf(request);
        const need = limitMs(work, request);
        expect(usedBy(request, due)).toBe(need);
        expect(usedBy(request, instant(due - 1))).toBeLessThan(Number(need));
        expect(remaining(work, request, due)).toMatchObject({ ms: 0 });
        expect(remaining(work, request, start)).toMatchObject({ ms: need });
      }),
      { numRuns: 2000 },
    );
  });

  it('a later start is never due earlier, and a longer limit never either', () => {
    fc.assert(
      fc.property(
        starts,
        limits,
        fc.integer({ min: 0, max: 10 * DAY_MS }),
        fc.integer({ min: 1, max: 20 }),
        (start, limit, later, more) => {
          expect(dueOf({ limit, start: instant(start + later) })).toBeGreaterThanOrEqual(dueOf({ limit, start }));
          expect(dueOf({ limit: { ...limit, n: limit.n + more }, start })).toBeGreaterThan(dueOf({ limit, start }));
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('a pause never brings the due time forward; one outside the run, or outside working time, changes nothing', () => {
    fc.assert(
      fc.property(starts, limits, pauseSpecs, (start, limit, specs) => {
        const plain = dueOf({ limit, start });
        expect(dueOf({ limit, start, pauses: pausesFrom(start, specs) })).toBeGreaterThanOrEqual(plain);
        const outside: Pause[] = [
          { from: instant(start - DAY_MS), to: start, reason },
          { from: plain, to: instant(plain + DAY_MS), reason },
        ];
        if (limit.unit !== 'FWD') expect(dueOf({ limit, start, pauses: outside })).toBe(plain);
      }),
      { numRuns: 2000 },
    );
    const night = { from: at('2014-03-12 18:00'), to: at('2014-03-13 08:00'), reason };
    const request = { limit: { unit: 'WH', n: 6 } as const, start: at('2014-03-12 16:00') };
    expect(dueOf({ ...request, pauses: [night] })).toBe(dueOf(request));
  });

  it('a continuous clock is late by exactly the length of a pause inside its run', () => {
    fc.assert(
      fc.property(
        starts,
        fc.integer({ min: 2, max: 100 }),
        fc.double({ min: 0, max: 0.99, noNaN: true }),
        fc.integer({ min: 1, max: DAY_MS }),
        (start, n, where, length) => {
          const limit = { unit: 'UH', n } as const;
          const from = instant(start + Math.floor(where * n * HOUR_MS));
          const pause = { from, to: instant(from + length), reason };
          expect(dueOf({ limit, start, pauses: [pause] })).toBe(dueOf({ limit, start }) + length);
        },
      ),
    );
  });

  it('the order of pauses, and one pause told as two halves, make no difference', () => {
    fc.assert(
      fc.property(starts, limits, pauseSpecs, (start, limit, specs) => {
        const pauses = pausesFrom(start, specs);
        const halves = pauses.flatMap(pause => {
          const middle = instant(Math.floor((pause.from + (pause.to ?? 0)) / 2));
          return [
            { ...pause, from: middle },
            { ...pause, to: middle },
          ];
        });
        const due = dueOf({ limit, start, pauses });
        expect(dueOf({ limit, start, pauses: pauses.toReversed() })).toBe(due);
        expect(dueOf({ limit, start, pauses: halves })).toBe(due);
      }),
      { numRuns: 1000 },
    );
  });

  it('reminders come in order: half, four fifths, due', () => {
    fc.assert(
      fc.property(starts, limits, (start, limit) => {
        const [half, most, due] = [0.5, 0.8, 1].map(share => dueOf({ limit, start }, share));
        expect(half).toBeLessThanOrEqual(Number(most));
        expect(most).toBeLessThanOrEqual(Number(due));
      }),
    );
  });

  it('the proof runs from start to due without gap, and what it counts is the limit', () => {
    fc.assert(
      fc.property(starts, limits, pauseSpecs, (start, limit, specs) => {
        const request = { limit, start, pauses: pausesFrom(start, specs) };
        const proven = proveDue(work, request);
        if (!proven.ok) throw new Error(proven.refused);
        const { due, proof } = proven;
        expect(due).toBe(dueOf(request));
        expect(proof[0]?.from).toBe(start);
        expect(proof.at(-1)?.to).toBe(due);
        proof.slice(1).forEach((segment, index) => expect(segment.from).toBe(proof[index]?.to));
        const counted = proof.filter(segment => segment.counted);
        const sum = counted.reduce((total, segment) => total + segment.to - segment.from, 0);
        if (limit.unit === 'FWD') expect(counted.length).toBe(limit.n);
        else expect(sum).toBe(limitMs(work, request));
        for (const language of ['zh', 'en'] as const)
          expect(proofText({ ...request, due, proof }, BEIJING, language)).not.toMatch(/undefined|NaN|\n/);
      }),
      { numRuns: 1500 },
    );
  });
});

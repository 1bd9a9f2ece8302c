import { describe, expect, it } from 'vitest';
import { isUuid } from '../../domain/kernel/ids.ts';
import { instant } from '../../domain/kernel/time.ts';
import { newId, settableClock, systemClock } from './clock.ts';

describe('the clock', () => {
  it('reads the machine', () => {
    const before = Date.now();
    const now = systemClock.now();
    expect(now).toBeGreaterThanOrEqual(before);
    expect(now).toBeLessThanOrEqual(Date.now());
  });

  it('stands still until told, in tests', () => {
    const clock = settableClock(instant(1000));
    expect(clock.now()).toBe(1000);
    expect(clock.advance(500)).toBe(1500);
    clock.set(instant(10));
    expect(clock.now()).toBe(10);
  });
});

describe('newId', () => {
  it('makes ids that never meet, also beyond one pool of randomness', () => {
    const clock = settableClock(instant(1_390_554_000_000));
    const ids = new Set(Array.from({ length: 5000 }, () => newId<'case'>(clock)));
    expect(ids.size).toBe(5000);
    for (const id of ids) expect(isUuid(id) && id.startsWith('0143c37a-2a80-7')).toBe(true);
  });
});

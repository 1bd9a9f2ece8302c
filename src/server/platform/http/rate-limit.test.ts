import { describe, expect, test } from 'vitest';

import { instant } from '../../../domain/kernel/time.ts';
import { ProblemError } from '../problem.ts';
import { rateLimit } from './rate-limit.ts';

const start = Date.UTC(2026, 3, 13);
const at = (seconds: number) => instant(start + seconds * 1000);

/** How many calls of one key go through at these seconds. */
function passing(perMinute: number, seconds: readonly number[]): number {
  const limit = rateLimit(perMinute);
  return seconds.filter(second => {
    try {
      limit.take('a', at(second));
      return true;
    } catch (error) {
      if (error instanceof ProblemError && error.code === 'platform.too_many_requests') return false;
      throw error;
    }
  }).length;
}

describe('a rate limit', () => {
  test('lets a burst through and then so many a minute', () => {
    expect(passing(3, [0, 0, 0, 0, 0])).toBe(3);
    expect(passing(3, [0, 0, 0, 20, 20])).toBe(4);
    expect(passing(3, [0, 0, 0, 600, 600, 600, 600])).toBe(6);
  });

  test('says how long to wait', () => {
    const limit = rateLimit(6);
    for (let call = 0; call < 6; call += 1) limit.take('a', at(0));
    expect(() => limit.take('a', at(0))).toThrow(
      expect.objectContaining({ code: 'platform.too_many_requests', details: { seconds: 10 } }) as Error,
    );
  });

  test('counts each key by itself; none at all when it is 0', () => {
    const limit = rateLimit(1);
    limit.take('a', at(0));
    limit.take('b', at(0));
    expect(passing(0, Array<number>(1000).fill(0))).toBe(1000);
  });

  test('locks nobody out when the clock is set back', () => {
    expect(passing(2, [86_400, 86_400, 0, 30])).toBe(3);
  });

  test('forgets the key unused for longest when there are very many', () => {
    const limit = rateLimit(1);
    for (let key = 0; key <= 50_000; key += 1) limit.take(String(key), at(0));
    limit.take('0', at(0));
    expect(() => limit.take('50000', at(0))).toThrow(ProblemError);
  });
});

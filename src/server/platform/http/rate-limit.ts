import { ProblemError } from '../problem.ts';

import type { Instant } from '../../../domain/kernel/time.ts';

/** At most `perMinute` calls a minute and key, in bursts of that size; 0 switches it off. State is this process's own. */
export interface RateLimit {
  /** Throws `platform.too_many_requests`. */
  take(key: string, now: Instant): void;
}

const mostKeys = 50_000;

export function rateLimit(perMinute: number): RateLimit {
  const buckets = new Map<string, { tokens: number; at: Instant }>();
  return {
    take(key, now) {
      if (perMinute === 0) return;
      const known = buckets.get(key);
      // A clock that was set back must not lock anybody out for as long as it was ahead.
      const passed = known === undefined ? 60_000 : Math.max(0, now - known.at);
      const tokens = Math.min(perMinute, (known?.tokens ?? 0) + (passed / 60_000) * perMinute);
      // A Map keeps insertion order: deleting first makes the oldest key the first to go when there are too many.
      buckets.delete(key);
      buckets.set(key, { tokens: tokens < 1 ? tokens : tokens - 1, at: now });
      if (buckets.size > mostKeys)
        for (const oldest of buckets.keys()) {
          buckets.delete(oldest);
          break;
        }
      if (tokens < 1)
        throw new ProblemError('platform.too_many_requests', { seconds: Math.ceil(((1 - tokens) / perMinute) * 60) });
    },
  };
}

import { randomFillSync } from 'node:crypto';
import { uuidV7, type Id } from '../../domain/kernel/ids.ts';
import { instant, type Instant } from '../../domain/kernel/time.ts';

/** The only place that reads the clock. Whoever needs the time is handed a `Clock`, so that tests can stand still. */
export interface Clock {
  now(): Instant;
}

export const systemClock: Clock = { now: () => instant(Date.now()) };

/** A clock that moves only when told: for tests, simulations and the building of demonstration history. */
export interface SettableClock extends Clock {
  set(at: Instant): void;
  /** Moves on by so many milliseconds and returns the new time. */
  advance(ms: number): Instant;
}

export function settableClock(start: Instant): SettableClock {
  let current = start;
  return {
    now: () => current,
    set(at) {
      current = at;
    },
    advance(ms) {
      current = instant(current + ms);
      return current;
    },
  };
}

const RANDOM_POOL_BYTES = 4096;
const pool = new Uint8Array(RANDOM_POOL_BYTES);
let used = RANDOM_POOL_BYTES;

/** A new UUIDv7 of the clock's present moment. Randomness is drawn 4 KB at a time: one system call for 409 ids. */
export function newId<Kind extends string>(clock: Clock = systemClock): Id<Kind> {
  if (used + 10 > RANDOM_POOL_BYTES) {
    randomFillSync(pool);
    used = 0;
  }
  const random = pool.subarray(used, used + 10);
  used += 10;
  return uuidV7<Kind>(clock.now(), random);
}

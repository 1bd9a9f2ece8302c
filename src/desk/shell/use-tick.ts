import { useSyncExternalStore } from 'react';

import { serverNow } from '../../browser/time/server-clock.ts';

/** One pulse for all clocks of the desk: list, map and case never differ by a minute because they counted at different moments. */
const every = 10_000;
const listeners = new Set<() => void>();
let now = serverNow();
let timer: ReturnType<typeof setInterval> | undefined;

function beat(): void {
  if (document.hidden) return;
  now = serverNow();
  for (const tell of listeners) tell();
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) {
    now = serverNow();
    timer = setInterval(beat, every);
    document.addEventListener('visibilitychange', beat);
  }
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    document.removeEventListener('visibilitychange', beat);
  };
}

/** The present for words about what has happened: never before it, though the pulse may be some seconds behind. */
export const notBefore = (at: number, tick: number): number => Math.max(at, tick);

/** The present instant (ms) by the server's clock, the same for every part of the screen, refreshed every 10 s. */
export const useTick = (): number => useSyncExternalStore(subscribe, () => now);

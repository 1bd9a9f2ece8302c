import { useCallback, useEffect, useRef, useState } from 'react';

import { serverNow } from '../time/server-clock.ts';

export interface Polled<T> {
  /** Last good answer; stays while later calls fail. */
  readonly data: T | null;
  /** Why the last call failed; null when it did not. */
  readonly error: unknown;
  /** When `data` came. */
  readonly loadedAt: number | null;
  readonly busy: boolean;
  readonly reload: () => void;
  /** Puts in what an action answered; a call that is under way is then out of date and dropped. */
  readonly replace: (data: T) => void;
}

/** An answer and when it came. */
export interface Known<T> {
  readonly data: T;
  readonly loadedAt: number;
}

interface State<T> {
  readonly data: T | null;
  readonly error: unknown;
  readonly loadedAt: number | null;
  readonly busy: boolean;
}

/**
 * Loads now and then again `every` ms after each answer, only while the page is visible; at once when it becomes visible or
 * the network returns. `load` must be stable (useCallback): a new one starts over. `known` is shown until the
 * first answer comes, such as the list as it was when one left the page.
 */
export function usePolling<T>(
  load: (signal: AbortSignal) => Promise<T>,
  every: number,
  known: Known<T> | null = null,
): Polled<T> {
  const start = useRef({ data: known?.data ?? null, error: null, loadedAt: known?.loadedAt ?? null, busy: true });
  const [state, setState] = useState<State<T>>(start.current);
  const control = useRef<{ run: () => void; supersede: () => void }>({
    run: () => undefined,
    supersede: () => undefined,
  });

  useEffect(() => {
    let timer = 0;
    let running: AbortController | null = null;
    setState(start.current);
    const schedule = () => {
      clearTimeout(timer);
      timer = window.setTimeout(() => {
        if (document.hidden) schedule();
        else run();
      }, every);
    };
    const supersede = () => {
      running?.abort();
      running = null;
      schedule();
    };
    const run = () => {
      supersede();
      const mine = new AbortController();
      running = mine;
      setState(old => ({ ...old, busy: true }));
      load(mine.signal).then(
        data => {
          if (running !== mine) return;
          running = null;
          setState({ data, error: null, loadedAt: serverNow(), busy: false });
          schedule();
        },
        (error: unknown) => {
          if (running !== mine) return;
          running = null;
          setState(old => ({ ...old, error, busy: false }));
          schedule();
        },
      );
    };
    const wake = () => {
      if (!document.hidden) run();
    };
    control.current = { run, supersede };
    run();
    document.addEventListener('visibilitychange', wake);
    window.addEventListener('online', wake);
    return () => {
      clearTimeout(timer);
      running?.abort();
      running = null;
      document.removeEventListener('visibilitychange', wake);
      window.removeEventListener('online', wake);
    };
  }, [load, every]);

  const reload = useCallback(() => control.current.run(), []);
  const replace = useCallback((data: T) => {
    control.current.supersede();
    setState({ data, error: null, loadedAt: serverNow(), busy: false });
  }, []);
  return { ...state, reload, replace };
}

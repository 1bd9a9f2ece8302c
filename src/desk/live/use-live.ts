import { useContext, useEffect, useRef, useSyncExternalStore } from 'react';

import { LiveContext } from './LiveProvider.tsx';

import type { LiveEvent } from '../../contracts/cases.ts';
import type { LiveState } from './live-connection.ts';

/** While the live stream is lost, lists are asked for this often. */
export const pollEvery = 15_000;

const notYet: LiveState = { status: 'connecting', heardAt: null };
const nothing = (): void => undefined;

export function useLiveState(): LiveState {
  const connection = useContext(LiveContext);
  return useSyncExternalStore(
    listener => connection?.onState(listener) ?? nothing,
    () => connection?.state() ?? notYet,
  );
}

/** How often to ask when the stream is lost; `false` while it is live. For `refetchInterval`. */
export function usePolling(): number | false {
  return useLiveState().status === 'lost' ? pollEvery : false;
}

export type CaseEvent = Extract<LiveEvent, { kind: 'case' }>;

/** Calls the latest `listener` for every case that came or changed. */
export function useCaseEvents(listener: (event: CaseEvent) => void): void {
  const connection = useContext(LiveContext);
  const latest = useRef(listener);
  useEffect(() => {
    latest.current = listener;
  });
  useEffect(
    () =>
      connection?.onEvent(event => {
        if (event.kind === 'case') latest.current(event);
      }),
    [connection],
  );
}

/** For what this screen did itself: its lists need not wait for the stream. */
export function useTellLive(): (event: CaseEvent) => void {
  const connection = useContext(LiveContext);
  return event => connection?.tell(event);
}

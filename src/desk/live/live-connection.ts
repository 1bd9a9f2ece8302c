/**
 * The stream of live changes, kept alive. The browser reconnects by itself after a dropped connection but not after a refusal, and
 * it never notices a connection that is open and silent; the server's heartbeat (every 15 s) is what we go by.
 */
import { live } from '../../contracts/cases.ts';

import type { LiveEvent } from '../../contracts/cases.ts';

export type LiveStatus = 'connecting' | 'live' | 'lost';

export interface LiveState {
  readonly status: LiveStatus;
  /** When the server was last heard (our clock, ms); null before the first word. */
  readonly heardAt: number | null;
}

export interface LiveConnection {
  readonly state: () => LiveState;
  readonly onState: (listener: () => void) => () => void;
  readonly onEvent: (listener: (event: LiveEvent) => void) => () => void;
  /** Tells the listeners of something that this screen knows first, such as its own action. */
  readonly tell: (event: LiveEvent) => void;
  readonly close: () => void;
}

/** Two heartbeats missed. */
const silenceLimit = 35_000;
/** A short gap is not worth a yellow bar. */
const grace = 2_500;
const retryMost = 15_000;

const parse = (data: string): LiveEvent | null => {
  try {
    return JSON.parse(data) as LiveEvent;
  } catch {
    return null;
  }
};

export function openLive(): LiveConnection {
  const stateListeners = new Set<() => void>();
  const eventListeners = new Set<(event: LiveEvent) => void>();
  let state: LiveState = { status: 'connecting', heardAt: null };
  let source: EventSource | null = null;
  let retryAfter = 1000;
  let closed = false;
  let retryTimer: ReturnType<typeof setTimeout> | undefined;
  let graceTimer: ReturnType<typeof setTimeout> | undefined;
  let silenceTimer: ReturnType<typeof setTimeout> | undefined;

  const become = (next: LiveState): void => {
    state = next;
    for (const listener of stateListeners) listener();
  };
  const tell = (event: LiveEvent): void => {
    for (const listener of eventListeners) listener(event);
  };
  const heard = (event: LiveEvent): void => {
    clearTimeout(graceTimer);
    graceTimer = undefined;
    clearTimeout(silenceTimer);
    silenceTimer = setTimeout(reopen, silenceLimit);
    retryAfter = 1000;
    become({ status: 'live', heardAt: Date.now() });
    tell(event);
  };
  const lose = (after: number): void => {
    graceTimer ??= setTimeout(() => become({ ...state, status: 'lost' }), after);
  };
  const reopen = (): void => {
    source?.close();
    lose(0);
    clearTimeout(retryTimer);
    retryTimer = setTimeout(connect, retryAfter);
    retryAfter = Math.min(retryAfter * 2, retryMost);
  };
  const connect = (): void => {
    if (closed) return;
    source = new EventSource(live.path);
    const take = (message: MessageEvent<string>): void => {
      const event = parse(message.data);
      if (event !== null) heard(event);
    };
    for (const kind of ['message', 'hello', 'beat', 'case']) source.addEventListener(kind, take);
    source.onerror = () => {
      lose(grace);
      if (source?.readyState === EventSource.CLOSED) reopen();
    };
  };
  const offline = (): void => lose(0);
  const online = (): void => {
    retryAfter = 1000;
    if (state.status !== 'live') reopen();
  };
  window.addEventListener('offline', offline);
  window.addEventListener('online', online);
  connect();
  return {
    state: () => state,
    onState: listener => {
      stateListeners.add(listener);
      return () => stateListeners.delete(listener);
    },
    onEvent: listener => {
      eventListeners.add(listener);
      return () => eventListeners.delete(listener);
    },
    tell,
    close: () => {
      closed = true;
      source?.close();
      for (const timer of [retryTimer, graceTimer, silenceTimer]) clearTimeout(timer);
      window.removeEventListener('offline', offline);
      window.removeEventListener('online', online);
    },
  };
}

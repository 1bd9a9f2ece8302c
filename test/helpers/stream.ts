import type { LiveEvent } from '../../src/contracts/cases.ts';
import type { TestApp } from './app.ts';
import type { Client } from './client.ts';

/** A screen that listens: what it heard, and a wait for what is to come. */
export interface Listening {
  readonly heard: readonly LiveEvent[];
  /** The first event, of those heard and those to come, that is wanted. Fails after `withinMs`. */
  hear(wanted: (event: LiveEvent) => boolean, withinMs?: number): Promise<LiveEvent>;
  /** Resolves when the server has ended the stream. */
  readonly ended: Promise<void>;
  stop(): void;
}

/** Opens the live stream as a browser's EventSource does, and waits until it is open. */
export async function listen(app: TestApp, client: Client): Promise<Listening> {
  const leaving = new AbortController();
  const response = await fetch(`${app.url}/api/live`, { headers: { cookie: client.cookie() }, signal: leaving.signal });
  if (response.status !== 200 || response.body === null) throw new Error(`the stream answered ${response.status}`);
  const heard: LiveEvent[] = [];
  const waiting = new Set<() => void>();
  const ended = read(response.body, event => {
    heard.push(event);
    for (const look of waiting) look();
  });
  const listening: Listening = {
    heard,
    ended,
    stop: () => leaving.abort(),
    hear: (wanted, withinMs = 5000) =>
      new Promise((resolve, reject) => {
        const late = setTimeout(() => {
          waiting.delete(look);
          reject(new Error(`not heard within ${withinMs} ms; heard: ${JSON.stringify(heard).slice(0, 2000)}`));
        }, withinMs);
        const look = () => {
          const found = heard.find(wanted);
          if (found === undefined) return;
          clearTimeout(late);
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      }),
  };
  await listening.hear(({ kind }) => kind === 'hello');
  return listening;
}

async function read(body: ReadableStream<Uint8Array>, tell: (event: LiveEvent) => void): Promise<void> {
  const decoder = new TextDecoder();
  let rest = '';
  try {
    for await (const chunk of body) {
      rest += decoder.decode(chunk, { stream: true });
      const parts = rest.split('\n\n');
      rest = parts.pop() ?? '';
      for (const part of parts) tell(JSON.parse(part.replace(/^data: /, '')) as LiveEvent);
    }
  } catch {
    // Left by ourselves, or cut off by the server's end.
  }
}

import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Log } from '../log.ts';

export type Heard = (payload: string | null) => void;
export type Listen = (channel: string, heard: Heard) => Promise<() => Promise<void>>;

/** One connection for all channels, opened by the first `listen`, opened again whenever it is lost. */
export function openListener(url: string, log: Log): { listen: Listen; close(): Promise<void> } {
  const channels = new Map<string, Set<Heard>>();
  const closing = new AbortController();
  let client: Promise<pg.Client> | undefined;

  const tell = (channel: string, payload: string | null) => {
    for (const heard of channels.get(channel) ?? []) heard(payload);
  };

  const connect = async (): Promise<pg.Client> => {
    const fresh = new pg.Client({ connectionString: url, application_name: 'jingwei listen', keepAlive: true });
    fresh.on('notification', ({ channel, payload }) => tell(channel, payload ?? ''));
    fresh.on('error', error => log.warn({ error: error.message }, 'notification connection lost'));
    await fresh.connect();
    fresh.once('end', () => {
      if (closing.signal.aborted) return;
      client = reconnect();
      // Whoever awaits `client` next meets the failure; here it only ends the attempts.
      client.catch(() => undefined);
    });
    for (const channel of channels.keys()) await fresh.query(`listen ${pg.escapeIdentifier(channel)}`);
    return fresh;
  };

  const reconnect = async (): Promise<pg.Client> => {
    for (let wait = 100; ; wait = Math.min(wait * 2, 5000)) {
      await sleep(wait, undefined, { signal: closing.signal, ref: false });
      try {
        const fresh = await connect();
        for (const channel of channels.keys()) tell(channel, null);
        return fresh;
      } catch (error) {
        log.debug({ error: (error as Error).message }, 'notification connection still lost');
      }
    }
  };

  return {
    listen: async (channel, heard) => {
      const known = channels.get(channel);
      const all = known ?? new Set<Heard>();
      channels.set(channel, all.add(heard));
      client ??= connect();
      const connected = await client.catch((error: unknown) => {
        client = undefined;
        throw error;
      });
      // A second LISTEN on a channel does nothing, and covers a connection that began before this channel was known.
      await connected.query(`listen ${pg.escapeIdentifier(channel)}`);
      return async () => {
        all.delete(heard);
        if (all.size > 0) return;
        channels.delete(channel);
        await (await client)?.query(`unlisten ${pg.escapeIdentifier(channel)}`);
      };
    },
    close: async () => {
      closing.abort();
      const open = await client?.catch(() => undefined);
      await open?.end();
    },
  };
}

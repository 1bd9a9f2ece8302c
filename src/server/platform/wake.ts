import { sql } from 'kysely';

import type { Listen } from './database/listen.ts';
import type { Tables } from './database/tables.ts';
import type { Kysely } from 'kysely';
import type { Logger } from 'pino';

const channel = 'jingwei_events';
/** NOTIFY inside a transaction would make commits wait for each other; one short statement for all commits of 25 ms does not. */
const gatherMs = 25;

/** Tells this process and all others that something was committed. It speeds up polling and never replaces it. */
export interface Wake {
  committed(): void;
  onWake(heard: () => void): void;
  close(): Promise<void>;
}

export async function openWake(db: Kysely<Tables>, listen: Listen, log: Logger): Promise<Wake> {
  const hearers = new Set<() => void>();
  const wakeHere = () => {
    for (const heard of hearers) heard();
  };
  const stop = await listen(channel, wakeHere);
  let timer: NodeJS.Timeout | undefined;
  const notify = () => {
    timer = undefined;
    sql`select pg_notify(${channel}, '')`
      .execute(db)
      .catch((error: unknown) => log.warn({ err: error }, 'notify failed; others poll'));
  };
  return {
    committed() {
      wakeHere();
      timer ??= setTimeout(notify, gatherMs);
    },
    onWake: heard => void hearers.add(heard),
    async close() {
      clearTimeout(timer);
      await stop();
    },
  };
}

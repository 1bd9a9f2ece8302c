import { sql } from 'kysely';

import type { DatabaseInfo } from './database/connect.ts';
import type { Tables } from './database/tables.ts';
import type { FastifyInstance } from 'fastify';
import type { Kysely } from 'kysely';

const answerWithinMs = 3000;

/** 200 only when a query comes back now; 503 with the same body otherwise, so that a supervisor reads one thing. */
export function serveHealth(app: FastifyInstance, db: Kysely<Tables>, info: DatabaseInfo, version: string): void {
  app.get('/healthz', async (_request, reply) => {
    const up = await answers(db);
    return reply
      .status(up ? 200 : 503)
      .header('cache-control', 'no-store')
      .send({
        status: up ? 'ok' : 'database_down',
        version,
        database: { kind: info.kind, version: info.version, state: up ? 'up' : 'down' },
      });
  });
}

async function answers(db: Kysely<Tables>): Promise<boolean> {
  const query = sql`select 1`.execute(db).then(
    () => true,
    () => false,
  );
  const late = new Promise<boolean>(resolve => setTimeout(resolve, answerWithinMs, false).unref());
  return Promise.race([query, late]);
}

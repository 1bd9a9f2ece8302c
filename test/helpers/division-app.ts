import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import { composeHttp, composeServices, type Services } from '../../src/server/compose.ts';
import { createAccount } from '../../src/server/identity/index.ts';
import { addGrid, appoint } from '../../src/server/grids/index.ts';
import { settableClock, type SettableClock } from '../../src/server/platform/clock.ts';
import { createLog } from '../../src/server/platform/log.ts';
import { BEIJING, toInstant, type LocalDate, type LocalDateTime } from '../../src/domain/kernel/time.ts';
import { labelPosition } from '../../src/domain/grids/measures.ts';
import { chequered } from './divisions.ts';
import { openFreshDatabase } from './database.ts';

import type { Role } from '../../src/domain/identity/permissions.ts';
import type { Database } from '../../src/server/platform/database/connect.ts';

/** Ids of the town of `chequered()`, by its short names. */
export const gridId = (name: string): string =>
  `01890000-0000-7000-8000-${[...name]
    .map(letter => letter.charCodeAt(0).toString(16))
    .join('')
    .padStart(12, '0')}`;

export const townId = gridId('t');

export interface Answer {
  readonly status: number;
  // What comes back is what a client reads: plain JSON.
  readonly body: never;
}

export interface DivisionApp {
  readonly database: Database;
  readonly services: Services;
  readonly clock: SettableClock;
  /** Calls as somebody who is signed in; `body` is sent as JSON, bytes as they are. */
  call(who: string, method: string, url: string, body?: unknown): Promise<Answer>;
  close(): Promise<void>;
}

const password = 'Wangge-2014!';

/** The whole HTTP side over a fresh database that holds one small town since 2013, its posts filled, and three accounts. */
export async function openDivisionApp(): Promise<DivisionApp> {
  const database = await openFreshDatabase();
  const dataFolder = await mkdtemp(path.join(os.tmpdir(), 'jingwei-division-'));
  const clock = settableClock(toInstant('2014-01-20 10:00' as LocalDateTime, BEIJING));
  const installation = {
    database,
    clock,
    log: createLog({ logLevel: 'error' }),
    config: { dataFolder, demo: false, reportsPerMinute: 1000 },
    version: '0',
  };
  await addTown(database, clock);
  const services = await composeServices(installation);
  const http = await composeHttp(installation, services, []);
  /** Sessions run out when the test's clock jumps, so a cookie is only good for the moment it was given at. */
  const cookies = new Map<string, string>();
  let signedInAt = clock.now();
  return {
    database,
    services,
    clock,
    call: async (who, method, url, body) => {
      if (clock.now() !== signedInAt) cookies.clear();
      signedInAt = clock.now();
      if (!cookies.has(who)) {
        const signedIn = await http.app.inject({
          method: 'POST',
          url: '/api/session',
          payload: JSON.stringify({ loginName: who, password }),
          headers: { 'content-type': 'application/json' },
        });
        cookies.set(who, String(signedIn.headers['set-cookie']).split(';')[0] ?? '');
      }
      const raw = body instanceof Uint8Array;
      const answer = await http.app.inject({
        method: method as 'GET',
        url,
        headers: {
          cookie: cookies.get(who) ?? '',
          'content-type': raw ? 'application/octet-stream' : 'application/json',
        },
        ...(body === undefined ? {} : { payload: raw ? Buffer.from(body) : JSON.stringify(body) }),
      });
      const isJson = String(answer.headers['content-type']).includes('json');
      return { status: answer.statusCode, body: (isJson ? answer.json() : answer.rawPayload) as never };
    },
    close: async () => {
      await http.close();
      await database.close();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}

async function addTown(database: Database, clock: SettableClock): Promise<void> {
  const db = database.kysely;
  const since = '2013-01-01' as LocalDate;
  const grids = [...chequered().values()];
  for (const grid of grids) {
    const parent = grids.find(({ id }) => id === grid.parentId);
    const above = parent === undefined ? [] : parent.parentId === null ? [parent.id] : [parent.parentId, parent.id];
    await addGrid(db, {
      id: gridId(grid.id),
      code: grid.code,
      level: grid.level as 1,
      divisionCode: null,
      ancestors: above.map(gridId),
      name: grid.name,
      officialName: grid.officialName,
      households: grid.households,
      address: null,
      boundary: { type: 'Polygon', coordinates: grid.rings.map(ring => ring.map(([lng, lat]) => [lng, lat])) },
      label: [...labelPosition(grid.rings)],
      source: 'test',
      note: null,
      validFrom: since,
    });
  }
  const account = async (loginName: string, role: Role, gridOf: string | null = null) =>
    createAccount(
      db,
      { loginName, name: `员工${loginName}`, password, grants: [{ role, townId, gridId: gridOf, unitId: null }] },
      clock.now(),
      'zh',
    );
  const head = await account('head', 'community_head', gridId('c0'));
  await account('admin', 'system_admin');
  await account('other', 'system_admin');
  for (const grid of grids)
    await appoint(db, { townId, gridId: gridId(grid.id), code: 'P32', name: '网格长', accountId: head.id, since });
}

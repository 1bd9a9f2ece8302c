import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import { pino } from 'pino';

import { demoAccountViews } from '../../db/seed/accounts.ts';
import { demoPassword } from '../../db/seed/staff.ts';
import { signIn } from '../../src/contracts/identity.ts';
import { HOUR_MS } from '../../src/domain/kernel/time.ts';
import { composeHttp, composeServices } from '../../src/server/compose.ts';
import { settableClock } from '../../src/server/platform/clock.ts';
import { openClient } from './client.ts';
import { openFreshDatabase } from './database.ts';
import { builtAt, houseTemplate } from './house.ts';

import type { Instant } from '../../src/domain/kernel/time.ts';
import type { Services } from '../../src/server/compose.ts';
import type { GridRow, UnitRow } from '../../src/server/grids/queries.ts';
import type { SettableClock } from '../../src/server/platform/clock.ts';
import type { Database } from '../../src/server/platform/database/connect.ts';
import type { Client } from './client.ts';

/** The real server on a loopback port, over a database of its own, with a clock that moves when told. */
export interface TestApp {
  /** `http://127.0.0.1:…` */
  readonly url: string;
  readonly clock: SettableClock;
  readonly database: Database;
  readonly services: Services;
  readonly dataFolder: string;
  /** A caller without a session. */
  readonly anybody: Client;
  /** Signs in over HTTP, once for each person, and again when the clock was moved by hours. */
  as(loginName: string): Promise<Client>;
  /** A new browser that holds this cookie. */
  client(cookie?: string): Client;
  grid(code: string): GridRow;
  unit(code: string): UnitRow;
  /** Log lines of failures that were nobody's mistake but ours; `close` fails when there are some. */
  readonly failures: string[];
  /** Stops the HTTP side and opens it again on the same database and clock: rate limits and live streams are new. */
  close(): Promise<void>;
}

export interface AppOptions {
  readonly at?: Instant;
  /** False: as a real installation, without shown passwords. */
  readonly demo?: boolean;
  readonly reportsPerMinute?: number;
  /** True: a database with the schema and nothing in it, as at the very first start. */
  readonly empty?: boolean;
}

export async function openApp(options: AppOptions = {}): Promise<TestApp> {
  const demo = options.demo ?? true;
  const database = await openFreshDatabase(options.empty === true ? undefined : await houseTemplate());
  const dataFolder = await mkdtemp(path.join(os.tmpdir(), 'jingwei-app-'));
  const clock = settableClock(options.at ?? builtAt);
  const failures: string[] = [];
  const log = pino({ level: 'error' }, { write: (line: string) => void failures.push(line) });
  const config = { dataFolder, demo, reportsPerMinute: options.reportsPerMinute ?? 0 };
  const installation = { database, clock, log, config, version: '0.0.0-test' };
  const services = await composeServices(installation);
  const shown = demo && options.empty !== true ? await demoAccountViews(database.kysely, services) : [];
  const http = await composeHttp(installation, services, shown);
  const url = await http.app.listen({ port: 0, host: '127.0.0.1' });
  const people = new Map<string, { client: Client; at: Instant; entered: Promise<unknown> }>();

  /** A session ends after eight hours: when the clock has moved far since the last time, the person signs in again. */
  async function enter(loginName: string): Promise<Client> {
    const known = people.get(loginName);
    if (known !== undefined && Math.abs(clock.now() - known.at) < HOUR_MS) {
      await known.entered;
      return known.client;
    }
    const client = known?.client ?? openClient(url);
    const entered = client.ok(signIn, { body: { loginName, password: demoPassword } });
    people.set(loginName, { client, at: clock.now(), entered });
    await entered;
    return client;
  }

  return {
    url,
    clock,
    database,
    services,
    dataFolder,
    failures,
    anybody: openClient(url),
    client: cookie => openClient(url, cookie),
    as: enter,
    grid: code => mustHave(services.territory.grids(), code),
    unit: code =>
      mustHave(
        services.territory.towns().flatMap(({ id }) => services.territory.units(id)),
        code,
      ),
    async close() {
      await http.close();
      await database.close();
      await rm(dataFolder, { recursive: true, force: true });
      if (failures.length > 0) throw new Error(`the server failed inside, first so: ${failures[0] ?? ''}`);
    },
  };
}

function mustHave<Thing extends { readonly code: string }>(things: readonly Thing[], code: string): Thing {
  const found = things.find(thing => thing.code === code);
  if (found === undefined) throw new Error(`the test house has no ${code}`);
  return found;
}

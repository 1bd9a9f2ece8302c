import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { startEmbedded } from '../../src/server/platform/database/embedded/start.ts';
import { openPool } from '../../src/server/platform/database/connect.ts';
import { checkServer } from '../../src/server/platform/database/check-server.ts';
import { migrate } from '../../src/server/platform/database/migrate.ts';
import { createLog } from '../../src/server/platform/log.ts';
import { withDatabase } from './database-url.ts';

/** What `database.ts` needs to make a database for one test file. */
export interface TestServer {
  /** Connection string of a database from which others can be created. */
  readonly adminUrl: string;
  /** Name of a migrated, empty database that is copied. */
  readonly template: string;
}

declare module 'vitest' {
  export interface ProvidedContext {
    testServer: TestServer;
  }
}

interface Running extends TestServer {
  stop(): Promise<void>;
}

const log = createLog({ logLevel: 'warn' });

/** Two projects of tests ask for a server in one process, each with its own copy of this module: they share one. */
const shared = globalThis as { jingweiTestServer?: { users: number; running: Promise<Running> } };

/**
 * Starts a throw-away cluster, or takes the server of TEST_DATABASE_URL or DATABASE_URL (its user needs CREATEDB), and
 * migrates one template there. Everything made is removed at the end.
 */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const server = (shared.jingweiTestServer ??= { users: 0, running: prepare() });
  server.users += 1;
  const { adminUrl, template } = await server.running;
  project.provide('testServer', { adminUrl, template });
  return async () => {
    server.users -= 1;
    if (server.users === 0) await (await server.running).stop();
  };
}

async function prepare(): Promise<Running> {
  const given = process.env['TEST_DATABASE_URL'] ?? process.env['DATABASE_URL'];
  const server =
    given === undefined || given === '' ? await startThrowAway() : { url: given, stop: () => Promise.resolve() };
  const prefix = `jingwei_test_${randomBytes(4).toString('hex')}`;
  const template = `${prefix}_template`;
  await runAsAdmin(server.url, [
    `create database ${template} encoding 'UTF8' lc_collate 'C.UTF-8' lc_ctype 'C.UTF-8' template template0`,
  ]);
  const pool = openPool(withDatabase(server.url, template), 1, log);
  await checkServer(pool, log);
  await migrate(pool, log);
  await pool.end();
  // A template that anybody is connected to cannot be copied.
  await runAsAdmin(server.url, [`alter database ${template} with allow_connections false`]);
  return {
    adminUrl: server.url,
    template,
    stop: async () => {
      await dropAll(server.url, prefix);
      await server.stop();
    },
  };
}

async function startThrowAway(): Promise<{ url: string; stop(): Promise<void> }> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'jingwei-test-'));
  await chmod(folder, 0o755);
  const dataFolder = path.join(folder, 'data');
  const embedded = await startEmbedded({ dataFolder, dataFolderChosen: true, log, throwAway: true });
  return {
    url: embedded.url,
    stop: async () => {
      await embedded.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function dropAll(adminUrl: string, prefix: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  const { rows } = await client.query<{ name: string }>(
    'select datname as name from pg_database where starts_with(datname, $1)',
    [prefix],
  );
  for (const { name } of rows) await client.query(`drop database if exists ${pg.escapeIdentifier(name)} with (force)`);
  await client.end();
}

async function runAsAdmin(adminUrl: string, statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}

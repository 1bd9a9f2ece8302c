import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { openDatabase, type Database } from '../../src/server/platform/database/connect.ts';
import { readConfig } from '../../src/server/platform/config.ts';
import { createLog } from '../../src/server/platform/log.ts';
import { withDatabase } from './database-url.ts';

export interface FreshDatabase {
  /** Connection string of a database with all migrations and no rows; no other test knows it. */
  readonly url: string;
  drop(): Promise<void>;
}

/** A new database for one test file: a copy of the migrated template (or of another one), about 50 ms. */
export function freshDatabase(template = inject('testServer').template): Promise<FreshDatabase> {
  return createDatabase(`template ${template}`);
}

/** A new database without anything in it, for tests of how one is set up; `manner` as in `create database`. */
export function emptyDatabase(
  manner = "encoding 'UTF8' lc_collate 'C.UTF-8' lc_ctype 'C.UTF-8'",
): Promise<FreshDatabase> {
  return createDatabase(`${manner} template template0`);
}

async function createDatabase(manner: string): Promise<FreshDatabase> {
  const { adminUrl, template } = inject('testServer');
  const name = `${template.replace(/_template$/, '')}_${randomBytes(4).toString('hex')}`;
  await ask(adminUrl, `create database ${name} ${manner}`);
  return {
    url: withDatabase(adminUrl, name),
    drop: () => ask(adminUrl, `drop database if exists ${name} with (force)`),
  };
}

/**
 * A fresh database, opened as the program opens it, with the query walk on. The pool has the size that JINGWEI_POOL says.
 * `close` also drops it.
 */
export async function openFreshDatabase(template?: string): Promise<Database> {
  const fresh = await freshDatabase(template);
  const config = readConfig({ ...process.env, DATABASE_URL: fresh.url, NODE_ENV: 'test' });
  const database = await openDatabase(config, createLog({ logLevel: 'error' }));
  return {
    ...database,
    close: async () => {
      await database.close();
      await fresh.drop();
    },
  };
}

async function ask(adminUrl: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import type pg from 'pg';
import type { Log } from '../log.ts';
import { StartError } from './start-error.ts';

/**
 * [Note: Migrations]
 * `db/migrations/NNNN_name.sql`: plain SQL, forward only, each file in one transaction. The number is inserted first: a second
 * starter waits there for the first one's commit and then sees that the work is done. What has been applied is never edited;
 * the checksum tells.
 */
export const migrationsFolder = path.resolve(import.meta.dirname, '../../../../db/migrations');

interface Migration {
  readonly number: number;
  readonly name: string;
  readonly checksum: string;
  readonly text: string;
}

/** Any number that nobody else uses; it guards the few statements before there is a table to wait on. */
const bootstrapLock = 4_200_761_001;

/**
 * Brings the schema up to date.
 * @returns how many files were applied by this call.
 * @throws StartError when an applied file was edited or is unknown to this version; the server's error when a file fails,
 *   with nothing of that file left behind.
 */
export async function migrate(pool: pg.Pool, log: Log, folder = migrationsFolder): Promise<number> {
  const migrations = await readMigrations(folder);
  const client = await pool.connect();
  try {
    await createTable(client);
    await refuseUnknown(client, migrations);
    let applied = 0;
    for (const migration of migrations) {
      if (await applyOnce(client, migration)) {
        applied += 1;
        log.info(`数据库升级 / database migration ${migration.name}`);
      }
    }
    return applied;
  } finally {
    client.release();
  }
}

async function readMigrations(folder: string): Promise<Migration[]> {
  const names = (await readdir(folder)).filter(name => name.endsWith('.sql')).sort();
  const migrations = await Promise.all(names.map(name => readMigration(folder, name)));
  for (const [index, migration] of migrations.entries()) {
    if (migration.number !== migrations[index - 1]?.number) continue;
    throw new Error(`two migrations have the number ${migration.number}`);
  }
  return migrations;
}

async function readMigration(folder: string, file: string): Promise<Migration> {
  const match = /^(\d{4})_[a-z0-9_]+\.sql$/.exec(file);
  if (match === null) throw new Error(`${file}: a migration is named NNNN_name.sql`);
  const text = (await readFile(path.join(folder, file), 'utf8')).replaceAll('\r\n', '\n');
  const checksum = createHash('sha256').update(text).digest('hex');
  return { number: Number(match[1]), name: file.slice(0, -4), checksum, text };
}

async function createTable(client: pg.PoolClient): Promise<void> {
  await inTransaction(client, async () => {
    await client.query('select pg_advisory_xact_lock($1)', [bootstrapLock]);
    await client.query(`create schema if not exists platform;
      create table if not exists platform.migration (
        number integer not null,
        name text not null,
        checksum text not null,
        at timestamptz not null default now(),
        constraint migration_pkey primary key (number)
      )`);
  });
}

async function refuseUnknown(client: pg.PoolClient, migrations: readonly Migration[]): Promise<void> {
  const { rows } = await client.query<{ number: number; name: string }>('select number, name from platform.migration');
  const unknown = rows.find(row => !migrations.some(migration => migration.number === row.number));
  if (unknown === undefined) return;
  throw new StartError(
    `数据库比本程序新（已有 ${unknown.name}）。请使用更新的版本。`,
    `The database is newer than this program (it has ${unknown.name}). Use a newer version.`,
  );
}

/** @returns whether this call did it. */
async function applyOnce(client: pg.PoolClient, { number, name, checksum, text }: Migration): Promise<boolean> {
  return inTransaction(client, async () => {
    // Waiting for another starter, or for a large table, may take longer than a query of the program.
    await client.query('set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0');
    const claimed = await client.query(
      'insert into platform.migration (number, name, checksum) values ($1, $2, $3) on conflict (number) do nothing',
      [number, name, checksum],
    );
    if (claimed.rowCount === 1) {
      await client.query(text);
      return true;
    }
    const { rows } = await client.query<{ checksum: string }>(
      'select checksum from platform.migration where number = $1',
      [number],
    );
    if (rows[0]?.checksum === checksum) return false;
    throw new StartError(
      `数据库升级文件 ${name} 在执行之后被改动。请恢复原文件，改动另写新文件。`,
      `The migration ${name} was edited after it had been applied. Restore the file; a change goes into a new one.`,
    );
  });
}

async function inTransaction<T>(client: pg.PoolClient, work: () => Promise<T>): Promise<T> {
  await client.query('begin');
  try {
    const result = await work();
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}

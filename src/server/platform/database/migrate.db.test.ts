import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { emptyDatabase, type FreshDatabase } from '../../../../test/helpers/database.ts';
import { createLog } from '../log.ts';
import { openPool } from './connect.ts';
import { migrate } from './migrate.ts';

const log = createLog({ logLevel: 'silent' });
let folder: string;
let database: FreshDatabase;
let pool: pg.Pool;

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'jingwei-migrations-'));
  database = await emptyDatabase();
  pool = openPool(database.url, 1, log);
});

afterEach(async () => {
  await pool.end();
  await database.drop();
  await rm(folder, { recursive: true });
});

test('each file once, in order, on a pool of one', async () => {
  await write('0002_second.sql', 'insert into one values (2)');
  await write('0001_first.sql', 'create table one (n int); insert into one values (1);');
  expect(await migrate(pool, log, folder)).toBe(2);
  expect(await migrate(pool, log, folder)).toBe(0);
  expect(await read('select n from one order by n')).toEqual([{ n: 1 }, { n: 2 }]);
  await write('0003_third.sql', 'insert into one values (3)');
  expect(await migrate(pool, log, folder)).toBe(1);
  expect(await read('select number, name from platform.migration order by number')).toEqual([
    { number: 1, name: '0001_first' },
    { number: 2, name: '0002_second' },
    { number: 3, name: '0003_third' },
  ]);
});

test('four starters at once: each file is applied by one of them, and all find it done', async () => {
  await write('0001_first.sql', 'select pg_sleep(0.2); create table one (n int)');
  await write('0002_second.sql', 'select pg_sleep(0.1); insert into one values (1)');
  const pools = [1, 2, 3, 4].map(() => openPool(database.url, 1, log));
  const applied = await Promise.all(pools.map(one => migrate(one, log, folder)));
  await Promise.all(pools.map(one => one.end()));
  expect(applied.reduce((sum, one) => sum + one, 0)).toBe(2);
  expect(await read('select n from one')).toEqual([{ n: 1 }]);
});

test('a file that fails leaves nothing behind, and is tried again', async () => {
  await write('0001_first.sql', 'create table one (n int); insert into missing values (1)');
  await expect(migrate(pool, log, folder)).rejects.toThrow('relation "missing" does not exist');
  expect(await read("select to_regclass('one') as one, (select count(*) from platform.migration) as applied")).toEqual([
    { one: null, applied: 0 },
  ]);
  await write('0001_first.sql', 'create table one (n int)');
  expect(await migrate(pool, log, folder)).toBe(1);
});

test('a file edited after it was applied is refused by name; other line ends are no edit', async () => {
  await write('0001_first.sql', 'create table one (n int);\n-- the end\n');
  await migrate(pool, log, folder);
  await write('0001_first.sql', 'create table one (n int);\r\n-- the end\r\n');
  expect(await migrate(pool, log, folder)).toBe(0);
  await write('0001_first.sql', 'create table one (n bigint);\n-- the end\n');
  await expect(migrate(pool, log, folder)).rejects.toThrow(/0001_first 在执行之后被改动[^]*0001_first was edited/);
});

test('a database that knows more than the program is refused', async () => {
  await write('0001_first.sql', 'create table one (n int)');
  await write('0002_second.sql', 'create table two (n int)');
  await migrate(pool, log, folder);
  await rm(path.join(folder, '0002_second.sql'));
  await expect(migrate(pool, log, folder)).rejects.toThrow('it has 0002_second');
});

test('two files of one number and a wrong name are refused before anything happens', async () => {
  await write('0001_first.sql', 'create table one (n int)');
  await write('0001_other.sql', 'create table other (n int)');
  await expect(migrate(pool, log, folder)).rejects.toThrow('two migrations have the number 1');
  await rm(path.join(folder, '0001_other.sql'));
  await write('2_second.sql', '');
  await expect(migrate(pool, log, folder)).rejects.toThrow('2_second.sql: a migration is named');
  expect(await read("select to_regclass('one') as one")).toEqual([{ one: null }]);
});

function write(name: string, text: string): Promise<void> {
  return writeFile(path.join(folder, name), text);
}

async function read(query: string): Promise<unknown[]> {
  return (await pool.query<Record<string, unknown>>(query)).rows;
}

import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { emptyDatabase, freshDatabase, openFreshDatabase } from '../../../../test/helpers/database.ts';
import { instant } from '../../../domain/kernel/time.ts';
import { readConfig } from '../config.ts';
import { createLog } from '../log.ts';
import { json, timestamptz } from './columns.ts';
import { openDatabase, type Database } from './connect.ts';
import { StartError } from './start-error.ts';

const log = createLog({ logLevel: 'silent' });
const town_id = '01890000-0000-7000-8000-000000000001';

let database: Database;
beforeAll(async () => (database = await openFreshDatabase()));
afterAll(() => database.close());

describe('values', () => {
  test('are read as what the program works with', async () => {
    const { rows } = await database.pool.query(`select 9007199254740991::int8 as int8, array[1, null]::int8[] as int8s,
      '2014-01-24 17:00:00.123456+08'::timestamptz as at, array['2014-01-24 17:00+08'::timestamptz] as ats,
      date '2014-01-24' as day, array[date '2014-01-24', null] as days, 12.50::numeric as exact, 7 as int4`);
    expect(rows).toEqual([
      {
        int8: 9007199254740991,
        int8s: [1, null],
        at: Date.UTC(2014, 0, 24, 9, 0, 0, 123),
        ats: [Date.UTC(2014, 0, 24, 9)],
        day: '2014-01-24',
        days: ['2014-01-24', null],
        exact: '12.50',
        int4: 7,
      },
    ]);
  });

  test('an integer beyond 2^53 is an error and never a rounded number', async () => {
    await expect(database.pool.query('select 9007199254740993::int8')).rejects.toThrow('beyond 2^53');
  });

  test('instants and JSON are written exactly, and compared', async () => {
    const at = instant(Date.UTC(2014, 0, 24, 9, 0, 0, 7));
    const id = '01890000-0000-7000-8000-00000000000a';
    const payload = [{ 词: '𠮷㐂' }, null, 1];
    const row = { town_id, id, type: 'test', subject: id, payload: json<unknown>(payload), at: timestamptz(at) };
    await database.kysely.insertInto('platform.event').values(row).execute();
    const found = await database.kysely
      .selectFrom('platform.event')
      .select(['at', 'payload'])
      .where('town_id', '=', town_id)
      .where('at', '=', timestamptz(at))
      .execute();
    expect(found).toEqual([{ at, payload }]);
  });
});

describe('listening', () => {
  test('hears, survives the loss of its connection, says that something may have been missed, and stops', async () => {
    const heard: (string | null)[] = [];
    const stop = await database.listen('news', payload => heard.push(payload));
    await database.pool.query("notify news, 'first'");
    await expect.poll(() => heard).toEqual(['first']);

    const lost =
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'jingwei listen' and datname = current_database()";
    await database.pool.query(lost);
    await expect.poll(() => heard, { timeout: 5000 }).toEqual(['first', null]);
    await database.pool.query("notify news, 'second'");
    await expect.poll(() => heard).toEqual(['first', null, 'second']);

    await stop();
    await database.pool.query("notify news, 'third'");
    const other = await database.listen('other', payload => heard.push(payload));
    await database.pool.query("notify other, 'last'");
    await expect.poll(() => heard).toEqual(['first', null, 'second', 'last']);
    await other();
  });
});

describe('a server that cannot carry the program is refused in words', () => {
  const open = (url: string) => openDatabase(readConfig({ DATABASE_URL: url }), log);

  test('a locale that knows no Chinese characters', async () => {
    const wrong = await emptyDatabase("encoding 'UTF8' lc_collate 'C' lc_ctype 'C'");
    await expect(open(wrong.url)).rejects.toThrow(/不识别汉字[^]*knows no Chinese/);
    await wrong.drop();
  });

  test('another encoding', async () => {
    const wrong = await emptyDatabase("encoding 'SQL_ASCII' lc_collate 'C' lc_ctype 'C'");
    await expect(open(wrong.url)).rejects.toThrow('encoded in SQL_ASCII, UTF8 is needed');
    await wrong.drop();
  });

  test('a database that does not exist', async () => {
    const { adminUrl } = inject('testServer');
    const missing = adminUrl.replace(/^(postgres(?:ql)?:\/\/[^/?]*)(\/[^?]*)?/, '$1/jingwei_missing');
    await expect(open(missing)).rejects.toThrow(StartError);
  });

  test('no server there; the password is not repeated', async () => {
    const opening = open('postgresql://jingwei:secret@/jingwei?host=%2Fnowhere');
    await expect(opening).rejects.toThrow(/jingwei:\*\*\*@[^]*cannot be reached/);
    await expect(opening).rejects.not.toThrow('secret');
  });

  test('two that open an empty database at once both succeed', async () => {
    const empty = await emptyDatabase();
    const both = await Promise.all([open(empty.url), open(empty.url)]);
    expect(both.map(one => one.info.kind)).toEqual(['server', 'server']);
    await Promise.all(both.map(one => one.close()));
    await empty.drop();
  });
});

test('the walk is on in tests and says what is wrong before anything is sent', async () => {
  await expect(database.kysely.selectFrom('platform.event').selectAll().execute()).rejects.toThrow(
    'no town_id for platform.event',
  );
  const fresh = await freshDatabase();
  const product = await openDatabase(readConfig({ DATABASE_URL: fresh.url }), log);
  expect(await product.kysely.selectFrom('platform.event').selectAll().execute()).toEqual([]);
  await product.close();
  await fresh.drop();
});

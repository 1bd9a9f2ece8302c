import { randomUUID } from 'node:crypto';

import pg from 'pg';

/** The tables that a report without photos writes, in its order; `platform.idempotency` first, and once more at the end. */
const tables = [
  { name: 'cases.case_file', of: 'id' },
  { name: 'cases.step', of: 'case_id' },
  { name: 'cases.clock', of: 'case_id' },
  { name: 'cases.reporter', of: 'case_id' },
  { name: 'platform.event', of: 'subject' },
  { name: 'intake.receipt', of: 'case_id' },
] as const;

type Row = Readonly<Record<string, string | null>>;

export interface Ceiling {
  /** Transactions. */
  readonly perSecond: number;
  /** The database's processor time for each; null where it cannot be seen. */
  readonly databaseMs: number | null;
}

interface Statement {
  readonly name: string;
  readonly text: string;
  readonly row: Row;
}

/** Every value as the text that PostgreSQL gave, so that it goes back as it came. */
const asText = { getTypeParser: () => (value: string) => value } as pg.CustomTypesConfig;

/** A day on which nothing was ever reported, so that the copies' numbers meet no others. */
const day = '2001-01-01';

/**
 * What the database does at most: copies of all rows of one reported case, each in a transaction of its own, by `pg` alone with prepared
 * statements over 16 connections. The town's counter row is taken as the service takes it: it keeps numbers free of gaps and
 * lets only one report of a town commit at a time.
 * @param databaseMs processor time of the database so far; null where it cannot be seen.
 */
export async function measureCeiling(
  url: string,
  { number, key }: { readonly number: string; readonly key: string },
  seconds: number,
  databaseMs: () => number | null,
): Promise<Ceiling> {
  const pool = new pg.Pool({ connectionString: url, max: 16, types: asText });
  pool.on('error', () => undefined);
  try {
    const caseId = await firstRow(pool, 'select id from cases.case_file where number = $1', number);
    const id = caseId['id'] ?? '';
    const once = insertOf('platform.idempotency', {
      ...(await firstRow(pool, 'select * from platform.idempotency where key = $1', key)),
      status: null,
      body: null,
    });
    const reply = await firstRow(pool, 'select status, body from platform.idempotency where key = $1', key);
    const rows = await Promise.all(
      tables.map(async ({ name, of }) =>
        insertOf(
          name,
          await firstRow(
            pool,
            `select * from ${name} where ${of} = $1${name === 'platform.event' ? " and type = 'cases.reported'" : ''}`,
            id,
          ),
        ),
      ),
    );
    let made = 0;
    const before = databaseMs();
    const begin = performance.now();
    const until = begin + seconds * 1000;
    const run = async () => {
      const client = await pool.connect();
      try {
        while (performance.now() < until) {
          await insertOnce(client, id, once, reply, rows);
          made += 1;
        }
      } finally {
        client.release();
      }
    };
    await Promise.all(Array.from({ length: 16 }, run));
    const passed = (performance.now() - begin) / 1000;
    const after = databaseMs();
    return { perSecond: made / passed, databaseMs: before === null || after === null ? null : (after - before) / made };
  } finally {
    await pool.end();
  }
}

async function insertOnce(
  client: pg.PoolClient,
  original: string,
  once: Statement,
  reply: Row,
  rows: readonly Statement[],
): Promise<void> {
  const town = once.row['town_id'];
  const key = randomUUID();
  const caseId = randomUUID();
  await client.query('begin');
  await client.query(fill(once, { key }));
  const { rows: counted } = await client.query<{ last: string }>({
    name: 'counter',
    text: `insert into cases.number_counter (town_id, day, last) values ($1, $2, 1)
      on conflict (town_id, day) do update set last = number_counter.last + 1 returning last`,
    values: [town, day],
  });
  const number = `copy-${counted[0]?.last ?? ''}`;
  for (const statement of rows) {
    const own = statement.row['id'] === original ? { id: caseId } : 'id' in statement.row ? { id: randomUUID() } : {};
    const named = 'number' in statement.row ? { number } : {};
    const about = Object.fromEntries(
      Object.entries(statement.row).flatMap(([column, value]) =>
        column !== 'id' && value === original ? [[column, caseId]] : [],
      ),
    );
    await client.query(fill(statement, { ...own, ...named, ...about }));
  }
  await client.query({
    name: 'reply',
    text: 'update platform.idempotency set status = $1, body = $2 where town_id = $3 and scope = $4 and key = $5',
    values: [reply['status'], reply['body'], town, once.row['scope'], key],
  });
  await client.query('commit');
}

function insertOf(table: string, row: Row): Statement {
  const columns = Object.keys(row);
  const places = columns.map((_column, index) => `$${index + 1}`);
  return { name: table, text: `insert into ${table} (${columns.join(', ')}) values (${places.join(', ')})`, row };
}

const fill = ({ name, text, row }: Statement, changes: Row): pg.QueryConfig => ({
  name,
  text,
  values: Object.values({ ...row, ...changes }),
});

async function firstRow(pool: pg.Pool, text: string, value: string): Promise<Row> {
  const { rows } = await pool.query<Row>(text, [value]);
  const [row] = rows;
  if (row === undefined) throw new Error(`no row: ${text}`);
  return row;
}

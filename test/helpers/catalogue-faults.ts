import type pg from 'pg';
import type { TableKind } from '../../src/server/platform/database/table-kinds.ts';

type Kinds = Readonly<Record<string, TableKind>>;

/** Every table of ours in the database, `schema.table`. */
const tables = `select n.nspname || '.' || c.relname as name,
    coalesce((select a.attnotnull and format_type(a.atttypid, null) = 'uuid' from pg_attribute a
      where a.attrelid = c.oid and a.attname = 'town_id' and not a.attisdropped), false) as town,
    exists (select 1 from pg_constraint o where o.conrelid = c.oid and o.contype = 'p') as keyed
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
    and not exists (select 1 from pg_depend d where d.objid = c.oid and d.deptype = 'e')
  order by 1`;

/** Primary keys, unique and exclusion constraints and unique indexes are all indexes here, with their key columns. */
const uniqueIndexes = `select n.nspname || '.' || c.relname as of, x.relname as name,
    exists (select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'town_id'
      and a.attnum = any ((i.indkey::int2[])[0:i.indnkeyatts - 1])) as town
  from pg_index i
    join pg_class c on c.oid = i.indrelid
    join pg_class x on x.oid = i.indexrelid
    join pg_namespace n on n.oid = c.relnamespace
  where (i.indisunique or i.indisexclusion) and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'`;

const foreignKeys = `select o.conname as name, n.nspname || '.' || c.relname as of, fn.nspname || '.' || f.relname as target,
    exists (
      select 1 from unnest(o.conkey, o.confkey) as pair (here, there)
        join pg_attribute a on a.attrelid = o.conrelid and a.attnum = pair.here
        join pg_attribute b on b.attrelid = o.confrelid and b.attnum = pair.there
      where a.attname = 'town_id' and b.attname = 'town_id') as paired
  from pg_constraint o
    join pg_class c on c.oid = o.conrelid join pg_namespace n on n.oid = c.relnamespace
    join pg_class f on f.oid = o.confrelid join pg_namespace fn on fn.oid = f.relnamespace
  where o.contype = 'f'`;

const triggers = `select t.tgname as name, n.nspname || '.' || c.relname as of
  from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
  where not t.tgisinternal`;

/** What a foreign key may point at: a distributed database has no way to keep the others. */
const mayPointAt: Readonly<Record<TableKind, readonly TableKind[]>> = {
  distributed: ['distributed', 'reference'],
  reference: ['reference'],
  local: ['local', 'reference'],
};

/** How the tables of a database break the rules of "Towns" in table-kinds.ts; one line each. */
export async function findCatalogueFaults(pool: pg.Pool, kinds: Kinds): Promise<string[]> {
  return [
    ...(await findTableFaults(pool, kinds)),
    ...(await findIndexFaults(pool, kinds)),
    ...(await findForeignKeyFaults(pool, kinds)),
    ...(await findTriggers(pool)),
  ];
}

async function findTableFaults(pool: pg.Pool, kinds: Kinds): Promise<string[]> {
  const { rows } = await pool.query<{ name: string; town: boolean; keyed: boolean }>(tables);
  const missing = Object.keys(kinds).filter(name => !rows.some(row => row.name === name));
  return [
    ...missing.map(name => `${name} is declared and does not exist`),
    ...rows.flatMap(({ name, town, keyed }) => {
      if (kinds[name] === undefined) return [`${name} is not declared in table-kinds.ts`];
      const noTown = kinds[name] === 'distributed' && !town ? [`${name} has no town_id uuid not null`] : [];
      return keyed ? noTown : [...noTown, `${name} has no primary key`];
    }),
  ];
}

async function findIndexFaults(pool: pg.Pool, kinds: Kinds): Promise<string[]> {
  const { rows } = await pool.query<{ of: string; name: string; town: boolean }>(uniqueIndexes);
  const wrong = rows.filter(row => kinds[row.of] === 'distributed' && !row.town);
  return wrong.map(row => `${row.of}: ${row.name} is unique without town_id`);
}

async function findForeignKeyFaults(pool: pg.Pool, kinds: Kinds): Promise<string[]> {
  const { rows } = await pool.query<{ name: string; of: string; target: string; paired: boolean }>(foreignKeys);
  return rows.flatMap(({ name, of, target, paired }) => {
    const [here, there] = [kinds[of], kinds[target]];
    if (here === undefined || there === undefined) return [];
    if (!mayPointAt[here].includes(there)) return [`${of}: ${name} points from a ${here} to a ${there} table`];
    return there === 'distributed' && !paired ? [`${of}: ${name} does not pair town_id`] : [];
  });
}

async function findTriggers(pool: pg.Pool): Promise<string[]> {
  const { rows } = await pool.query<{ of: string; name: string }>(triggers);
  return rows.map(row => `${row.of} has the trigger ${row.name}`);
}

import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type pg from 'pg';
import { readConfig } from '../src/server/platform/config.ts';
import { openDatabase } from '../src/server/platform/database/connect.ts';
import { migrate } from '../src/server/platform/database/migrate.ts';
import { createLog } from '../src/server/platform/log.ts';

/**
 * `node tools/dump-schema.ts` writes db/schema.sql: what the migrations add up to, for review. It is read from the catalogue of
 * a database made for it, in an order of its own, so that PostgreSQL 15 and 18 give the same text. It is not run: the
 * migrations are.
 */
export const schemaFile = path.resolve(import.meta.dirname, '../db/schema.sql');

type Rows = readonly { readonly line: string; readonly of?: string }[];

const ours = `n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'public')`;
const notOfExtension = (catalogue: string, id: string) =>
  `not exists (select 1 from pg_depend d where d.classid = '${catalogue}'::regclass and d.objid = ${id} and d.deptype = 'e')`;

const schemas = `select format('create schema %I;', n.nspname) as line from pg_namespace n where ${ours} order by n.nspname collate "C"`;

const functions = `select pg_get_functiondef(p.oid) || ';' as line
  from pg_proc p join pg_namespace n on n.oid = p.pronamespace
  where (${ours} or n.nspname = 'public') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
    and ${notOfExtension('pg_proc', 'p.oid')}
  order by n.nspname collate "C", p.proname collate "C", pg_get_function_identity_arguments(p.oid) collate "C"`;

const tables = `select format('%I.%I', n.nspname, c.relname) as line
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p') and ${ours}
  order by n.nspname collate "C", c.relname collate "C"`;

/** In the order of the table; a generated column shows its expression. */
const columns = `select format('%I.%I', n.nspname, c.relname) as of,
    format('  %I %s%s%s', a.attname, format_type(a.atttypid, a.atttypmod),
      case when a.attnotnull then ' not null' else '' end,
      case
        when a.attidentity <> '' then ' generated ' || case a.attidentity when 'a' then 'always' else 'by default' end || ' as identity'
        when a.attgenerated = 's' then ' generated always as (' || pg_get_expr(f.adbin, f.adrelid) || ') stored'
        when f.adbin is not null then ' default ' || pg_get_expr(f.adbin, f.adrelid)
        else ''
      end) as line
  from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    left join pg_attrdef f on f.adrelid = c.oid and f.adnum = a.attnum
  where c.relkind in ('r', 'p') and ${ours}
  order by a.attnum`;

/** PostgreSQL 18 also lists NOT NULL here; it stands with the column. */
const constraints = `select format('%I.%I', n.nspname, c.relname) as of,
    format('  constraint %I %s', o.conname, pg_get_constraintdef(o.oid)) as line
  from pg_constraint o join pg_class c on c.oid = o.conrelid join pg_namespace n on n.oid = c.relnamespace
  where o.contype in ('p', 'u', 'f', 'c', 'x') and ${ours}
  order by position(o.contype::text in 'puxfc'), o.conname collate "C"`;

const indexes = `select format('%I.%I', n.nspname, c.relname) as of, pg_get_indexdef(i.indexrelid) || ';' as line
  from pg_index i
    join pg_class c on c.oid = i.indrelid
    join pg_class x on x.oid = i.indexrelid
    join pg_namespace n on n.oid = c.relnamespace
  where ${ours} and not exists (select 1 from pg_constraint o where o.conindid = i.indexrelid and o.contype in ('p', 'u', 'x'))
  order by x.relname collate "C"`;

const security = `select format('%I.%I', n.nspname, c.relname) as of,
    format('alter table %I.%I %s row level security;', n.nspname, c.relname, v.verb) as line
  from pg_class c join pg_namespace n on n.oid = c.relnamespace,
    lateral (values ('enable', c.relrowsecurity), ('force', c.relforcerowsecurity)) as v (verb, holds)
  where v.holds and ${ours}
  order by v.verb collate "C"`;

const policies = `select format('%I.%I', n.nspname, c.relname) as of,
    format('create policy %I on %I.%I using (%s);', p.polname, n.nspname, c.relname, pg_get_expr(p.polqual, p.polrelid)) as line
  from pg_policy p join pg_class c on c.oid = p.polrelid join pg_namespace n on n.oid = c.relnamespace
  where ${ours}
  order by p.polname collate "C"`;

/** Rights that the owner has given up. */
const revoked = `select format('%I.%I', n.nspname, c.relname) as of,
    format('revoke %s on %I.%I from current_user;', string_agg(lower(r.name), ', ' order by r.name), n.nspname, c.relname) as line
  from pg_class c join pg_namespace n on n.oid = c.relnamespace,
    unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE']) as r (name)
  where c.relkind in ('r', 'p') and c.relacl is not null and ${ours}
    and not exists (select 1 from aclexplode(c.relacl) a where a.grantee = c.relowner and a.privilege_type = r.name)
  group by n.nspname, c.relname`;

/** The schema of a database as SQL; the same text for the same schema. */
export async function describeSchema(client: pg.Pool): Promise<string> {
  const read = async (query: string): Promise<Rows> => (await client.query<{ line: string; of?: string }>(query)).rows;
  const allColumns = await read(columns);
  const allConstraints = await read(constraints);
  const allIndexes = await read(indexes);
  const allGuards = [...(await read(security)), ...(await read(policies)), ...(await read(revoked))];
  const of = (rows: Rows, table: string) => rows.filter(row => row.of === table).map(row => row.line);
  const parts = (await read(tables)).map(({ line: table }) => {
    const body = [...of(allColumns, table), ...of(allConstraints, table)].join(',\n');
    return [`create table ${table} (\n${body}\n);`, ...of(allIndexes, table), ...of(allGuards, table)].join('\n');
  });
  const head = '-- Written by tools/dump-schema.ts from the migrations; not run. Change the schema by a new migration.';
  const before = [
    (await read(schemas)).map(row => row.line).join('\n'),
    ...(await read(functions)).map(row => row.line),
  ];
  return `${[head, ...before, ...parts].join('\n\n')}\n`;
}

async function main(): Promise<void> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'jingwei-schema-'));
  // PostgreSQL runs under another account when we are root.
  await chmod(folder, 0o755);
  const log = createLog({ logLevel: 'warn' });
  const database = await openDatabase(readConfig({ JINGWEI_DATA: path.join(folder, 'data') }), log);
  try {
    await migrate(database.pool, log);
    await writeFile(schemaFile, await describeSchema(database.pool));
  } finally {
    await database.close();
    await rm(folder, { recursive: true, force: true });
  }
}

if (import.meta.main) await main();

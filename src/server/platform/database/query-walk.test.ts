import { Kysely, sql, type Compilable } from 'kysely';
import pg from 'pg';
import { describe, expect, test } from 'vitest';
import { cityWide, QueryWalkError, WalkingDialect } from './query-walk.ts';

interface Row {
  town_id: string;
  id: string;
  unit_id: string;
  state: string;
}
interface Scratch {
  'cases.case': Row;
  'cases.step': Row;
  'grids.kind': { code: string };
  'grids.secret': { id: string };
}

const kinds = { 'cases.case': 'distributed', 'cases.step': 'distributed', 'grids.kind': 'reference' } as const;
// Compiled only: nothing here opens a connection.
const db = new Kysely<Scratch>({ dialect: new WalkingDialect({ pool: new pg.Pool() }, kinds) });
const town = 't1';

const named: Record<string, () => Compilable> = {
  select: () => db.selectFrom('cases.case').selectAll().where('town_id', '=', town),
  'select by full name': () => db.selectFrom('cases.case').selectAll().where('cases.case.town_id', '=', town),
  alias: () => db.selectFrom('cases.case as c').selectAll('c').where('c.town_id', '=', town).where('c.id', '=', 'x'),
  'value first': () =>
    db
      .selectFrom('cases.case as c')
      .selectAll('c')
      .where(eb => eb(eb.val(town), '=', eb.ref('c.town_id'))),
  'and in parentheses': () =>
    db
      .selectFrom('cases.case')
      .selectAll()
      .where(eb => eb.and([eb('town_id', '=', town), eb.or([eb('id', '=', 'a'), eb('id', '=', 'b')])])),
  'joined on the town': () =>
    db
      .selectFrom('cases.case as c')
      .innerJoin('cases.step as s', join => join.onRef('s.town_id', '=', 'c.town_id').onRef('s.id', '=', 'c.id'))
      .select('s.id')
      .where('c.town_id', '=', town),
  'joined with a reference table': () =>
    db
      .selectFrom('cases.case as c')
      .innerJoin('grids.kind as k', 'k.code', 'c.state')
      .select('k.code')
      .where('c.town_id', '=', town),
  'correlated sub-query': () =>
    db
      .selectFrom('cases.case as c')
      .select(eb =>
        eb.selectFrom('cases.step as s').select('s.id').whereRef('s.town_id', '=', 'c.town_id').limit(1).as('last'),
      )
      .where('c.town_id', '=', town),
  'common table expression': () =>
    db
      .with('mine', mine => mine.selectFrom('cases.case').selectAll().where('town_id', '=', town))
      .selectFrom('mine')
      .innerJoin('cases.step as s', join => join.onRef('s.town_id', '=', 'mine.town_id'))
      .select('s.id'),
  insert: () => db.insertInto('cases.case').values({ town_id: town, id: 'a', unit_id: 'u', state: 'new' }),
  update: () => db.updateTable('cases.case').set({ state: 'x' }).where('town_id', '=', town),
  'update from': () =>
    db
      .updateTable('cases.case as c')
      .from('cases.step as s')
      .set({ state: 'x' })
      .whereRef('s.town_id', '=', 'c.town_id')
      .where('c.town_id', '=', town),
  delete: () => db.deleteFrom('cases.case').where('town_id', '=', town),
  'sql condition': () =>
    db
      .selectFrom('cases.case as c')
      .selectAll('c')
      .where(sql<boolean>`c.town_id = ${town}`),
  'sql by hand': () => compilable(sql`select * from cases.case where town_id = ${town} for update skip locked`),
  'insert by hand': () => compilable(sql`insert into cases.case (town_id, id) values (${town}, 'a')`),
  'reference table': () => db.selectFrom('grids.kind').selectAll(),
  'lock in one town': () =>
    db.selectFrom('cases.case').selectAll().where('town_id', '=', town).limit(1).forUpdate().skipLocked(),
  'value that looks like a node': () =>
    db
      .updateTable('cases.case')
      .set({ state: { kind: 'SelectQueryNode' } as never })
      .where('town_id', '=', town),
};

const unnamed: Record<string, () => Compilable> = {
  select: () => db.selectFrom('cases.case').selectAll().where('id', '=', 'a'),
  'only one of two': () =>
    db
      .selectFrom('cases.case as c')
      .innerJoin('cases.step as s', 's.id', 'c.id')
      .select('s.id')
      .where('c.town_id', '=', town),
  'inside or': () =>
    db
      .selectFrom('cases.case')
      .selectAll()
      .where(eb => eb.or([eb('town_id', '=', town), eb('id', '=', 'a')])),
  'not equal': () => db.selectFrom('cases.case').selectAll().where('town_id', '!=', town),
  'several towns': () => db.selectFrom('cases.case').selectAll().where('town_id', 'in', [town, 't2']),
  'sub-query': () =>
    db
      .selectFrom('cases.case')
      .selectAll()
      .where('town_id', '=', town)
      .where('id', 'in', db.selectFrom('cases.step').select('id')),
  'common table expression': () =>
    db
      .with('all', all => all.selectFrom('cases.case').selectAll())
      .selectFrom('all')
      .selectAll(),
  'one side of a union': () =>
    db
      .selectFrom('cases.case')
      .select('id')
      .where('town_id', '=', town)
      .union(db.selectFrom('cases.step').select('id')),
  'insert without the column': () => db.insertInto('cases.case').values({ id: 'a' } as never),
  'update of all': () => db.updateTable('cases.case').set({ state: 'x' }),
  'delete of all': () => db.deleteFrom('cases.case'),
  'joined with each other only': () =>
    db.selectFrom('cases.case as c').innerJoin('cases.step as s', 's.town_id', 'c.town_id').select('s.id'),
  'sql by hand': () => compilable(sql`select count(*) from cases.case`),
};

const never: Record<string, () => Compilable> = {
  'set town_id': () => cityWide(db).updateTable('cases.case').set({ town_id: 't2' }).where('town_id', '=', town),
  'set town_id on conflict': () =>
    cityWide(db)
      .insertInto('cases.case')
      .values({ town_id: town, id: 'a', unit_id: 'u', state: 'new' })
      .onConflict(conflict => conflict.columns(['town_id', 'id']).doUpdateSet({ town_id: 't2' })),
  'set town_id by hand': () =>
    compilable(sql`update cases.case set state = 'x', town_id = ${'t2'} where town_id = ${town}`),
  'lock in all towns': () => cityWide(db).selectFrom('cases.case').selectAll().forUpdate().skipLocked(),
  'undeclared table': () => cityWide(db).selectFrom('grids.secret').selectAll(),
  'insert into an undeclared table': () => db.insertInto('grids.secret').values({ id: 'a' }),
};

describe('the query walk', () => {
  test.each(Object.entries(named))('accepts %s', (_, query) => {
    expect(() => query().compile()).not.toThrow();
  });

  test.each(Object.entries(unnamed))('refuses without a town: %s', (_, query) => {
    expect(() => query().compile()).toThrow(QueryWalkError);
  });

  test.each(Object.entries(never))('refuses even city-wide: %s', (_, query) => {
    expect(() => query().compile()).toThrow(QueryWalkError);
  });

  test('a city-wide query may read all towns, and marks itself only', () => {
    expect(() => cityWide(db).selectFrom('cases.case').select('town_id').distinct().compile()).not.toThrow();
    expect(() => db.selectFrom('cases.case').select('town_id').distinct().compile()).toThrow(
      /no town_id for cases.case/,
    );
  });
});

function compilable(raw: { compile(db: Kysely<Scratch>): ReturnType<Compilable['compile']> }): Compilable {
  return { compile: () => raw.compile(db) };
}

import { cityWide } from '../platform/database/query-walk.ts';
import { json } from '../platform/database/columns.ts';

import type { Tables } from '../platform/database/tables.ts';
import type { Insertable, Kysely, Selectable } from 'kysely';
import type { LocalDate } from '../../domain/kernel/time.ts';
import type { AppointmentTable, GridStateTable, PostTable, StreetLineTable, UnitTable } from './tables.ts';

type Db = Kysely<Tables>;

export type GridRow = Selectable<GridStateTable>;
export type UnitRow = Selectable<UnitTable>;
export type StreetRow = Selectable<StreetLineTable>;

/**
 * What is kept in memory of every town that this installation serves: all states that hold today or later, and of grids that
 * are gone the last one.
 */
export const listGrids = (db: Db, today: LocalDate): Promise<GridRow[]> =>
  cityWide(db)
    .selectFrom('grids.grid_state as s')
    .selectAll('s')
    .where(eb =>
      eb.or([
        eb('s.valid_to', 'is', null),
        eb('s.valid_to', '>', today),
        eb.not(
          eb.exists(
            eb
              .selectFrom('grids.grid_state as later')
              .select('later.id')
              .whereRef('later.town_id', '=', 's.town_id')
              .whereRef('later.id', '=', 's.id')
              .whereRef('later.valid_from', '>', 's.valid_from'),
          ),
        ),
      ]),
    )
    .orderBy('s.code')
    .orderBy('s.valid_from')
    .execute();

/** Every town's grids as they stood on a day. */
export const listGridsOn = (db: Db, day: LocalDate): Promise<GridRow[]> =>
  cityWide(db)
    .selectFrom('grids.grid_state')
    .selectAll()
    .where('valid_from', '<=', day)
    .where(eb => eb.or([eb('valid_to', 'is', null), eb('valid_to', '>', day)]))
    .orderBy('code')
    .execute();

/** Changes whenever a version is published anywhere: processes compare it with what they have in memory. */
export async function findTerritoryStamp(db: Db): Promise<string> {
  const { last, count } = await cityWide(db)
    .selectFrom('grids.division_version')
    .select(eb => [eb.fn.max('published_at').as('last'), eb.fn.countAll<number>().as('count')])
    .where('state', '=', 'published')
    .executeTakeFirstOrThrow();
  return `${String(last)}/${count}`;
}

export const listUnits = (db: Db): Promise<UnitRow[]> =>
  cityWide(db).selectFrom('grids.unit').selectAll().orderBy('code').execute();

export const listStreets = (db: Db): Promise<StreetRow[]> =>
  cityWide(db).selectFrom('grids.street_line').selectAll().orderBy('rank').orderBy('id').execute();

export const listDivisions = (db: Db) => db.selectFrom('grids.division').selectAll().orderBy('code').execute();

/** Posts held today, with their holders' accounts and grids: few enough (hundreds a town) to be asked per page. */
export const listPostsOf = (db: Db, townId: string, accountId: string, today: string) =>
  db
    .selectFrom('grids.appointment as a')
    .innerJoin('grids.post as p', join => join.onRef('p.town_id', '=', 'a.town_id').onRef('p.id', '=', 'a.post_id'))
    .select(['p.id', 'p.code', 'p.name', 'p.grid_id'])
    .where('a.town_id', '=', townId)
    .where('a.account_id', '=', accountId)
    .where('a.since', '<=', today as never)
    .where(eb => eb.or([eb('a.until', 'is', null), eb('a.until', '>=', today as never)]))
    .orderBy('p.code')
    .execute();

export async function insertDivision(
  db: Db,
  row: {
    code: string;
    parentCode: string | null;
    level: 'city' | 'county' | 'town';
    name: string;
    boundary: unknown;
    source: string | null;
  },
): Promise<void> {
  await db
    .insertInto('grids.division')
    .values({
      code: row.code,
      parent_code: row.parentCode,
      level: row.level,
      name: row.name,
      boundary: row.boundary === null ? null : json(row.boundary),
      source: row.source,
    })
    .onConflict(conflict => conflict.column('code').doNothing())
    .execute();
}

/** Adds a division, or brings its name and borders up to date; where no borders are given the known ones stay. */
export async function saveDivision(db: Db, row: Parameters<typeof insertDivision>[1]): Promise<void> {
  await insertDivision(db, row);
  await db
    .updateTable('grids.division')
    .set({ name: row.name, source: row.source, ...(row.boundary === null ? {} : { boundary: json(row.boundary) }) })
    .where('code', '=', row.code)
    .execute();
}

/** The grid's identity, unless it is known, and one state of it. */
export async function insertGrids(db: Db, rows: readonly Insertable<GridStateTable>[]): Promise<void> {
  // A statement takes 65,535 parameters; a state has 27.
  for (let at = 0; at < rows.length; at += 1000) {
    const some = rows.slice(at, at + 1000);
    await db
      .insertInto('grids.grid')
      .values(some.map(({ town_id, id }) => ({ town_id, id })))
      .onConflict(conflict => conflict.columns(['town_id', 'id']).doNothing())
      .execute();
    await db.insertInto('grids.grid_state').values(some).execute();
  }
}

export async function insertUnit(db: Db, row: Insertable<UnitTable>): Promise<void> {
  await db.insertInto('grids.unit').values(row).execute();
}

export async function insertStreet(db: Db, row: Insertable<StreetLineTable>): Promise<void> {
  await db.insertInto('grids.street_line').values(row).execute();
}

export async function insertPost(db: Db, row: Insertable<PostTable>): Promise<void> {
  await db.insertInto('grids.post').values(row).execute();
}

export async function insertAppointment(db: Db, row: Insertable<AppointmentTable>): Promise<void> {
  await db.insertInto('grids.appointment').values(row).execute();
}

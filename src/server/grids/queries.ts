import { cityWide } from '../platform/database/query-walk.ts';
import { json } from '../platform/database/columns.ts';

import type { Tables } from '../platform/database/tables.ts';
import type { Insertable, Kysely, Selectable } from 'kysely';
import type { AppointmentTable, GridTable, PostTable, StreetLineTable, UnitTable } from './tables.ts';

type Db = Kysely<Tables>;

export type GridRow = Selectable<GridTable>;
export type UnitRow = Selectable<UnitTable>;
export type StreetRow = Selectable<StreetLineTable>;

/** All grids in force, of every town that this installation serves; read once into memory. */
export const listGrids = (db: Db): Promise<GridRow[]> =>
  cityWide(db).selectFrom('grids.grid').selectAll().where('valid_to', 'is', null).orderBy('code').execute();

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
    level: 'city' | 'county';
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

export async function insertGrid(db: Db, row: Insertable<GridTable>): Promise<void> {
  await db.insertInto('grids.grid').values(row).execute();
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

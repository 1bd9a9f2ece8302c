import { json, timestamptz } from '../platform/database/columns.ts';
import { newId } from '../platform/clock.ts';
import { BEIJING, dayOfDate, instantAt } from '../../domain/kernel/time.ts';

import type { Grid } from '../../domain/grids/division.ts';
import type { Instant, LocalDate } from '../../domain/kernel/time.ts';
import type { Tables } from '../platform/database/tables.ts';
import type { Insertable, Kysely, Selectable, Updateable } from 'kysely';
import type { GridRow } from './queries.ts';
import type { DivisionStepTable, DivisionVersionTable } from './tables.ts';

type Db = Kysely<Tables>;

export type VersionRow = Selectable<DivisionVersionTable>;
export type StepRow = Selectable<DivisionStepTable>;
export type StoredChange = Readonly<Record<string, Grid | null>>;

/** The version with which a town begins; nothing happens when it has one. */
export async function insertFirstVersion(db: Db, townId: string, validFrom: LocalDate): Promise<void> {
  const at = timestamptz(instantAt(dayOfDate(validFrom), 0, BEIJING));
  await db
    .insertInto('grids.division_version')
    .values({
      town_id: townId,
      id: newId(),
      number: 1,
      state: 'published',
      valid_from: validFrom,
      created_at: at,
      published_at: at,
      revision: 0,
      position: 0,
      base_number: null,
      note: null,
      author_id: null,
      author_name: null,
      published_by: null,
      lock_account_id: null,
      lock_name: null,
    })
    .onConflict(conflict => conflict.columns(['town_id', 'number']).doNothing())
    .execute();
}

export const listVersions = (db: Db, townId: string): Promise<VersionRow[]> =>
  db.selectFrom('grids.division_version').selectAll().where('town_id', '=', townId).orderBy('number', 'desc').execute();

export const findVersion = (db: Db, townId: string, number: number): Promise<VersionRow | undefined> =>
  db
    .selectFrom('grids.division_version')
    .selectAll()
    .where('town_id', '=', townId)
    .where('number', '=', number)
    .executeTakeFirst();

/** The version, with its row held until the transaction ends. */
export const lockVersion = (db: Db, townId: string, number: number): Promise<VersionRow | undefined> =>
  db
    .selectFrom('grids.division_version')
    .selectAll()
    .where('town_id', '=', townId)
    .where('number', '=', number)
    .forUpdate()
    .executeTakeFirst();

export async function insertVersion(db: Db, row: Insertable<DivisionVersionTable>): Promise<void> {
  await db.insertInto('grids.division_version').values(row).execute();
}

export async function updateVersion(
  db: Db,
  { town_id: townId, id }: Pick<VersionRow, 'town_id' | 'id'>,
  set: Updateable<DivisionVersionTable>,
): Promise<void> {
  await db.updateTable('grids.division_version').set(set).where('town_id', '=', townId).where('id', '=', id).execute();
}

export const listSteps = (db: Db, townId: string, versionId: string): Promise<StepRow[]> =>
  db
    .selectFrom('grids.division_step')
    .selectAll()
    .where('town_id', '=', townId)
    .where('version_id', '=', versionId)
    .orderBy('seq')
    .execute();

/** Adds a step; those after it, undone before, are forgotten. */
export async function insertStep(
  db: Db,
  version: Pick<VersionRow, 'town_id' | 'id'>,
  step: { seq: number; operation: unknown; before: StoredChange; after: StoredChange; accountId: string; at: Instant },
): Promise<void> {
  await db
    .deleteFrom('grids.division_step')
    .where('town_id', '=', version.town_id)
    .where('version_id', '=', version.id)
    .where('seq', '>=', step.seq)
    .execute();
  await db
    .insertInto('grids.division_step')
    .values({
      town_id: version.town_id,
      version_id: version.id,
      seq: step.seq,
      operation: json<unknown>(step.operation),
      before: json(step.before),
      after: json(step.after),
      account_id: step.accountId,
      at: timestamptz(step.at),
    })
    .execute();
}

/** The last states of a town's grids: what the newest published version says, whether its day has come or not. */
export const listLastStates = (db: Db, townId: string): Promise<GridRow[]> =>
  db
    .selectFrom('grids.grid_state')
    .selectAll()
    .where('town_id', '=', townId)
    .where('valid_to', 'is', null)
    .orderBy('code')
    .execute();

/** A town's grids as a version said, whatever came later. */
export const listStatesOn = (db: Db, townId: string, day: LocalDate): Promise<GridRow[]> =>
  db
    .selectFrom('grids.grid_state')
    .selectAll()
    .where('town_id', '=', townId)
    .where('valid_from', '<=', day)
    .where(eb => eb.or([eb('valid_to', 'is', null), eb('valid_to', '>', day)]))
    .orderBy('code')
    .execute();

export const listStatesOf = (db: Db, townId: string, gridId: string): Promise<GridRow[]> =>
  db
    .selectFrom('grids.grid_state')
    .selectAll()
    .where('town_id', '=', townId)
    .where('id', '=', gridId)
    .orderBy('valid_from', 'desc')
    .execute();

/** All codes that were ever given in a town: none is given twice. */
export async function listCodesEver(db: Db, townId: string): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('grids.grid_state')
    .select('code')
    .distinct()
    .where('town_id', '=', townId)
    .execute();
  return new Set(rows.map(({ code }) => code));
}

/** The open states of these grids end before a day. */
export async function endStates(db: Db, townId: string, ids: readonly string[], day: LocalDate): Promise<void> {
  for (let at = 0; at < ids.length; at += 10_000)
    await db
      .updateTable('grids.grid_state')
      .set({ valid_to: day })
      .where('town_id', '=', townId)
      .where('id', 'in', ids.slice(at, at + 10_000))
      .where('valid_to', 'is', null)
      .execute();
}

/** Posts of a town with whoever held them on a day; a vacant post has a row without a name. */
export const listHolders = (db: Db, townId: string, day: LocalDate) =>
  db
    .selectFrom('grids.post as p')
    .leftJoin('grids.appointment as a', join =>
      join
        .onRef('a.town_id', '=', 'p.town_id')
        .onRef('a.post_id', '=', 'p.id')
        .on('a.since', '<=', day)
        .on(eb => eb.or([eb('a.until', 'is', null), eb('a.until', '>=', day)])),
    )
    .leftJoin('identity.account as account', 'account.id', 'a.account_id')
    .select(['p.id', 'p.grid_id as gridId', 'p.code', 'p.name', 'account.id as accountId', 'account.name as holder'])
    .where('p.town_id', '=', townId)
    .orderBy('p.code')
    .orderBy('p.id')
    .execute();

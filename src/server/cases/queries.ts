import { sql } from 'kysely';

import { timestamptz } from '../platform/database/columns.ts';
import { inScope } from './scope.ts';

import type { CaseState } from '../../domain/cases/states.ts';
import type { Instant, LocalDate } from '../../domain/kernel/time.ts';
import type { EventTable, Tables } from '../platform/database/tables.ts';
import type { TownScope } from './scope.ts';
import type { AttachmentTable, CaseFileTable, ClockTable, ReporterTable, StepTable } from './tables.ts';
import type { Insertable, Kysely, Selectable, Updateable } from 'kysely';

type Db = Kysely<Tables>;

export type CaseRecord = Selectable<CaseFileTable>;
export type StepRow = Selectable<StepTable>;
export type ClockRow = Selectable<ClockTable>;
export type AttachmentRow = Selectable<AttachmentTable>;

/** Takes the next serial of a town's day. The row stays locked until the transaction ends: numbers have no gaps. */
export async function takeSerial(db: Db, townId: string, day: LocalDate): Promise<number> {
  const { last } = await db
    .insertInto('cases.number_counter')
    .values({ town_id: townId, day, last: 1 })
    .onConflict(conflict =>
      conflict.columns(['town_id', 'day']).doUpdateSet({ last: sql<number>`number_counter.last + 1` }),
    )
    .returning('last')
    .executeTakeFirstOrThrow();
  return last;
}

export async function insertCase(db: Db, row: Insertable<CaseFileTable>): Promise<void> {
  await db.insertInto('cases.case_file').values(row).execute();
}

export async function insertStep(db: Db, row: Insertable<StepTable>): Promise<void> {
  await db.insertInto('cases.step').values(row).execute();
}

export async function insertClocks(db: Db, rows: readonly Insertable<ClockTable>[]): Promise<void> {
  if (rows.length > 0)
    await db
      .insertInto('cases.clock')
      .values([...rows])
      .execute();
}

export async function insertAttachments(db: Db, rows: readonly Insertable<AttachmentTable>[]): Promise<void> {
  if (rows.length > 0)
    await db
      .insertInto('cases.attachment')
      .values([...rows])
      .execute();
}

export async function insertReporter(db: Db, row: Insertable<ReporterTable>): Promise<void> {
  await db.insertInto('cases.reporter').values(row).execute();
}

/** The case, locked until the transaction ends, if it lies in one of the scopes. */
export async function lockCase(db: Db, scopes: readonly TownScope[], id: string): Promise<CaseRecord | undefined> {
  for (const scope of scopes) {
    const found = await db
      .selectFrom('cases.case_file as c')
      .selectAll()
      .where('c.town_id', '=', scope.townId)
      .where('c.id', '=', id)
      .where(inScope(scope))
      .forUpdate()
      .executeTakeFirst();
    if (found !== undefined) return found;
  }
  return undefined;
}

/** For callers that proved their right otherwise (a receipt). */
export const lockCaseById = (db: Db, townId: string, id: string): Promise<CaseRecord | undefined> =>
  db
    .selectFrom('cases.case_file as c')
    .selectAll()
    .where('c.town_id', '=', townId)
    .where('c.id', '=', id)
    .forUpdate()
    .executeTakeFirst();

export const findCaseById = (db: Db, townId: string, id: string): Promise<CaseRecord | undefined> =>
  db
    .selectFrom('cases.case_file as c')
    .selectAll()
    .where('c.town_id', '=', townId)
    .where('c.id', '=', id)
    .executeTakeFirst();

export const findCasesByIds = (db: Db, townId: string, ids: readonly string[]): Promise<CaseRecord[]> =>
  db
    .selectFrom('cases.case_file as c')
    .selectAll()
    .where('c.town_id', '=', townId)
    .where('c.id', 'in', [...ids])
    .execute();

export async function findCase(db: Db, scopes: readonly TownScope[], id: string): Promise<CaseRecord | undefined> {
  for (const scope of scopes) {
    const found = await db
      .selectFrom('cases.case_file as c')
      .selectAll()
      .where('c.town_id', '=', scope.townId)
      .where('c.id', '=', id)
      .where(inScope(scope))
      .executeTakeFirst();
    if (found !== undefined) return found;
  }
  return undefined;
}

export async function updateCase(db: Db, townId: string, id: string, patch: Updateable<CaseFileTable>): Promise<void> {
  await db.updateTable('cases.case_file').set(patch).where('town_id', '=', townId).where('id', '=', id).execute();
}

export async function stopClocks(
  db: Db,
  townId: string,
  caseId: string,
  stages: readonly ClockTable['stage'][],
  at: Instant,
): Promise<void> {
  if (stages.length === 0) return;
  await db
    .updateTable('cases.clock')
    .set({ stopped_at: timestamptz(at) })
    .where('town_id', '=', townId)
    .where('case_id', '=', caseId)
    .where('stage', 'in', [...stages])
    .where('stopped_at', 'is', null)
    .execute();
}

export const listClocks = (db: Db, townId: string, caseIds: readonly string[]): Promise<ClockRow[]> =>
  db
    .selectFrom('cases.clock')
    .selectAll()
    .where('town_id', '=', townId)
    .where('case_id', 'in', [...caseIds])
    .orderBy('start_at')
    .orderBy('due_at')
    .orderBy('stage')
    .execute();

/** Clocks that still run, of many cases. */
export const listRunningClocks = (db: Db, townId: string, caseIds: readonly string[]): Promise<ClockRow[]> =>
  db
    .selectFrom('cases.clock')
    .selectAll()
    .where('town_id', '=', townId)
    .where('case_id', 'in', [...caseIds])
    .where('stopped_at', 'is', null)
    .execute();

export const listSteps = (db: Db, townId: string, caseId: string): Promise<StepRow[]> =>
  db
    .selectFrom('cases.step')
    .selectAll()
    .where('town_id', '=', townId)
    .where('case_id', '=', caseId)
    .orderBy('seq')
    .execute();

export const listAttachments = (db: Db, townId: string, caseId: string): Promise<AttachmentRow[]> =>
  db
    .selectFrom('cases.attachment')
    .selectAll()
    .where('town_id', '=', townId)
    .where('case_id', '=', caseId)
    .orderBy('seq')
    .orderBy('id')
    .execute();

/** The first photo of each case, for the thumbnails of a list. */
export const listFirstPhotos = (db: Db, townId: string, caseIds: readonly string[]) =>
  db
    .selectFrom('cases.attachment')
    .distinctOn('case_id')
    .select(['case_id', 'sha256'])
    .where('town_id', '=', townId)
    .where('case_id', 'in', [...caseIds])
    .orderBy('case_id')
    .orderBy('seq')
    .orderBy('id')
    .execute();

export const findReporter = (db: Db, townId: string, caseId: string) =>
  db
    .selectFrom('cases.reporter')
    .selectAll()
    .where('town_id', '=', townId)
    .where('case_id', '=', caseId)
    .orderBy('id')
    .executeTakeFirst();

export interface ListFilter {
  readonly states: readonly CaseState[];
  readonly mine: 'unit' | 'check' | undefined;
  readonly search: string | undefined;
  readonly sort: 'due' | 'newest' | 'urgency';
  readonly limit: number;
  readonly after: readonly (string | number)[] | undefined;
}

const sortKeys = {
  due: sql`(coalesce(c.clock_due_at, 'infinity'::timestamptz), c.id)`,
  newest: sql`(c.reported_at, c.id)`,
  urgency: sql`(c.urgency, coalesce(c.clock_due_at, 'infinity'::timestamptz), c.id)`,
} as const;

const dueParameter = (ms: string | number | undefined) =>
  ms === 'never' ? sql`'infinity'::timestamptz` : sql`to_timestamp(${ms}::double precision / 1000)`;

/** The cursor that follows a row: what the list was sorted by, as plain values. */
export function cursorAfter(row: CaseRecord, sort: ListFilter['sort']): readonly (string | number)[] {
  const due = row.clock_due_at ?? 'never';
  if (sort === 'newest') return [row.reported_at, row.id];
  return sort === 'due' ? [due, row.id] : [row.urgency, due, row.id];
}

function beyond(sort: ListFilter['sort'], after: readonly (string | number)[]) {
  if (sort === 'newest') return sql<boolean>`${sortKeys.newest} < (${dueParameter(after[0])}, ${after[1]}::uuid)`;
  if (sort === 'due') return sql<boolean>`${sortKeys.due} > (${dueParameter(after[0])}, ${after[1]}::uuid)`;
  return sql<boolean>`${sortKeys.urgency} > (${after[0]}::text, ${dueParameter(after[1])}, ${after[2]}::uuid)`;
}

const escapeLike = (text: string): string => text.replaceAll(/[\\%_]/g, character => `\\${character}`);

/** One town's rows of a queue, in its order. */
export function listCases(db: Db, scope: TownScope, filter: ListFilter): Promise<CaseRecord[]> {
  let query = db
    .selectFrom('cases.case_file as c')
    .selectAll()
    .where('c.town_id', '=', scope.townId)
    .where(inScope(scope))
    .where('c.state', 'in', [...filter.states]);
  if (filter.mine === 'unit') query = query.where(sql<boolean>`c.lead_unit_id = any(${[...scope.unitIds]}::uuid[])`);
  if (filter.mine === 'check') query = query.where('c.checker_id', '=', scope.accountId);
  if (filter.search !== undefined) {
    const digits = filter.search.replaceAll(/[\s-]/g, '');
    const words = `%${escapeLike(filter.search)}%`;
    query = /^\d{6,22}$/.test(digits)
      ? query.where('c.number', 'like', `%${digits}%`)
      : query.where(eb => eb.or([eb('c.words', 'like', words), eb('c.address', 'like', words)]));
  }
  if (filter.after !== undefined) query = query.where(beyond(filter.sort, filter.after));
  const ordered =
    filter.sort === 'newest'
      ? query.orderBy('c.reported_at', 'desc').orderBy('c.id', 'desc')
      : filter.sort === 'due'
        ? query.orderBy(sql`coalesce(c.clock_due_at, 'infinity'::timestamptz)`).orderBy('c.id')
        : query
            .orderBy('c.urgency')
            .orderBy(sql`coalesce(c.clock_due_at, 'infinity'::timestamptz)`)
            .orderBy('c.id');
  return ordered.limit(filter.limit).execute();
}

export async function countByState(db: Db, scope: TownScope, mine: ListFilter['mine'], now: Instant) {
  let query = db
    .selectFrom('cases.case_file as c')
    .select(eb => [
      'c.state',
      eb.fn.countAll<number>().as('count'),
      eb.fn.countAll<number>().filterWhere('c.clock_due_at', '<', timestamptz(now)).as('overdue'),
    ])
    .where('c.town_id', '=', scope.townId)
    .where(inScope(scope));
  if (mine === 'unit') query = query.where(sql<boolean>`c.lead_unit_id = any(${[...scope.unitIds]}::uuid[])`);
  if (mine === 'check') query = query.where('c.checker_id', '=', scope.accountId);
  return query.groupBy('c.state').execute();
}

/** Open checks of each of these accounts in a town. */
export const countOpenChecks = (db: Db, townId: string, accountIds: readonly string[]) =>
  db
    .selectFrom('cases.case_file as c')
    .select(eb => ['c.checker_id', eb.fn.countAll<number>().as('count')])
    .where('c.town_id', '=', townId)
    .where('c.state', '=', 'checking')
    .where('c.checker_id', 'in', [...accountIds])
    .groupBy('c.checker_id')
    .execute();

export type ToldEvent = Pick<Selectable<EventTable>, 'id' | 'type' | 'subject' | 'payload'>;

/** What was told of the cases of a town, in the order of telling, after an event's id. */
export const listEvents = (db: Db, townId: string, after: string, limit: number): Promise<ToldEvent[]> =>
  db
    .selectFrom('platform.event')
    .select(['id', 'type', 'subject', 'payload'])
    .where('town_id', '=', townId)
    .where('id', '>', after)
    .where('type', 'like', 'cases.%')
    .orderBy('id')
    .limit(limit)
    .execute();

import * as z from 'zod/mini';

import { findBrokenLink } from '../../domain/cases/record.ts';
import { ProblemError } from '../platform/problem.ts';
import { photoLinks } from '../platform/photos.ts';
import { sha256 } from '../platform/secrets.ts';
import { findAccount } from '../identity/index.ts';
import * as queries from './queries.ts';
import { storedFile, storedStep } from './record.ts';
import { scopesOf } from './scope.ts';
import { detailView, rowView } from './views.ts';

import type { CaseDetail, CaseRow } from '../../contracts/cases.ts';
import type { BrokenLink } from '../../domain/cases/record.ts';
import type { Actor, Permission } from '../../domain/identity/permissions.ts';
import type { Instant } from '../../domain/kernel/time.ts';
import type { Tables } from '../platform/database/tables.ts';
import type { CasesParts } from './parts.ts';
import type { CaseRecord, ListFilter } from './queries.ts';
import type { ViewParts } from './views.ts';
import type { Kysely } from 'kysely';

type Db = Kysely<Tables>;

export const viewParts = (parts: CasesParts, now: Instant): ViewParts => ({
  territory: parts.territory,
  catalogue: parts.catalogue,
  secrets: parts.secrets,
  links: photoLinks(value => parts.secrets.sign('photo', value), now),
});

/** The case if the actor may do this to cases there; otherwise it does not exist for him. Throws `platform.not_found`. */
export async function mustFind(db: Db, actor: Actor, permission: Permission, id: string): Promise<CaseRecord> {
  const row = await queries.findCase(db, scopesOf(actor, permission), id);
  if (row === undefined) throw new ProblemError('platform.not_found');
  return row;
}

/** Rows of one town as the queue shows them: ids → clocks and photos in bulk → views. */
export async function rowViews(
  db: Db,
  townId: string,
  rows: readonly CaseRecord[],
  parts: ViewParts,
): Promise<CaseRow[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(row => row.id);
  const clocks = Map.groupBy(await queries.listRunningClocks(db, townId, ids), clock => clock.case_id);
  const photos = new Map((await queries.listFirstPhotos(db, townId, ids)).map(photo => [photo.case_id, photo.sha256]));
  return rows.map(row => rowView(row, clocks.get(row.id) ?? [], photos.get(row.id) ?? null, parts));
}

export interface Page {
  readonly cases: CaseRow[];
  readonly next: string | null;
}

/** A page of the actor's queue over all his towns. */
export async function listPage(db: Db, actor: Actor, filter: ListFilter, parts: ViewParts): Promise<Page> {
  const found: { row: CaseRecord; view: CaseRow }[] = [];
  for (const scope of scopesOf(actor, 'cases.read')) {
    const rows = await queries.listCases(db, scope, filter);
    const views = await rowViews(db, scope.townId, rows, parts);
    rows.forEach((row, index) => {
      const view = views[index];
      if (view !== undefined) found.push({ row, view });
    });
  }
  const ordered = found.toSorted((a, b) => compare(a.row, b.row, filter.sort)).slice(0, filter.limit);
  const last = ordered.at(-1);
  const full = ordered.length === filter.limit && last !== undefined;
  return {
    cases: ordered.map(({ view }) => view),
    next: full ? Buffer.from(JSON.stringify(queries.cursorAfter(last.row, filter.sort))).toString('base64url') : null,
  };
}

function compare(a: CaseRecord, b: CaseRecord, sort: ListFilter['sort']): number {
  const byId = a.id < b.id ? -1 : 1;
  if (sort === 'newest') return b.reported_at - a.reported_at || -byId;
  const byDue = (a.clock_due_at ?? Infinity) - (b.clock_due_at ?? Infinity);
  const due = Number.isNaN(byDue) ? 0 : byDue;
  return sort === 'due' ? due || byId : a.urgency.localeCompare(b.urgency) || due || byId;
}

const time = z.union([z.number().check(z.int(), z.gte(0), z.lte(8.64e15)), z.literal('never')]);
const cursors = {
  newest: z.tuple([time, z.uuid()]),
  due: z.tuple([time, z.uuid()]),
  urgency: z.tuple([z.enum(['A', 'B', 'C']), time, z.uuid()]),
} as const;

/** Reads a cursor that `listPage` made for this order; anything else throws `platform.invalid_input`. */
export function readCursor(
  after: string | undefined,
  sort: ListFilter['sort'],
): readonly (string | number)[] | undefined {
  if (after === undefined) return undefined;
  const parsed = cursors[sort].safeParse(jsonOf(Buffer.from(after, 'base64url').toString('utf8')));
  if (parsed.success) return parsed.data;
  throw new ProblemError('platform.invalid_input', { where: 'query.after' }, [{ path: 'query.after', message: '' }]);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export async function readDetail(db: Db, row: CaseRecord, parts: ViewParts): Promise<CaseDetail> {
  const { town_id: townId, id } = row;
  const clocks = await queries.listClocks(db, townId, [id]);
  const steps = await queries.listSteps(db, townId, id);
  const photos = await queries.listAttachments(db, townId, id);
  const reporter = await queries.findReporter(db, townId, id);
  const checker = row.checker_id === null ? undefined : await findAccount(db, row.checker_id);
  return detailView({ row, clocks, steps, photos, reporter, checkerName: checker?.name ?? null }, parts);
}

/** The reporter's contact in the clear; the caller has recorded why. */
export async function readContact(db: Db, row: CaseRecord, parts: CasesParts) {
  const reporter = await queries.findReporter(db, row.town_id, row.id);
  const open = (sealed: string | null | undefined) => (sealed == null ? null : parts.secrets.open(sealed));
  return { name: open(reporter?.name_sealed), phone: open(reporter?.phone_sealed) };
}

/** Re-computes the chain of a case's record. */
export async function verifyCase(db: Db, row: CaseRecord): Promise<{ steps: number; broken: BrokenLink | null }> {
  const steps = await queries.listSteps(db, row.town_id, row.id);
  const photos = await queries.listAttachments(db, row.town_id, row.id);
  return { steps: steps.length, broken: findBrokenLink(steps.map(storedStep), storedFile(row, photos), sha256) };
}

import { findProblems, type DivisionProblem } from '../../domain/grids/checks.ts';
import { leavesOf } from '../../domain/grids/division.ts';
import { applyOperation, reverseOf, type Operation } from '../../domain/grids/operations.ts';
import { withChange, type Change } from '../../domain/grids/division.ts';
import { BEIJING, instant, MINUTE_MS, toLocal, toLocalDate, type LocalDate } from '../../domain/kernel/time.ts';
import { newId } from '../platform/clock.ts';
import { timestamptz } from '../platform/database/columns.ts';
import { tell } from '../platform/events.ts';
import { ProblemError } from '../platform/problem.ts';
import * as store from './division-queries.ts';
import { editedView, loadVersion, playable, storedChange, withOutlines, writeStates } from './division-store.ts';
import { gridView, versionView } from './division-views.ts';
import { faultWords, readImport, repairWords } from './imports.ts';
import { findingWords, refusalWords } from './division-words.ts';

import type { OperationInput } from '../../contracts/division-shapes.ts';
import type { Datum } from '../../domain/kernel/geometry.ts';
import type { Instant } from '../../domain/kernel/time.ts';
import type { Tables } from '../platform/database/tables.ts';
import type { Kysely } from 'kysely';
import type { LoadedVersion } from './division-store.ts';
import type { VersionRow } from './division-queries.ts';

type Db = Kysely<Tables>;

/** Who edits, and when. */
export interface Editor {
  readonly accountId: string;
  readonly name: string;
  readonly now: Instant;
}

/** A lock runs out when its holder does nothing for so long; every step extends it. */
const LOCK_MINUTES = 15;

const todayOf = ({ now }: Pick<Editor, 'now'>): LocalDate => toLocalDate(now, BEIJING);

export async function viewVersion(db: Db, row: VersionRow, by: { accountId: string | null; now: Instant }) {
  const versions = await store.listVersions(db, row.town_id);
  const steps = row.state === 'draft' ? (await store.listSteps(db, row.town_id, row.id)).length : 0;
  return versionView(row, { ...by, inForce: inForceOn(versions, todayOf(by)) }, steps);
}

/** Number of the version that holds on a day; null before the first. */
export function inForceOn(versions: readonly VersionRow[], day: LocalDate): number | null {
  const held = versions.filter(({ state, valid_from: from }) => state === 'published' && from !== null && from <= day);
  return held.reduce<number | null>((last, { number }) => (last === null || number > last ? number : last), null);
}

/** Begins a draft upon the last published version. Throws `grids.draft_exists`, `grids.unknown_grid`. */
export async function openDraft(db: Db, townId: string, note: string | null, editor: Editor) {
  const versions = await store.listVersions(db, townId);
  const open = versions.find(({ state }) => state === 'draft');
  if (open !== undefined)
    throw new ProblemError('grids.draft_exists', { number: open.number, author: open.author_name ?? '' });
  const base = versions.find(({ state }) => state === 'published');
  const [last] = versions;
  if (base === undefined || last === undefined) throw new ProblemError('grids.unknown_grid');
  const number = last.number + 1;
  await store.insertVersion(db, {
    town_id: townId,
    id: newId(),
    number,
    state: 'draft',
    base_number: base.number,
    valid_from: null,
    note,
    author_id: editor.accountId,
    author_name: editor.name,
    created_at: timestamptz(editor.now),
    published_at: null,
    published_by: null,
    revision: 0,
    position: 0,
    ...lockOf(editor),
  });
  return viewVersion(db, await mustFind(db, townId, number), editor);
}

const lockOf = ({ accountId, name, now }: Editor) => ({
  lock_account_id: accountId,
  lock_name: name,
  lock_until: timestamptz(instant(now + LOCK_MINUTES * MINUTE_MS)),
});

export async function mustFind(db: Db, townId: string, number: number): Promise<VersionRow> {
  const row = await store.findVersion(db, townId, number);
  if (row === undefined) throw new ProblemError('grids.no_such_version');
  return row;
}

/** The draft with its row held, for an editor whom nobody else keeps out. Throws when it is no draft or locked. */
async function holdDraft(db: Db, townId: string, number: number, editor: Editor): Promise<VersionRow> {
  const row = await store.lockVersion(db, townId, number);
  if (row === undefined) throw new ProblemError('grids.no_such_version');
  if (row.state !== 'draft') throw new ProblemError('grids.not_a_draft');
  const { lock_account_id: holder, lock_until: until } = row;
  if (holder !== null && holder !== editor.accountId && until !== null && until > editor.now)
    throw new ProblemError('grids.locked', {
      name: row.lock_name ?? '',
      until: toLocal(until, BEIJING).slice(11),
      untilMs: until,
    });
  return row;
}

async function holdRevision(db: Db, townId: string, number: number, revision: number, editor: Editor) {
  const row = await holdDraft(db, townId, number, editor);
  if (row.revision !== revision) throw new ProblemError('grids.draft_moved', { revision: row.revision });
  return row;
}

export async function takeLock(db: Db, townId: string, number: number, editor: Editor) {
  const row = await holdDraft(db, townId, number, editor);
  await store.updateVersion(db, row, lockOf(editor));
  return viewVersion(db, await mustFind(db, townId, number), editor);
}

export async function releaseLock(db: Db, townId: string, number: number, editor: Editor) {
  const row = await holdDraft(db, townId, number, editor);
  await store.updateVersion(db, row, { lock_account_id: null, lock_name: null, lock_until: null });
  return viewVersion(db, await mustFind(db, townId, number), editor);
}

/** Does one step. Throws `grids.edit_refused` with the reason in words, and leaves the draft as it was. */
export async function editDraft(
  db: Db,
  townId: string,
  number: number,
  { revision, operation }: { revision: number; operation: OperationInput },
  editor: Editor,
) {
  const row = await holdRevision(db, townId, number, revision, editor);
  const loaded = await loadVersion(db, row);
  const used = await store.listCodesEver(db, townId);
  const edit = applyOperation(loaded.division, operation satisfies Operation, used);
  if (!edit.ok) {
    const { zh, en } = refusalWords(edit.refused, edit.details);
    throw new ProblemError('grids.edit_refused', { reason: zh, reasonEn: en, code: edit.refused });
  }
  const seq = row.position + 1;
  await store.insertStep(db, row, {
    seq,
    operation,
    before: storedChange(reverseOf(loaded.division, edit.change)),
    after: storedChange(edit.change),
    accountId: editor.accountId,
    at: editor.now,
  });
  return finishStep(db, loaded, edit.change, seq, editor);
}

/** Reads a file against a version; stores nothing. Throws `grids.file_refused`. */
export async function previewFile(db: Db, row: VersionRow, file: Uint8Array, how: ImportManner) {
  const { base, division } = await loadVersion(db, row);
  const { plan, suggestedDatum } = readImport(withOutlines(base, division), file, how.datum, how.repair);
  return {
    rows: plan.rows.map(({ faults, repairs, ...facts }) => ({
      ...facts,
      errors: faults.map(({ field, fault }) => ({ field, fault, message: faultWords[fault] })),
      repairs: repairs.map(repair => ({ repair, message: repairWords[repair] })),
    })),
    outsideShare: plan.outsideShare,
    suggestedDatum,
    grids: [...plan.change.values()].flatMap(grid => (grid === null ? [] : [gridView(grid)])),
  };
}

/** How a file is to be read. */
export interface ImportManner {
  readonly datum: Datum;
  readonly repair: boolean;
}

/** Imports a file into a draft as one step, which can be undone. Throws `grids.import_has_errors` unless they may be left out. */
export async function importFile(
  db: Db,
  townId: string,
  number: number,
  { revision, file, skipErrors, ...how }: ImportManner & { revision: number; file: Uint8Array; skipErrors: boolean },
  editor: Editor,
) {
  const row = await holdRevision(db, townId, number, revision, editor);
  const loaded = await loadVersion(db, row);
  const { plan } = readImport(withOutlines(loaded.base, loaded.division), file, how.datum, how.repair);
  const wrong = plan.rows.filter(({ action }) => action === 'refuse').length;
  if (wrong > 0 && !skipErrors) throw new ProblemError('grids.import_has_errors', { count: wrong });
  const seq = row.position + 1;
  await store.insertStep(db, row, {
    seq,
    operation: { kind: 'import', ...how, rows: plan.rows.length - wrong },
    before: storedChange(reverseOf(loaded.division, plan.change)),
    after: storedChange(plan.change),
    accountId: editor.accountId,
    at: editor.now,
  });
  return finishStep(db, loaded, plan.change, seq, editor);
}

/** Takes the last step back, or does the next one again. Throws `grids.edit_refused` when there is none. */
export async function stepDraft(
  db: Db,
  townId: string,
  number: number,
  { revision, back }: { revision: number; back: boolean },
  editor: Editor,
) {
  const row = await holdRevision(db, townId, number, revision, editor);
  const loaded = await loadVersion(db, row);
  const steps = await store.listSteps(db, townId, row.id);
  const step = steps.find(({ seq }) => seq === (back ? row.position : row.position + 1));
  if (step === undefined) {
    const { zh, en } = refusalWords('grids.nothing_changes');
    throw new ProblemError('grids.edit_refused', { reason: zh, reasonEn: en, code: 'grids.nothing_changes' });
  }
  const change = playable(back ? step.before : step.after);
  return finishStep(db, loaded, change, back ? row.position - 1 : row.position + 1, editor);
}

async function finishStep(
  db: Db,
  { version, division }: LoadedVersion,
  change: Change,
  position: number,
  editor: Editor,
) {
  await store.updateVersion(db, version, { revision: version.revision + 1, position, ...lockOf(editor) });
  const row = await mustFind(db, version.town_id, version.number);
  return {
    version: await viewVersion(db, row, editor),
    ...editedView(division, withChange(division, change), change),
  };
}

/** A grid without anybody is shown and does not stop publishing: a grid that is new has no posts before it is there. */
const isWarning = ({ kind }: DivisionProblem): boolean => kind === 'no_responsible';

export async function problemsOf(db: Db, row: VersionRow, now: Instant) {
  const { base, division } = await loadVersion(db, row);
  const holders = await store.listHolders(db, row.town_id, row.valid_from ?? todayOf({ now }));
  const responsible = new Set(holders.filter(({ holder }) => holder !== null).map(({ gridId }) => gridId));
  const final = withOutlines(base, division);
  const problems = findProblems(final, responsible).map(problem => ({
    kind: problem.kind,
    message: findingWords(
      problem.kind,
      problem.gridIds.map(id => division.get(id)?.name ?? ''),
    ),
    gridIds: [...problem.gridIds],
    at: [problem.at[0], problem.at[1]] as [number, number],
    squareMetres: problem.squareMetres ?? null,
    severity: isWarning(problem) ? ('warning' as const) : ('error' as const),
  }));
  return { problems, leaves: leavesOf(division) };
}

/**
 * Publishes a draft in the caller's transaction: it holds from a day on, today or later and after the version before it.
 * Throws `grids.has_problems`, `grids.day_passed`, `grids.day_taken`.
 */
export async function publishDraft(
  db: Db,
  townId: string,
  number: number,
  { revision, validFrom }: { revision: number; validFrom: LocalDate },
  editor: Editor,
) {
  const row = await holdRevision(db, townId, number, revision, editor);
  if (validFrom < todayOf(editor)) throw new ProblemError('grids.day_passed', { today: todayOf(editor) });
  const base = row.base_number === null ? undefined : await mustFind(db, townId, row.base_number);
  if (base?.valid_from != null && validFrom <= base.valid_from)
    throw new ProblemError('grids.day_taken', { number: base.number, day: base.valid_from });
  const found = (await problemsOf(db, row, editor.now)).problems.filter(({ severity }) => severity === 'error');
  const [first] = found;
  if (first !== undefined)
    throw new ProblemError('grids.has_problems', {
      count: found.length,
      first: first.message.zh,
      firstEn: first.message.en,
    });
  await store.updateVersion(db, row, {
    state: 'published',
    valid_from: validFrom,
    published_at: timestamptz(editor.now),
    published_by: editor.name,
    revision: row.revision + 1,
    lock_account_id: null,
    lock_name: null,
    lock_until: null,
  });
  const written = await writeStates(db, await loadVersion(db, row), validFrom);
  await tell(db, {
    townId,
    type: 'grids.division_published',
    subject: row.id,
    payload: { number, validFrom, ...written },
    at: editor.now,
  });
  return viewVersion(db, await mustFind(db, townId, number), editor);
}

export async function discardDraft(db: Db, townId: string, number: number, revision: number, editor: Editor) {
  const row = await holdRevision(db, townId, number, revision, editor);
  await store.updateVersion(db, row, {
    state: 'discarded',
    lock_account_id: null,
    lock_name: null,
    lock_until: null,
    revision: row.revision + 1,
  });
  return viewVersion(db, await mustFind(db, townId, number), editor);
}

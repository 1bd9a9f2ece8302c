import { eventOf } from '../../domain/cases/events.ts';
import { states } from '../../domain/cases/states.ts';
import { can, decide, transitions } from '../../domain/cases/transitions.ts';
import { grantsFor, permissions, roles } from '../../domain/identity/permissions.ts';
import { toLocal, toLocalDate } from '../../domain/kernel/time.ts';
import { postNameOf } from '../grids/index.ts';
import { newId } from '../platform/clock.ts';
import { timestamptz } from '../platform/database/columns.ts';
import { tell } from '../platform/events.ts';
import { ProblemError } from '../platform/problem.ts';
import { claimUploads } from '../platform/uploads.ts';
import * as queries from './queries.ts';
import { shippedScheme } from './catalogue.ts';
import { nextStep } from './record.ts';
import { resolveChecker } from './checkers.ts';

import type { Locale } from '../../contracts/problems.ts';
import type { ActionInput, ActionName, CaseFacts, Refused } from '../../domain/cases/transitions.ts';
import type { Actor } from '../../domain/identity/permissions.ts';
import type { Instant } from '../../domain/kernel/time.ts';
import type { Tables } from '../platform/database/tables.ts';
import type { CasesParts } from './parts.ts';
import type { CaseRecord } from './queries.ts';
import type { CaseFileTable } from './tables.ts';
import type { Kysely, Updateable } from 'kysely';

export interface ActionRequest {
  readonly action: ActionName;
  /** The version that the actor saw; null for callers that hold no older view (a receipt). */
  readonly version: number | null;
  readonly note: string | null;
  readonly attachments: readonly string[];
  readonly categoryCode?: string | undefined;
  readonly conditionNo?: number | undefined;
  readonly unitId?: string | undefined;
  readonly checkerId?: string | undefined;
  readonly rating?: number | undefined;
}

export interface ActContext {
  readonly db: Kysely<Tables>;
  readonly now: Instant;
  readonly actor: Actor;
  readonly locale: Locale;
}

export function factsOf(row: CaseRecord, parts: Pick<CasesParts, 'catalogue'>, locale: Locale): CaseFacts {
  const condition =
    row.category_code === null || row.condition_no === null
      ? null
      : parts.catalogue.condition(row.category_code, row.condition_no);
  return {
    state: row.state,
    urgency: row.urgency,
    gridPath: row.grid_path,
    leadUnitId: row.lead_unit_id,
    handlerIds: row.handler_ids,
    checkerId: row.checker_id,
    contestCount: row.contest_count,
    closedAt: row.closed_at,
    handleLimit: condition?.limit ?? null,
    photoReason: condition?.photoReason?.[locale] ?? null,
  };
}

/** A refusal of the domain as a problem, with the names of states, actions and permissions in the caller's language. */
function problemOf(row: CaseRecord, action: ActionName, locale: Locale, { refused, details }: Refused): ProblemError {
  const who = transitions[action].who;
  const permission = who === 'reporter' ? who : permissions[who][locale];
  const words = { permission, state: states[row.state][locale], action: transitions[action][locale] };
  return new ProblemError(refused, { ...details, ...words });
}

async function throwMoved(context: ActContext, parts: CasesParts, row: CaseRecord): Promise<never> {
  const steps = await queries.listSteps(context.db, row.town_id, row.id);
  const last = steps.findLast(step => step.from_state !== step.to_state);
  const action = last === undefined || last.action === 'report' ? '' : transitions[last.action][context.locale];
  throw new ProblemError('cases.version_moved', {
    by: last?.actor_name ?? (context.locale === 'zh' ? '反映人' : 'The reporter'),
    at: last === undefined ? '' : toLocal(last.at, parts.zone).slice(11),
    action,
    state: states[row.state][context.locale],
    version: row.version,
  });
}

const notes: readonly ActionName[] = ['remark', 'reveal'];

/**
 * Takes one action on a locked case: decide → store state, clocks and step → tell, in the caller's transaction. Returns the case
 * as stored. Throws the domain's refusals and `cases.version_moved` as problems.
 */
export async function act(
  context: ActContext,
  parts: CasesParts,
  row: CaseRecord,
  request: ActionRequest,
): Promise<CaseRecord> {
  const { db, now, actor, locale } = context;
  const { action } = request;
  const staysPut = notes.includes(action);
  if (!staysPut && request.version !== null && request.version !== row.version) await throwMoved(context, parts, row);

  // Before anything is looked up: whoever may not act learns nothing about units, checkers or conditions.
  const early = can(action, factsOf(row, parts, locale), actor, now);
  if (early !== null) throw problemOf(row, action, locale, early);
  const change = await prepare(context, parts, row, request);
  const facts = factsOf({ ...row, ...change.filing }, parts, locale);
  const decision = decide(facts, action, change.input, actor, now);
  if (decision.refused !== null) throw problemOf(row, action, locale, decision);

  const photos = await claimUploads(db, request.attachments);
  const actorId = actor.kind === 'account' ? actor.accountId : null;
  const actorName = actor.kind === 'account' ? actor.name : null;
  const unitId = change.unitId ?? (transitions[action].who === 'cases.handle' ? row.lead_unit_id : null);
  const step = nextStep(
    {
      townId: row.town_id,
      caseId: row.id,
      action,
      from: row.state,
      to: decision.next,
      actorId,
      actorName,
      post: await postOf(context, parts, row, action),
      unitId,
      at: now,
      note: change.note,
      attachmentDigests: photos.map(photo => photo.sha256),
    },
    { seq: row.head_seq, hash: row.head_hash },
  );
  await queries.stopClocks(db, row.town_id, row.id, decision.stops, now);
  const clocks = decision.starts.map(({ stage, limit }) => ({ stage, limit, dueAt: parts.due(limit, now) }));
  await queries.insertClocks(
    db,
    clocks.map(({ stage, limit, dueAt }) => ({
      town_id: row.town_id,
      case_id: row.id,
      id: newId(),
      stage,
      limit_n: limit.n,
      limit_unit: limit.unit,
      start_at: timestamptz(now),
      due_at: dueAt === null ? null : timestamptz(dueAt),
      stopped_at: null,
    })),
  );
  const patch: Updateable<CaseFileTable> = {
    ...change.filing,
    ...change.patch,
    state: decision.next,
    version: staysPut ? row.version : row.version + 1,
    updated_at: timestamptz(now),
    ...(staysPut ? {} : { last_actor_name: actorName }),
    head_seq: step.seq,
    head_hash: step.hash,
  };
  await queries.updateCase(db, row.town_id, row.id, { ...patch, ...(await runningClock(db, row)) });
  await queries.insertStep(db, step);
  await queries.insertAttachments(
    db,
    photos.map(photo => ({ ...photo, town_id: row.town_id, case_id: row.id, seq: step.seq })),
  );
  await tell(db, {
    townId: row.town_id,
    type: eventOf[action],
    subject: row.id,
    // Who may have lost sight of the case by this step: their screens take it away.
    payload: { formerUnitId: row.lead_unit_id, formerCheckerId: row.checker_id },
    at: now,
  });
  const stored = await queries.findCaseById(db, row.town_id, row.id);
  if (stored === undefined) throw new Error(`case ${row.id} vanished inside its transaction`);
  return stored;
}

async function runningClock(db: Kysely<Tables>, row: CaseRecord) {
  const running = await queries.listRunningClocks(db, row.town_id, [row.id]);
  const clock = mainClock(running);
  return {
    clock_stage: clock?.stage ?? null,
    clock_due_at: clock?.due_at == null ? null : timestamptz(clock.due_at),
  };
}

/** Of several running clocks (signing runs beside handling) the one that a queue shows: what is due first. */
export function mainClock<Clock extends { readonly due_at: Instant | null }>(
  running: readonly Clock[],
): Clock | undefined {
  return running.toSorted((a, b) => (a.due_at ?? Infinity) - (b.due_at ?? Infinity))[0];
}

interface Change {
  readonly input: ActionInput;
  readonly note: string | null;
  readonly unitId: string | null;
  /** Category and condition, which also decide limit and urgency. */
  readonly filing: Partial<Pick<CaseRecord, 'scheme' | 'category_code' | 'condition_no' | 'urgency'>>;
  readonly patch: Updateable<CaseFileTable>;
}

/** Looks up what the action names (condition, unit, checker) and what it changes beside the state. */
async function prepare(
  context: ActContext,
  parts: CasesParts,
  row: CaseRecord,
  request: ActionRequest,
): Promise<Change> {
  const plain: Change = {
    input: { photoCount: request.attachments.length },
    note: request.note,
    unitId: null,
    filing: {},
    patch: {},
  };
  const { actor, now } = context;
  const actorId = actor.kind === 'account' ? actor.accountId : '';
  switch (request.action) {
    case 'accept': {
      if (request.categoryCode === undefined) return plain;
      const category = parts.catalogue.mustHave(request.categoryCode);
      return { ...plain, filing: { scheme: shippedScheme, category_code: category.code, urgency: category.urgency } };
    }
    case 'file':
      return { ...plain, ...filingOf(parts, request) };
    case 'dispatch': {
      const unit = parts.territory.unit(row.town_id, request.unitId ?? '');
      if (unit === undefined) throw new ProblemError('grids.unknown_unit');
      return { ...plain, unitId: unit.id, patch: { lead_unit_id: unit.id, handler_ids: [], checker_id: null } };
    }
    case 'sign':
    case 'feed_back':
      return { ...plain, patch: { handler_ids: [...new Set([...row.handler_ids, actorId])] } };
    case 'return':
      return { ...plain, patch: { lead_unit_id: null, handler_ids: [] } };
    case 'send_check': {
      const checker = await resolveChecker(context.db, row, request.checkerId ?? '');
      return {
        ...plain,
        input: checker === null ? plain.input : { ...plain.input, checker },
        note: [checker === null ? '' : `核查人：${checker.name}`, request.note ?? '']
          .filter(part => part !== '')
          .join('。'),
        patch: { checker_id: request.checkerId ?? null },
      };
    }
    case 'check_fail':
      return { ...plain, patch: { rework_count: row.rework_count + 1, checker_id: null } };
    case 'close':
      return { ...plain, patch: { closed_at: timestamptz(now) } };
    case 'confirm':
      return { ...plain, patch: { rating: request.rating ?? null } };
    case 'contest':
      return { ...plain, patch: { contest_count: row.contest_count + 1, closed_at: null } };
    case 'refuse':
    case 'decline':
    case 'check_pass':
    case 'remark':
    case 'reveal':
      return plain;
  }
}

function filingOf(parts: CasesParts, request: ActionRequest): Pick<Change, 'filing' | 'note'> {
  const category = parts.catalogue.mustHave(request.categoryCode ?? '');
  const condition = parts.catalogue.condition(category.code, request.conditionNo ?? 0);
  // The record is written in the language of the authority that keeps it.
  const filed = `${category.name.zh}（${category.code}-${condition.no}）：${condition.text.zh}`;
  return {
    filing: {
      scheme: shippedScheme,
      category_code: category.code,
      condition_no: condition.no,
      urgency: condition.urgency,
    },
    note: request.note === null ? filed : `${filed}。${request.note}`,
  };
}

/** From which post somebody acts: the one he is appointed to, else the role that gives him the right. */
async function postOf(
  { db, actor, now }: ActContext,
  parts: CasesParts,
  row: CaseRecord,
  action: ActionName,
): Promise<string | null> {
  const { who } = transitions[action];
  if (actor.kind !== 'account' || who === 'reporter') return null;
  const appointed = await postNameOf(db, row.town_id, actor.accountId, toLocalDate(now, parts.zone));
  const [grant] = grantsFor(actor, who);
  return appointed ?? (grant === undefined ? null : roles[grant.role].zh);
}

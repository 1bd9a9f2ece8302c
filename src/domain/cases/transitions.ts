/**
 * The case's transitions: one typed table and one pure function. Server services call `decide` inside the transaction that
 * stores its result; screens call `can` to enable a button or to say why it is not. Nobody else changes a case's state.
 * Source of the rows: domain handbook §2.3 (the main line; numbers in the comments are its rows).
 */
import { grantsFor, unitsOf } from '../identity/permissions.ts';
import { contestDays, stageLimits } from './limits.ts';

import type { Instant } from '../kernel/time.ts';
import type { Actor, Grant, Permission } from '../identity/permissions.ts';
import type { Limit } from './limits.ts';
import type { CaseState, Stage, Urgency } from './states.ts';

export type Who = Permission | 'reporter';

interface Transition {
  readonly zh: string;
  readonly en: string;
  readonly from: readonly CaseState[];
  /** `null`: the state stays (a remark, a reveal). */
  readonly to: CaseState | null;
  readonly who: Who;
  /** A note is required: a reason, a result, words for the reporter. */
  readonly note: 'required' | 'optional';
  readonly stops: readonly Stage[];
  readonly starts: readonly Stage[];
}

const open = [
  'reported',
  'to_file',
  'to_dispatch',
  'to_sign',
  'handling',
  'fed_back',
  'checking',
  'to_close',
] as const satisfies readonly CaseState[];
const any = [...open, 'closed', 'evaluated', 'rejected'] as const satisfies readonly CaseState[];

// prettier-ignore
export const transitions = {
  /* 3 */ accept:        { zh: '受理',     en: 'Accept',          from: ['reported'],            to: 'to_file',     who: 'cases.accept',     note: 'optional', stops: ['accept'],         starts: ['file'] },
  /* 4 */ refuse:        { zh: '不予受理', en: 'Refuse',          from: ['reported'],            to: 'rejected',    who: 'cases.accept',     note: 'required', stops: ['accept'],         starts: [] },
  /* 8 */ file:          { zh: '立案',     en: 'File',            from: ['to_file'],             to: 'to_dispatch', who: 'cases.file',       note: 'optional', stops: ['file'],           starts: ['dispatch'] },
  /* 9 */ decline:       { zh: '不予立案', en: 'Decline to file', from: ['to_file'],             to: 'rejected',    who: 'cases.file',       note: 'required', stops: ['file'],           starts: [] },
  /* 10 */ dispatch:     { zh: '交办',     en: 'Dispatch',        from: ['to_dispatch'],         to: 'to_sign',     who: 'cases.dispatch',   note: 'optional', stops: ['dispatch'],       starts: ['sign', 'handle'] },
  /* 12 */ sign:         { zh: '签收',     en: 'Sign for',        from: ['to_sign'],             to: 'handling',    who: 'cases.handle',     note: 'optional', stops: ['sign'],           starts: [] },
  /* 13 */ return:       { zh: '退办',     en: 'Return',          from: ['to_sign', 'handling'], to: 'to_dispatch', who: 'cases.handle',     note: 'required', stops: ['sign', 'handle'], starts: ['dispatch'] },
  /* 19 */ feed_back:    { zh: '反馈',     en: 'Feed back',       from: ['handling'],            to: 'fed_back',    who: 'cases.handle',     note: 'required', stops: ['handle'],         starts: ['check'] },
  /* 20 */ send_check:   { zh: '派核查',   en: 'Send to check',   from: ['fed_back', 'checking'], to: 'checking',   who: 'cases.send_check', note: 'optional', stops: [],                 starts: [] },
  /* 22 */ check_pass:   { zh: '核查通过', en: 'Pass the check',  from: ['checking'],            to: 'to_close',    who: 'cases.check',      note: 'optional', stops: ['check'],          starts: ['close'] },
  /* 21 */ check_fail:   { zh: '核查返工', en: 'Fail the check',  from: ['checking'],            to: 'to_sign',     who: 'cases.check',      note: 'required', stops: ['check'],          starts: ['sign', 'handle'] },
  /* 23 */ close:        { zh: '结案',     en: 'Close',           from: ['to_close'],            to: 'closed',      who: 'cases.close',      note: 'optional', stops: ['close'],          starts: [] },
  /* 24 */ confirm:      { zh: '确认解决', en: 'Confirm',         from: ['closed'],              to: 'evaluated',   who: 'reporter',         note: 'optional', stops: [],                 starts: [] },
  /* 25 */ contest:      { zh: '提出异议', en: 'Contest',         from: ['closed'],              to: 'to_dispatch', who: 'reporter',         note: 'required', stops: [],                 starts: ['dispatch'] },
  remark:                { zh: '备注',     en: 'Remark',          from: any,                     to: null,          who: 'cases.remark',     note: 'required', stops: [],                 starts: [] },
  reveal:                { zh: '查看联系方式', en: 'Reveal contact', from: any,                  to: null,          who: 'cases.reveal_contact', note: 'required', stops: [],             starts: [] },
} as const satisfies Record<string, Transition>;

export type ActionName = keyof typeof transitions;
export const actionNames = Object.keys(transitions) as ActionName[];

/** What a decision needs to know of the case; the row's other columns do not matter to the rules. */
export interface CaseFacts {
  readonly state: CaseState;
  readonly urgency: Urgency;
  /** Ids from the town down to the grid of the case: a grant counts only where it covers this place. */
  readonly gridPath: readonly string[];
  readonly leadUnitId: string | null;
  /** Accounts that signed or fed back since the case was last dispatched. */
  readonly handlerIds: readonly string[];
  readonly checkerId: string | null;
  readonly contestCount: number;
  readonly closedAt: Instant | null;
  /** Limit of the chosen filing condition; null before filing. */
  readonly handleLimit: Limit | null;
  /** Why a photo after handling is required; null when it is not. */
  readonly photoReason: string | null;
}

/** What the actor puts in beside the action's name; facts that had to be looked up (a checker's units) come resolved. */
export interface ActionInput {
  readonly photoCount: number;
  readonly checker?: {
    readonly accountId: string;
    readonly unitIds: readonly string[];
    readonly mayCheckHere: boolean;
  };
}

export type Refusal =
  | 'identity.not_permitted'
  | 'cases.action_not_possible'
  | 'cases.not_your_unit'
  | 'cases.not_your_check'
  | 'cases.checker_is_handler'
  | 'cases.unsuitable_checker'
  | 'cases.contest_too_late'
  | 'cases.contested_before'
  | 'cases.photo_required';

export interface ClockStart {
  readonly stage: Stage;
  readonly limit: Limit;
}

export interface Refused {
  readonly refused: Refusal;
  readonly details?: Readonly<Record<string, string | number>>;
}

export type CaseDecision =
  | Refused
  | {
      readonly refused: null;
      readonly next: CaseState;
      readonly stops: readonly Stage[];
      readonly starts: readonly ClockStart[];
    };

const refuse = (refused: Refusal, details?: Readonly<Record<string, string | number>>): Refused =>
  details === undefined ? { refused } : { refused, details };

const dayMs = 86_400_000;

/** True when what is granted here holds for this case: the town, a grid above it, or the unit that has it. */
function covers(grant: Grant, facts: CaseFacts): boolean {
  if (grant.townId !== facts.gridPath[0]) return false;
  if (grant.unitId !== null) return grant.unitId === facts.leadUnitId;
  return grant.gridId === null || facts.gridPath.includes(grant.gridId);
}

/** The territory rule: town roles act in their town, unit roles for the unit that holds the case, checkers on their own task. */
function refusalByPlace(facts: CaseFacts, action: ActionName, actor: Actor): Refused | null {
  const { who } = transitions[action];
  if (who === 'reporter')
    return actor.kind === 'reporter' ? null : refuse('identity.not_permitted', { permission: who });
  const grants = grantsFor(actor, who);
  if (actor.kind !== 'account' || grants.length === 0) return refuse('identity.not_permitted', { permission: who });
  const isChecker = facts.checkerId === actor.accountId;
  if (who === 'cases.check') {
    if (isHandler(facts, actor.accountId, unitsOf(actor))) return refuse('cases.checker_is_handler');
    return isChecker ? null : refuse('cases.not_your_check');
  }
  // Whoever checks a case elsewhere may also write a remark there.
  if (grants.some(grant => covers(grant, facts)) || (isChecker && who === 'cases.remark')) return null;
  return who === 'cases.handle' ? refuse('cases.not_your_unit') : refuse('identity.not_permitted', { permission: who });
}

/** Whoever handled, or belongs to the unit that handled, never checks (§2.3 row 20). */
export function isHandler(facts: CaseFacts, accountId: string, unitIds: readonly string[]): boolean {
  return facts.handlerIds.includes(accountId) || (facts.leadUnitId !== null && unitIds.includes(facts.leadUnitId));
}

/**
 * May this actor do this to this case now? Answers the refusal that a screen shows beside the disabled button, or null.
 * Does not look at the input (photos, checker): `decide` does.
 */
export function can(action: ActionName, facts: CaseFacts, actor: Actor, now: Instant): Refused | null {
  const row: Transition = transitions[action];
  if (!row.from.includes(facts.state)) return refuse('cases.action_not_possible');
  const byPlace = refusalByPlace(facts, action, actor);
  if (byPlace !== null) return byPlace;
  if (action === 'contest') {
    if (facts.contestCount > 0) return refuse('cases.contested_before');
    if (facts.closedAt !== null && now - facts.closedAt > contestDays * dayMs)
      return refuse('cases.contest_too_late', { days: contestDays });
  }
  return null;
}

/** Decides one action: the next state and the clocks to stop and start, or why not. Pure; `now` comes from the shell. */
export function decide(
  facts: CaseFacts,
  action: ActionName,
  input: ActionInput,
  actor: Actor,
  now: Instant,
): CaseDecision {
  const refusal = can(action, facts, actor, now);
  if (refusal !== null) return refusal;
  if (action === 'feed_back' && facts.photoReason !== null && input.photoCount === 0)
    return refuse('cases.photo_required', { reason: facts.photoReason });
  if (action === 'send_check') {
    const { checker } = input;
    if (checker?.mayCheckHere !== true) return refuse('cases.unsuitable_checker');
    if (isHandler(facts, checker.accountId, checker.unitIds)) return refuse('cases.checker_is_handler');
  }
  const row: Transition = transitions[action];
  return {
    refused: null,
    next: row.to ?? facts.state,
    stops: row.stops,
    starts: row.starts.flatMap(stage => {
      const limit = stage === 'handle' ? facts.handleLimit : stageLimits[stage][facts.urgency];
      return limit === null ? [] : [{ stage, limit }];
    }),
  };
}

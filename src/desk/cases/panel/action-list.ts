/**
 * Which actions a case panel offers, in which order, and why one is not possible. The rules are the domain's; this only arranges
 * them for a screen.
 */
import { problemText } from '../../../contracts/problems.ts';
import { staffActions } from '../../../contracts/cases.ts';
import { states } from '../../../domain/cases/states.ts';
import { can, transitions } from '../../../domain/cases/transitions.ts';
import { permissions } from '../../../domain/identity/permissions.ts';
import { instant } from '../../../domain/kernel/time.ts';

import type { CaseDetail } from '../../../contracts/cases.ts';
import type { Locale } from '../../../contracts/problems.ts';
import type { CaseFacts, Refusal } from '../../../domain/cases/transitions.ts';
import type { CaseState } from '../../../domain/cases/states.ts';
import type { Actor, Permission } from '../../../domain/identity/permissions.ts';

export type StaffAction = (typeof staffActions)[number];

export interface Refused {
  readonly code: Refusal;
  readonly details: Readonly<Record<string, string | number>>;
}

export interface Offer {
  readonly action: StaffAction;
  /** Null: possible now. */
  readonly refused: Refused | null;
}

export interface Offers {
  /** Actions of the case's present state, the possible ones first. */
  readonly next: readonly Offer[];
  /** Actions of other states, for whoever wonders. */
  readonly others: readonly Offer[];
  readonly remark: Offer;
  readonly reveal: Offer;
}

/** Keys of the actions; the three ways to say no share one, because a state has at most one of them. */
export const actionKeys: Readonly<Record<StaffAction, string>> = {
  accept: 'a',
  refuse: 'r',
  file: 't',
  decline: 'r',
  dispatch: 'd',
  sign: 'a',
  return: 'r',
  feed_back: 'b',
  send_check: 'x',
  check_pass: 'p',
  check_fail: 'n',
  close: 'e',
  remark: 'c',
  reveal: 'i',
};

/** Saying no: shown apart, never first. */
export const negative: ReadonlySet<StaffAction> = new Set(['refuse', 'decline', 'return', 'check_fail']);

export function factsOf(detail: CaseDetail): CaseFacts {
  return {
    state: detail.state,
    urgency: detail.urgency,
    gridPath: detail.grid.map(({ id }) => id),
    leadUnitId: detail.leadUnitId,
    handlerIds: detail.handlerIds,
    checkerId: detail.checkerId,
    contestCount: detail.contestCount,
    closedAt: detail.closedAt === null ? null : instant(detail.closedAt),
    handleLimit: detail.handleLimit,
    photoReason: detail.photoReason?.zh ?? null,
  };
}

function offerOf(action: StaffAction, facts: CaseFacts, actor: Actor, now: number): Offer {
  const decision = can(action, facts, actor, instant(now));
  if (decision === null) return { action, refused: null };
  return { action, refused: { code: decision.refused, details: decision.details ?? {} } };
}

export function offersFor(facts: CaseFacts, actor: Actor, now: number): Offers {
  const offer = (action: StaffAction): Offer => offerOf(action, facts, actor, now);
  const main = staffActions.filter(action => action !== 'remark' && action !== 'reveal');
  const ofState = (action: StaffAction): boolean =>
    (transitions[action].from as readonly CaseState[]).includes(facts.state);
  const rank = ({ action, refused }: Offer): number => (refused === null ? 0 : 2) + (negative.has(action) ? 1 : 0);
  return {
    next: main
      .filter(ofState)
      .map(offer)
      .toSorted((a, b) => rank(a) - rank(b)),
    others: main.filter(action => !ofState(action)).map(offer),
    remark: offer('remark'),
    reveal: offer('reveal'),
  };
}

const isPermission = (name: unknown): name is Permission => typeof name === 'string' && name in permissions;

/** Why not, in words for the person who would like to. */
export function reasonWords({ action, refused }: Offer, state: CaseState, locale: Locale): string {
  if (refused === null) return '';
  const { permission } = refused.details;
  return problemText(refused.code, locale, {
    ...refused.details,
    action: transitions[action][locale],
    state: states[state][locale],
    ...(isPermission(permission) ? { permission: permissions[permission][locale] } : {}),
  });
}

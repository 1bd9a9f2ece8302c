import { changeGrants as changed } from '../../domain/identity/grant-change.ts';
import { canHoldTogether, mayAnywhere, permissions, roles } from '../../domain/identity/permissions.ts';
import { newId } from '../platform/clock.ts';
import { ProblemError } from '../platform/problem.ts';
import { checkPassword, digestPassword, noPassword, oneTimePassword, passwordMatches } from './passwords.ts';
import { readPolicy } from './policy.ts';
import * as queries from './queries.ts';
import { actorOf } from './sessions.ts';
import { removeFactor } from './second-factor.ts';

import type { GrantChange } from '../../domain/identity/grant-change.ts';
import type { Grant, Role } from '../../domain/identity/permissions.ts';
import type { Policy } from '../../domain/identity/policy.ts';
import type { Instant } from '../../domain/kernel/time.ts';
import type { Tables } from '../platform/database/tables.ts';
import type { Call } from '../platform/http/route.ts';
import type { AccountRow } from './queries.ts';
import type { Kysely } from 'kysely';

type Db = Kysely<Tables>;

/** Throws `platform.not_found`. */
export async function mustFindAccount(db: Db, id: string): Promise<AccountRow> {
  const account = await queries.findAccount(db, id);
  if (account === undefined) throw new ProblemError('platform.not_found');
  return account;
}

export const objectOf = (account: Pick<AccountRow, 'id' | 'login_name'>) => ({
  kind: 'account',
  id: account.id,
  name: account.login_name,
});

export interface NewAccount {
  readonly loginName: string;
  readonly name: string;
  /** Null: nobody signs in with this account until a password is set. */
  readonly password: string | null;
  readonly grants: readonly Grant[];
  /** True: somebody else chose the password, and it must be changed at the first sign-in. */
  readonly mustChange?: boolean;
}

const needs = {
  town: { zh: '街道', en: 'town' },
  grid: { zh: '网格', en: 'grid' },
  unit: { zh: '单位', en: 'unit' },
} as const;

/** A role is worth nothing without its place, and a place without its role: both are checked before anything is stored. */
function checkScopes(grants: readonly Grant[], locale: 'zh' | 'en'): void {
  for (const grant of grants) {
    const { scope } = roles[grant.role];
    const missing =
      (scope !== 'none' && grant.townId === null && 'town') ||
      (scope === 'grid' && grant.gridId === null && 'grid') ||
      (scope === 'unit' && grant.unitId === null && 'unit');
    if (missing !== false) {
      const role = roles[grant.role][locale];
      throw new ProblemError('identity.scope_missing', { role, needs: needs[missing][locale] });
    }
  }
}

/** Only the part of a grant that its role uses is kept: a unit named beside a town role would otherwise widen its scope. */
function trimGrant(grant: Grant): Grant {
  const { scope } = roles[grant.role];
  return {
    role: grant.role,
    townId: scope === 'none' ? null : grant.townId,
    gridId: scope === 'grid' ? grant.gridId : null,
    unitId: scope === 'unit' ? grant.unitId : null,
  };
}

/**
 * Creates an account with its grants. The caller has checked that grids and units exist (grids know them).
 * Throws `identity.password_weak`, `identity.roles_conflict`, `identity.scope_missing`, `identity.login_name_taken`.
 */
export async function createAccount(db: Db, input: NewAccount, now: Instant, locale: 'zh' | 'en'): Promise<AccountRow> {
  if (input.password !== null) checkPassword(input.password, await readPolicy(db));
  if (!canHoldTogether(input.grants.map(grant => grant.role))) throw new ProblemError('identity.roles_conflict');
  checkScopes(input.grants, locale);
  if ((await queries.lockByLoginName(db, input.loginName)) !== undefined)
    throw new ProblemError('identity.login_name_taken', { loginName: input.loginName });
  const id = newId();
  const passwordDigest = input.password === null ? noPassword : await digestPassword(input.password);
  const { loginName, name, mustChange = false } = input;
  await queries.insertAccount(db, { id, loginName, name, passwordDigest, mustChange, at: now });
  if (input.password !== null) await queries.insertPasswordHistory(db, id, passwordDigest, now);
  for (const grant of input.grants) await queries.insertGrant(db, newId(), id, trimGrant(grant), now);
  return mustFindAccount(db, id);
}

/**
 * Holds the rows of whoever manages and of the account that is managed, in one order for all, and makes sure that he may
 * still manage: two administrators who disable each other in the same moment leave one.
 * Throws `identity.not_your_own`, `identity.not_permitted`, `platform.not_found`.
 */
async function holdBoth({ db, actor, locale }: Call, id: string): Promise<AccountRow> {
  const managerId = actor.kind === 'account' ? actor.accountId : '';
  if (managerId === id) throw new ProblemError('identity.not_your_own');
  for (const one of [managerId, id].toSorted()) await queries.lockById(db, one);
  const manager = await mustFindAccount(db, managerId);
  if (manager.disabled_at !== null || !mayAnywhere(actorOf(manager), 'identity.manage_accounts'))
    throw new ProblemError('identity.not_permitted', {
      permission: permissions['identity.manage_accounts'][locale],
    });
  return mustFindAccount(db, id);
}

/** Gives and takes grants; they count from the next call on, and open event streams follow. The caller has checked the places. */
export async function changeGrants(call: Call, id: string, change: GrantChange): Promise<AccountRow> {
  const note = call.record({ what: 'account.grants', object: { kind: 'account', id }, details: { ...change } });
  const before = await holdBoth(call, id);
  note.object = objectOf(before);
  checkScopes(change.add, call.locale);
  const result = changed(before.grants, { add: change.add.map(trimGrant), remove: change.remove });
  if (result === null) throw new ProblemError('identity.roles_conflict');
  if (result.after.length === 0) throw new ProblemError('identity.no_grants_left');
  note.details = { added: result.added, removed: result.removed };
  for (const grant of result.removed) await queries.deleteGrant(call.db, id, grant);
  for (const grant of result.added) await queries.insertGrant(call.db, newId(), id, grant, call.now);
  return mustFindAccount(call.db, id);
}

/** Nobody signs in with the account any more, and whoever is signed in is out. */
export async function disableAccount(call: Call, id: string): Promise<AccountRow> {
  const note = call.record({ what: 'account.disable', object: { kind: 'account', id } });
  note.object = objectOf(await holdBoth(call, id));
  await queries.updateDisabled(call.db, id, call.now);
  const ended = await queries.deleteSessions(call.db, id);
  note.details = { sessionsEnded: ended };
  return mustFindAccount(call.db, id);
}

/** Lets somebody in again: takes back the disabling and the lock after wrong passwords. */
export async function enableAccount({ db, record }: Call, id: string): Promise<AccountRow> {
  const note = record({ what: 'account.enable', object: { kind: 'account', id } });
  note.object = objectOf(await mustFindAccount(db, id));
  await queries.updateEnabled(db, id);
  return mustFindAccount(db, id);
}

/** Gives a one-time password, ends all sessions and lifts the lock. */
export async function resetPassword({ db, now, record }: Call, id: string): Promise<string> {
  const note = record({ what: 'password.reset', object: { kind: 'account', id } });
  await queries.lockById(db, id);
  note.object = objectOf(await mustFindAccount(db, id));
  const password = oneTimePassword(await readPolicy(db));
  await queries.updatePassword(db, { id, passwordDigest: await digestPassword(password), mustChange: true, at: now });
  note.details = { sessionsEnded: await queries.deleteSessions(db, id) };
  return password;
}

/** Somebody has lost his phone: the next sign-in needs the password alone, and the policy may ask him to set up codes anew. */
export async function resetCodes({ db, record }: Call, id: string): Promise<void> {
  const note = record({ what: 'codes.reset', object: { kind: 'account', id } });
  note.object = objectOf(await mustFindAccount(db, id));
  if (!(await removeFactor(db, id))) throw new ProblemError('platform.not_found');
}

/** The account's password becomes `next`; checks rules and history. Throws `identity.password_weak`, `identity.password_reused`. */
export async function storePassword(db: Db, policy: Policy, id: string, next: string, now: Instant): Promise<void> {
  checkPassword(next, policy);
  const { history } = policy.password;
  for (const digest of await queries.listPasswordHistory(db, id, history))
    if (await passwordMatches(digest, next)) throw new ProblemError('identity.password_reused', { count: history });
  const passwordDigest = await digestPassword(next);
  await queries.updatePassword(db, { id, passwordDigest, mustChange: false, at: now });
  await queries.insertPasswordHistory(db, id, passwordDigest, now);
}

/** Accounts of a town that hold one of the roles. */
export const accountsWithRoles = (db: Db, townId: string, wanted: readonly Role[]): Promise<AccountRow[]> =>
  queries.listAccountsWithRoles(db, townId, wanted);

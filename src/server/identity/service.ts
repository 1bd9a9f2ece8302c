import { canHoldTogether, roles } from '../../domain/identity/permissions.ts';
import { instant } from '../../domain/kernel/time.ts';
import { newId } from '../platform/clock.ts';
import { ProblemError } from '../platform/problem.ts';
import { randomToken, sha256 } from '../platform/secrets.ts';
import { checkPassword, digestPassword, noPassword, passwordMatches } from './passwords.ts';
import * as queries from './queries.ts';

import type { Actor, Grant, Role } from '../../domain/identity/permissions.ts';
import type { Instant } from '../../domain/kernel/time.ts';
import type { Tables } from '../platform/database/tables.ts';
import type { Call } from '../platform/http/route.ts';
import type { AccountRow } from './queries.ts';
import type { Kysely } from 'kysely';

const failuresBeforeLock = 5;
const lockMinutes = 30;
const minuteMs = 60_000;
/** A shift of eight hours at a desk without being thrown out; each use moves the end. */
export const sessionHours = 8;
const touchEvery = minuteMs;

const later = (now: Instant, ms: number): Instant => instant(now + ms);

export const actorOf = (account: AccountRow): Actor => ({
  kind: 'account',
  accountId: account.id,
  name: account.name,
  grants: account.grants,
});

/** Who holds this session's secret now, or null. Moves the session's end at most once a minute. */
export async function authenticate(db: Kysely<Tables>, token: string, now: Instant): Promise<Actor | null> {
  const tokenDigest = sha256(token);
  const account = await queries.findBySession(db, tokenDigest, now);
  if (account === undefined) return null;
  if (now - account.seen_at > touchEvery)
    await queries.updateSessionSeen(db, tokenDigest, now, later(now, sessionHours * 60 * minuteMs));
  return actorOf(account);
}

/** Whether a session is still one, for a stream that its screen keeps open; asking does not keep it alive. */
export async function isSessionLive(db: Kysely<Tables>, token: string, now: Instant): Promise<boolean> {
  return (await queries.findBySession(db, sha256(token), now)) !== undefined;
}

export type SignInResult =
  | { readonly account: AccountRow; readonly token: string }
  | { readonly failed: 'identity.wrong_credentials' | 'identity.locked'; readonly minutes: number };

/**
 * Checks a password and opens a session. Returns failures instead of throwing them, because the count of wrong passwords has
 * to be committed; the route throws after the transaction.
 */
export async function signIn(call: Call, loginName: string, password: string): Promise<SignInResult> {
  const { db, now } = call;
  const row = await queries.lockByLoginName(db, loginName.trim());
  if (row?.locked_until != null && row.locked_until > now)
    return { failed: 'identity.locked', minutes: Math.ceil((row.locked_until - now) / minuteMs) };
  const matches = await passwordMatches(row?.password_digest, password);
  if (row === undefined || row.disabled_at !== null || !matches) {
    if (row === undefined) return { failed: 'identity.wrong_credentials', minutes: 0 };
    const failed = row.failed_sign_ins + 1;
    const locked = failed >= failuresBeforeLock;
    await queries.updateSignInFailed(
      db,
      row.id,
      locked ? 0 : failed,
      locked ? later(now, lockMinutes * minuteMs) : null,
    );
    return locked
      ? { failed: 'identity.locked', minutes: lockMinutes }
      : { failed: 'identity.wrong_credentials', minutes: 0 };
  }
  await queries.updateSignedIn(db, row.id, now);
  return { account: await accountOf(db, row.id), token: await openSession(call, row.id) };
}

async function openSession({ db, now, userAgent }: Call, accountId: string): Promise<string> {
  const token = randomToken();
  await queries.insertSession(db, {
    tokenDigest: sha256(token),
    accountId,
    at: now,
    expiresAt: later(now, sessionHours * 60 * minuteMs),
    userAgent: userAgent?.slice(0, 300) ?? null,
  });
  return token;
}

export async function signOut({ db, sessionToken }: Call): Promise<void> {
  if (sessionToken !== null) await queries.deleteSession(db, sha256(sessionToken));
}

async function accountOf(db: Kysely<Tables>, id: string): Promise<AccountRow> {
  const account = await queries.findAccount(db, id);
  if (account === undefined) throw new ProblemError('platform.not_found');
  return account;
}

export interface NewAccount {
  readonly loginName: string;
  readonly name: string;
  /** Null: nobody signs in with this account until a password is set. */
  readonly password: string | null;
  readonly grants: readonly Grant[];
}

const needs = {
  town: { zh: '街道', en: 'town' },
  grid: { zh: '网格', en: 'grid' },
  unit: { zh: '单位', en: 'unit' },
} as const;

/** A role is worth nothing without its place, and a place without its role: both are checked before anything is stored. */
function checkGrants(grants: readonly Grant[], locale: 'zh' | 'en'): void {
  if (!canHoldTogether(grants.map(grant => grant.role))) throw new ProblemError('identity.roles_conflict');
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
export async function createAccount(
  db: Kysely<Tables>,
  input: NewAccount,
  now: Instant,
  locale: 'zh' | 'en',
): Promise<AccountRow> {
  if (input.password !== null) checkPassword(input.password);
  checkGrants(input.grants, locale);
  if ((await queries.lockByLoginName(db, input.loginName)) !== undefined)
    throw new ProblemError('identity.login_name_taken', { loginName: input.loginName });
  const id = newId();
  const passwordDigest = input.password === null ? noPassword : await digestPassword(input.password);
  await queries.insertAccount(db, { id, loginName: input.loginName, name: input.name, passwordDigest, at: now });
  for (const grant of input.grants) await queries.insertGrant(db, newId(), id, trimGrant(grant), now);
  return accountOf(db, id);
}

export async function disableAccount({ db, now }: Call, id: string): Promise<AccountRow> {
  await queries.updateDisabled(db, id, now);
  await queries.deleteSessionsOf(db, id);
  return accountOf(db, id);
}

/** Accounts of a town that hold one of the roles. */
export const accountsWithRoles = (db: Kysely<Tables>, townId: string, wanted: readonly Role[]): Promise<AccountRow[]> =>
  queries.listAccountsWithRoles(db, townId, wanted);

export const listAccounts = (db: Kysely<Tables>): Promise<AccountRow[]> => queries.listAccounts(db);
export const findAccount = (db: Kysely<Tables>, id: string): Promise<AccountRow | undefined> =>
  queries.findAccount(db, id);
export const openSessionFor = openSession;

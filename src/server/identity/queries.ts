import { sql } from 'kysely';

import { timestamptz } from '../platform/database/columns.ts';

import type { Grant, Role } from '../../domain/identity/permissions.ts';
import type { Policy, SignInMethod } from '../../domain/identity/policy.ts';
import type { Instant } from '../../domain/kernel/time.ts';
import type { Tables } from '../platform/database/tables.ts';
import type { Kysely } from 'kysely';

type Db = Kysely<Tables>;

export interface AccountRow {
  readonly id: string;
  readonly login_name: string;
  readonly name: string;
  readonly disabled_at: Instant | null;
  readonly last_sign_in_at: Instant | null;
  readonly locked_until: Instant | null;
  readonly password_changed_at: Instant;
  readonly must_change_password: boolean;
  readonly has_codes: boolean;
  readonly grants: readonly Grant[];
}

/** The account's grants as one JSON column, so that a session costs one query. */
const grants = sql<Grant[]>`(
  select coalesce(json_agg(json_build_object('role', g.role, 'townId', g.town_id, 'gridId', g.grid_id, 'unitId', g.unit_id)
    order by g.created_at, g.id), '[]'::json)
  from identity.role_grant g where g.account_id = account.id)`.as('grants');

const hasCodes = sql<boolean>`exists (
  select from identity.second_factor f where f.account_id = account.id and f.confirmed_at is not null)`.as('has_codes');

const accounts = (db: Db) =>
  db
    .selectFrom('identity.account as account')
    .select([
      'account.id',
      'account.login_name',
      'account.name',
      'account.disabled_at',
      'account.last_sign_in_at',
      'account.locked_until',
      'account.password_changed_at',
      'account.must_change_password',
      hasCodes,
      grants,
    ]);

export const findAccount = (db: Db, id: string): Promise<AccountRow | undefined> =>
  accounts(db).where('account.id', '=', id).executeTakeFirst();

export const findAccountByLogin = (db: Db, loginName: string): Promise<AccountRow | undefined> =>
  accounts(db)
    .where(sql`lower(account.login_name)`, '=', loginName.toLowerCase())
    .executeTakeFirst();

export const listAccounts = (db: Db): Promise<AccountRow[]> => accounts(db).orderBy('account.login_name').execute();

/** Accounts that hold a role in a town, with all their grants. */
export const listAccountsWithRoles = (db: Db, townId: string, roles: readonly Role[]): Promise<AccountRow[]> =>
  accounts(db)
    .where('account.disabled_at', 'is', null)
    .where(eb =>
      eb.exists(
        eb
          .selectFrom('identity.role_grant as held')
          .select('held.id')
          .whereRef('held.account_id', '=', 'account.id')
          .where('held.town_id', '=', townId)
          .where('held.role', 'in', [...roles]),
      ),
    )
    .orderBy('account.login_name')
    .execute();

export interface LiveSession extends AccountRow {
  readonly token_digest: string;
  readonly session_created_at: Instant;
  readonly seen_at: Instant;
  readonly method: SignInMethod;
  /** The policy in force, as stored. */
  readonly policy: Partial<Policy> | null;
}

/** The accounts of sessions that have not ended, with the policy in force, so that a call costs one query. */
export const findBySessions = (db: Db, tokenDigests: readonly string[], now: Instant): Promise<LiveSession[]> =>
  accounts(db)
    .innerJoin('identity.session as session', 'session.account_id', 'account.id')
    .select([
      'session.token_digest',
      'session.created_at as session_created_at',
      'session.seen_at',
      'session.method',
      sql<Partial<Policy> | null>`(select p.value from identity.policy p order by p.version desc limit 1)`.as('policy'),
    ])
    .where('session.token_digest', 'in', [...tokenDigests])
    .where('session.expires_at', '>', timestamptz(now))
    .where('account.disabled_at', 'is', null)
    .execute();

export const lockByLoginName = (db: Db, loginName: string) =>
  db
    .selectFrom('identity.account')
    .selectAll()
    .where(sql`lower(login_name)`, '=', loginName.toLowerCase())
    .forUpdate()
    .executeTakeFirst();

/** Who changes an account's rights, password or codes holds its row, so that two changes follow each other. */
export const lockById = (db: Db, id: string) =>
  db.selectFrom('identity.account').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();

export async function insertAccount(
  db: Db,
  row: { id: string; loginName: string; name: string; passwordDigest: string; mustChange: boolean; at: Instant },
): Promise<void> {
  await db
    .insertInto('identity.account')
    .values({
      id: row.id,
      login_name: row.loginName,
      name: row.name,
      password_digest: row.passwordDigest,
      password_changed_at: timestamptz(row.at),
      must_change_password: row.mustChange,
      created_at: timestamptz(row.at),
    })
    .execute();
}

export async function insertGrant(db: Db, id: string, accountId: string, grant: Grant, at: Instant): Promise<void> {
  await db
    .insertInto('identity.role_grant')
    .values({
      id,
      account_id: accountId,
      role: grant.role,
      town_id: grant.townId,
      grid_id: grant.gridId,
      unit_id: grant.unitId,
      created_at: timestamptz(at),
    })
    .execute();
}

export async function deleteGrant(db: Db, accountId: string, grant: Grant): Promise<void> {
  await db
    .deleteFrom('identity.role_grant')
    .where('account_id', '=', accountId)
    .where('role', '=', grant.role)
    .where('town_id', 'is not distinct from', grant.townId)
    .where('grid_id', 'is not distinct from', grant.gridId)
    .where('unit_id', 'is not distinct from', grant.unitId)
    .execute();
}

export async function updatePassword(
  db: Db,
  row: { id: string; passwordDigest: string; mustChange: boolean; at: Instant },
): Promise<void> {
  await db
    .updateTable('identity.account')
    .set({
      password_digest: row.passwordDigest,
      password_changed_at: timestamptz(row.at),
      must_change_password: row.mustChange,
      failed_sign_ins: 0,
      locked_until: null,
    })
    .where('id', '=', row.id)
    .execute();
}

export async function insertPasswordHistory(db: Db, accountId: string, digest: string, at: Instant): Promise<void> {
  await db
    .insertInto('identity.password_history')
    .values({ account_id: accountId, digest, at: timestamptz(at) })
    .execute();
}

/** Digests of the passwords before, the newest first. */
export async function listPasswordHistory(db: Db, accountId: string, count: number): Promise<string[]> {
  const rows = await db
    .selectFrom('identity.password_history')
    .select('digest')
    .where('account_id', '=', accountId)
    .orderBy('at', 'desc')
    .limit(count)
    .execute();
  return rows.map(row => row.digest);
}

export async function updateEnabled(db: Db, id: string): Promise<void> {
  await db
    .updateTable('identity.account')
    .set({ disabled_at: null, failed_sign_ins: 0, locked_until: null })
    .where('id', '=', id)
    .execute();
}

export async function updateSignInFailed(
  db: Db,
  id: string,
  failed: number,
  lockedUntil: Instant | null,
): Promise<void> {
  await db
    .updateTable('identity.account')
    .set({ failed_sign_ins: failed, locked_until: lockedUntil === null ? null : timestamptz(lockedUntil) })
    .where('id', '=', id)
    .execute();
}

export async function updateSignedIn(db: Db, id: string, at: Instant): Promise<void> {
  await db
    .updateTable('identity.account')
    .set({ failed_sign_ins: 0, locked_until: null, last_sign_in_at: timestamptz(at) })
    .where('id', '=', id)
    .execute();
}

export const updateDisabled = (db: Db, id: string, at: Instant) =>
  db
    .updateTable('identity.account')
    .set({ disabled_at: timestamptz(at) })
    .where('id', '=', id)
    .where('disabled_at', 'is', null)
    .executeTakeFirst();

export async function insertSession(
  db: Db,
  row: {
    id: string;
    tokenDigest: string;
    accountId: string;
    at: Instant;
    expiresAt: Instant;
    userAgent: string | null;
    ip: string;
    method: SignInMethod;
  },
): Promise<void> {
  await db
    .insertInto('identity.session')
    .values({
      id: row.id,
      ip: row.ip,
      method: row.method,
      token_digest: row.tokenDigest,
      account_id: row.accountId,
      created_at: timestamptz(row.at),
      seen_at: timestamptz(row.at),
      expires_at: timestamptz(row.expiresAt),
      user_agent: row.userAgent,
    })
    .execute();
}

export async function updateSessionSeen(db: Db, tokenDigest: string, at: Instant, expiresAt: Instant): Promise<void> {
  await db
    .updateTable('identity.session')
    .set({ seen_at: timestamptz(at), expires_at: timestamptz(expiresAt) })
    .where('token_digest', '=', tokenDigest)
    .execute();
}

export async function deleteSession(db: Db, tokenDigest: string): Promise<void> {
  await db.deleteFrom('identity.session').where('token_digest', '=', tokenDigest).execute();
}

export const listSessionsOf = (db: Db, accountId: string, now: Instant) =>
  db
    .selectFrom('identity.session')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('expires_at', '>', timestamptz(now))
    .orderBy('seen_at', 'desc')
    .orderBy('id')
    .execute();

/** Ends an account's sessions: all, one by its id, or all but one by its secret's digest. Answers how many. */
export async function deleteSessions(
  db: Db,
  accountId: string,
  which: { readonly id?: string; readonly except?: string } = {},
): Promise<number> {
  let query = db.deleteFrom('identity.session').where('account_id', '=', accountId);
  if (which.id !== undefined) query = query.where('id', '=', which.id);
  if (which.except !== undefined) query = query.where('token_digest', '!=', which.except);
  return Number((await query.executeTakeFirst()).numDeletedRows);
}

export async function deleteExpiredSessions(db: Db, now: Instant): Promise<void> {
  await db.deleteFrom('identity.session').where('expires_at', '<=', timestamptz(now)).execute();
}

export async function hasAccounts(db: Db): Promise<boolean> {
  return (await db.selectFrom('identity.account').select('id').limit(1).executeTakeFirst()) !== undefined;
}

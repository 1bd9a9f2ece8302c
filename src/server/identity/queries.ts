import { sql } from 'kysely';

import { timestamptz } from '../platform/database/columns.ts';

import type { Grant, Role } from '../../domain/identity/permissions.ts';
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
  readonly grants: readonly Grant[];
}

/** The account's grants as one JSON column, so that a session costs one query. */
const grants = sql<Grant[]>`(
  select coalesce(json_agg(json_build_object('role', g.role, 'townId', g.town_id, 'gridId', g.grid_id, 'unitId', g.unit_id)
    order by g.created_at, g.id), '[]'::json)
  from identity.role_grant g where g.account_id = account.id)`.as('grants');

const accounts = (db: Db) =>
  db
    .selectFrom('identity.account as account')
    .select([
      'account.id',
      'account.login_name',
      'account.name',
      'account.disabled_at',
      'account.last_sign_in_at',
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

/** The account of a live session; slides nothing: `touchSession` does. */
export const findBySession = (db: Db, tokenDigest: string, now: Instant) =>
  accounts(db)
    .innerJoin('identity.session as session', 'session.account_id', 'account.id')
    .select('session.seen_at')
    .where('session.token_digest', '=', tokenDigest)
    .where('session.expires_at', '>', timestamptz(now))
    .where('account.disabled_at', 'is', null)
    .executeTakeFirst();

export const lockByLoginName = (db: Db, loginName: string) =>
  db
    .selectFrom('identity.account')
    .selectAll()
    .where(sql`lower(login_name)`, '=', loginName.toLowerCase())
    .forUpdate()
    .executeTakeFirst();

export async function insertAccount(
  db: Db,
  row: { id: string; loginName: string; name: string; passwordDigest: string; at: Instant },
): Promise<void> {
  await db
    .insertInto('identity.account')
    .values({
      id: row.id,
      login_name: row.loginName,
      name: row.name,
      password_digest: row.passwordDigest,
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
  row: { tokenDigest: string; accountId: string; at: Instant; expiresAt: Instant; userAgent: string | null },
): Promise<void> {
  await db
    .insertInto('identity.session')
    .values({
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

export async function deleteSessionsOf(db: Db, accountId: string): Promise<void> {
  await db.deleteFrom('identity.session').where('account_id', '=', accountId).execute();
}

export async function deleteExpiredSessions(db: Db, now: Instant): Promise<void> {
  await db.deleteFrom('identity.session').where('expires_at', '<=', timestamptz(now)).execute();
}

export async function hasAccounts(db: Db): Promise<boolean> {
  return (await db.selectFrom('identity.account').select('id').limit(1).executeTakeFirst()) !== undefined;
}

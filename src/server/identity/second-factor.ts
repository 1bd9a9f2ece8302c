import { randomBytes } from 'node:crypto';

import { timestamptz } from '../platform/database/columns.ts';
import { base32, matchStep } from './one-time-codes.ts';

import type { Instant } from '../../domain/kernel/time.ts';
import type { Tables } from '../platform/database/tables.ts';
import type { Secrets } from '../platform/secrets.ts';
import type { Kysely } from 'kysely';

type Db = Kysely<Tables>;

const recoveryCodes = 10;

/** Ten characters of Base32: 50 bits, kept only as a keyed digest. */
const newRecoveryCode = (): string => {
  const text = base32(randomBytes(7)).slice(0, 10);
  return `${text.slice(0, 5)}-${text.slice(5)}`;
};

const plain = (typed: string): string => typed.normalize('NFKC').replaceAll(/[\s-]/gu, '').toUpperCase();

const digestOf = (secrets: Secrets, accountId: string, code: string): string =>
  secrets.digest('recovery-code', `${accountId}/${plain(code)}`);

export const findFactor = (db: Db, accountId: string) =>
  db.selectFrom('identity.second_factor').selectAll().where('account_id', '=', accountId).executeTakeFirst();

/** Begins anew with a fresh secret, unless codes are set up already; then null. */
export async function beginFactor(
  db: Db,
  secrets: Secrets,
  accountId: string,
  at: Instant,
): Promise<Uint8Array | null> {
  const known = await findFactor(db, accountId);
  if (known?.confirmed_at != null) return null;
  const secret = randomBytes(20);
  const sealed = secrets.seal(secret.toString('base64url'));
  await db.deleteFrom('identity.second_factor').where('account_id', '=', accountId).execute();
  await db
    .insertInto('identity.second_factor')
    .values({
      account_id: accountId,
      secret_sealed: sealed,
      created_at: timestamptz(at),
      confirmed_at: null,
      last_step: null,
    })
    .execute();
  return secret;
}

/** The first right code puts the device in force; answers the recovery codes, which are shown once. */
export async function confirmFactor(
  db: Db,
  secrets: Secrets,
  accountId: string,
  code: string,
  now: Instant,
): Promise<readonly string[] | null> {
  if (!(await useTimedCode(db, secrets, accountId, plain(code), now))) return null;
  await db
    .updateTable('identity.second_factor')
    .set({ confirmed_at: timestamptz(now) })
    .where('account_id', '=', accountId)
    .execute();
  await db.deleteFrom('identity.recovery_code').where('account_id', '=', accountId).execute();
  const codes = Array.from({ length: recoveryCodes }, newRecoveryCode);
  await db
    .insertInto('identity.recovery_code')
    .values(codes.map(one => ({ account_id: accountId, digest: digestOf(secrets, accountId, one), used_at: null })))
    .execute();
  return codes;
}

async function useTimedCode(db: Db, secrets: Secrets, accountId: string, code: string, now: Instant): Promise<boolean> {
  const factor = await findFactor(db, accountId);
  if (factor === undefined || !/^\d{6}$/.test(code)) return false;
  const secret = Buffer.from(secrets.open(factor.secret_sealed), 'base64url');
  const step = matchStep(secret, code, now, factor.last_step);
  if (step === null) return false;
  await db.updateTable('identity.second_factor').set({ last_step: step }).where('account_id', '=', accountId).execute();
  return true;
}

/** Takes a timed or a recovery code, once. The caller holds the account's row, so that a code cannot be used twice at once. */
export async function useCode(
  db: Db,
  secrets: Secrets,
  accountId: string,
  typed: string,
  now: Instant,
): Promise<'timed' | 'recovery' | null> {
  const code = plain(typed);
  if (await useTimedCode(db, secrets, accountId, code, now)) return 'timed';
  const used = await db
    .updateTable('identity.recovery_code')
    .set({ used_at: timestamptz(now) })
    .where('account_id', '=', accountId)
    .where('digest', '=', digestOf(secrets, accountId, code))
    .where('used_at', 'is', null)
    .executeTakeFirst();
  return used.numUpdatedRows === 1n ? 'recovery' : null;
}

/** Forgets device and recovery codes; false when there were none. */
export async function removeFactor(db: Db, accountId: string): Promise<boolean> {
  await db.deleteFrom('identity.recovery_code').where('account_id', '=', accountId).execute();
  const removed = await db.deleteFrom('identity.second_factor').where('account_id', '=', accountId).executeTakeFirst();
  return removed.numDeletedRows > 0n;
}

export async function countRecoveryCodes(db: Db, accountId: string): Promise<number> {
  const { left } = await db
    .selectFrom('identity.recovery_code')
    .select(eb => eb.fn.countAll<number>().as('left'))
    .where('account_id', '=', accountId)
    .where('used_at', 'is', null)
    .executeTakeFirstOrThrow();
  return left;
}

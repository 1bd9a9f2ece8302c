import { isCleanText } from '../../contracts/text.ts';
import { instant } from '../../domain/kernel/time.ts';
import { ProblemError } from '../platform/problem.ts';
import { passwordMatches } from './passwords.ts';
import { readPolicy } from './policy.ts';
import * as queries from './queries.ts';
import { findFactor, useCode } from './second-factor.ts';
import { openSession } from './sessions.ts';

import type { Policy } from '../../domain/identity/policy.ts';
import type { Instant } from '../../domain/kernel/time.ts';
import type { Call } from '../platform/http/route.ts';
import type { Secrets } from '../platform/secrets.ts';

const minuteMs = 60_000;

interface Typed {
  readonly loginName: string;
  readonly password: string;
  readonly code?: string | undefined;
}

interface LockedRow {
  readonly id: string;
  readonly login_name: string;
  readonly name: string;
  readonly password_digest: string;
  readonly failed_sign_ins: number;
  readonly locked_until: Instant | null;
  readonly disabled_at: Instant | null;
}

/**
 * Checks a password, and the one-time code where one is set up, and opens a session. Null when it was refused: the count of
 * failures has to be committed, so the wrapper tells the problem after the transaction.
 */
export async function signIn(call: Call, secrets: Secrets, typed: Typed): Promise<{ accountId: string } | null> {
  const { db, now } = call;
  const policy = await readPolicy(db);
  // Nobody's name has characters that cannot be stored.
  const row = isCleanText(typed.loginName) ? await queries.lockByLoginName(db, typed.loginName.trim()) : undefined;
  const who = {
    accountId: row?.id ?? null,
    loginName: row?.login_name ?? typed.loginName.slice(0, 80),
    name: row?.name ?? null,
  };
  const refused = await refusalOf(call, secrets, policy, row, typed);
  if (refused !== null) {
    // Asking for the code is no result yet; the next call brings it.
    if (refused.code !== 'identity.code_needed') call.record({ what: 'session.sign_in', who });
    call.refuseAfterCommit(refused);
    return null;
  }
  call.record({ what: 'session.sign_in', who, details: { method: 'password' } });
  const accountId = who.accountId ?? '';
  await queries.updateSignedIn(db, accountId, now);
  await openSession(call, accountId, 'password');
  return { accountId };
}

async function refusalOf(
  { db, now }: Call,
  secrets: Secrets,
  policy: Policy,
  row: LockedRow | undefined,
  typed: Typed,
): Promise<ProblemError | null> {
  const locked = row === undefined ? null : lockOf(row, now);
  if (locked !== null) return locked;
  const matches = await passwordMatches(row?.password_digest, typed.password);
  if (row === undefined) return new ProblemError('identity.wrong_credentials');
  if (row.disabled_at !== null || !matches) return countFailure(db, policy, row, now, 'identity.wrong_credentials');
  if (policy.codes.mode === 'off' || (await findFactor(db, row.id))?.confirmed_at == null) return null;
  if (typed.code === undefined || typed.code.trim() === '') return new ProblemError('identity.code_needed');
  if ((await useCode(db, secrets, row.id, typed.code, now)) !== null) return null;
  return countFailure(db, policy, row, now, 'identity.code_wrong');
}

function lockOf(row: LockedRow, now: Instant): ProblemError | null {
  if (row.locked_until === null || row.locked_until <= now) return null;
  return new ProblemError('identity.locked', { minutes: Math.ceil((row.locked_until - now) / minuteMs) });
}

/** Counts a wrong password or code on a locked row; the last one that is allowed locks the account. */
export async function countFailure(
  db: Call['db'],
  { lock }: Policy,
  row: LockedRow,
  now: Instant,
  code: 'identity.wrong_credentials' | 'identity.code_wrong',
): Promise<ProblemError> {
  const failed = row.failed_sign_ins + 1;
  if (failed < lock.failures) {
    await queries.updateSignInFailed(db, row.id, failed, null);
    return new ProblemError(code);
  }
  await queries.updateSignInFailed(db, row.id, 0, instant(now + lock.minutes * minuteMs));
  return new ProblemError('identity.locked', { minutes: lock.minutes });
}

/**
 * Somebody signed in proves his password again, before what a found phone must not do. Null when it was wrong: counted like
 * at a sign-in, told after the commit. The account's row stays locked.
 */
export async function provePassword(call: Call, password: string): Promise<LockedRow | null> {
  const { db, now, actor } = call;
  const row = actor.kind === 'account' ? await queries.lockById(db, actor.accountId) : undefined;
  if (row === undefined) throw new ProblemError('identity.not_signed_in');
  const refused =
    lockOf(row, now) ??
    ((await passwordMatches(row.password_digest, password))
      ? null
      : await countFailure(db, await readPolicy(db), row, now, 'identity.wrong_credentials'));
  if (refused === null) return row;
  call.refuseAfterCommit(refused);
  return null;
}

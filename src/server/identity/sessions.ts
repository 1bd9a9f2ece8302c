import { deviceOf } from '../../domain/identity/device.ts';
import { isSessionAlive, owedBy } from '../../domain/identity/policy.ts';
import { instant } from '../../domain/kernel/time.ts';
import { newId } from '../platform/clock.ts';
import { ProblemError } from '../platform/problem.ts';
import { randomToken, sha256 } from '../platform/secrets.ts';
import { completePolicy, readPolicy } from './policy.ts';
import * as queries from './queries.ts';

import type { Session as SessionView } from '../../contracts/own-account.ts';
import type { Actor } from '../../domain/identity/permissions.ts';
import type { Policy, SignInMethod } from '../../domain/identity/policy.ts';
import type { Instant } from '../../domain/kernel/time.ts';
import type { Tables } from '../platform/database/tables.ts';
import type { Call, Session } from '../platform/http/route.ts';
import type { AccountRow, LiveSession } from './queries.ts';
import type { Kysely } from 'kysely';

type Db = Kysely<Tables>;

const touchEvery = 60_000;

export const actorOf = (account: Pick<AccountRow, 'id' | 'name' | 'grants'>): Actor => ({
  kind: 'account',
  accountId: account.id,
  name: account.name,
  grants: account.grants,
});

/** When a session ends that nobody uses any more: idle for too long, or too old. */
const endOf = ({ session }: Policy, createdAt: Instant, seenAt: Instant): Instant =>
  instant(Math.min(seenAt + session.idleMinutes * 60_000, createdAt + session.absoluteHours * 3_600_000));

const isAlive = (row: LiveSession, now: Instant): boolean =>
  isSessionAlive(completePolicy(row.policy), { createdAt: row.session_created_at, seenAt: row.seen_at }, now);

/** Who holds this session's secret now and what he owes, or null. Notes at most once a minute that the session is used. */
export async function authenticate(db: Db, token: string, now: Instant): Promise<Session | null> {
  const tokenDigest = sha256(token);
  const [row] = await queries.findBySessions(db, [tokenDigest], now);
  if (row === undefined || !isAlive(row, now)) return null;
  const policy = completePolicy(row.policy);
  if (now - row.seen_at > touchEvery)
    await queries.updateSessionSeen(db, tokenDigest, now, endOf(policy, row.session_created_at, now));
  return { actor: actorOf(row), owes: owesOf(policy, row, row.method, now) };
}

/** Whoever holds each of these secrets now, with his grants of this moment; who is not in the map has no session any more. */
export async function actorsOfSessions(
  db: Db,
  tokens: readonly string[],
  now: Instant,
): Promise<ReadonlyMap<string, Actor>> {
  const byDigest = new Map(tokens.map(token => [sha256(token), token]));
  const rows = byDigest.size === 0 ? [] : await queries.findBySessions(db, [...byDigest.keys()], now);
  return new Map(
    rows
      .filter(row => isAlive(row, now) && owesOf(completePolicy(row.policy), row, row.method, now) === null)
      .map(row => [byDigest.get(row.token_digest) ?? '', actorOf(row)]),
  );
}

/** Whether a session is still one, for a stream that its screen keeps open; asking does not keep it alive. */
export const isSessionLive = async (db: Db, token: string, now: Instant): Promise<boolean> =>
  (await actorsOfSessions(db, [token], now)).has(token);

export const owesOf = (policy: Policy, account: AccountRow, method: SignInMethod, now: Instant) =>
  owedBy(
    policy,
    {
      roles: account.grants.map(grant => grant.role),
      mustChange: account.must_change_password,
      passwordChangedAt: account.password_changed_at,
      hasCodes: account.has_codes,
      method,
    },
    now,
  );

/** Opens a session and gives its cookie. */
export async function openSession(call: Call, accountId: string, method: SignInMethod): Promise<void> {
  const { db, now } = call;
  const policy = await readPolicy(db);
  const token = randomToken();
  await queries.insertSession(db, {
    id: newId(),
    tokenDigest: sha256(token),
    accountId,
    at: now,
    expiresAt: endOf(policy, now, now),
    userAgent: call.userAgent?.slice(0, 300) ?? null,
    ip: call.ip,
    method,
  });
  call.setSession(token, policy.session.absoluteHours * 3600);
}

/** Sessions that are alive, the one used last first. */
export async function listSessions(
  db: Db,
  accountId: string,
  token: string | null,
  now: Instant,
): Promise<SessionView[]> {
  const policy = await readPolicy(db);
  const own = token === null ? '' : sha256(token);
  return (await queries.listSessionsOf(db, accountId, now))
    .filter(row => isSessionAlive(policy, { createdAt: row.created_at, seenAt: row.seen_at }, now))
    .map(row => ({
      id: row.id,
      device: deviceOf(row.user_agent),
      ip: row.ip,
      method: row.method,
      createdAt: row.created_at,
      seenAt: row.seen_at,
      current: row.token_digest === own,
    }));
}

/** Ends one of an account's sessions. Throws `platform.not_found` for one that is not his. */
export async function endSession({ db, record }: Call, account: AccountRow, id: string): Promise<{ ended: number }> {
  record({
    what: 'session.revoke',
    object: { kind: 'account', id: account.id, name: account.login_name },
    details: { session: id },
  });
  const ended = await queries.deleteSessions(db, account.id, { id });
  if (ended === 0) throw new ProblemError('platform.not_found');
  return { ended };
}

/** Ends all sessions of an account but the one whose secret is given. */
export async function endSessions(
  { db, record }: Call,
  account: AccountRow,
  except: string | null,
): Promise<{ ended: number }> {
  const note = record({
    what: 'session.revoke',
    object: { kind: 'account', id: account.id, name: account.login_name },
  });
  const ended = await queries.deleteSessions(db, account.id, except === null ? {} : { except: sha256(except) });
  note.details = { ended };
  return { ended };
}

import { defaultPolicy } from '../../domain/identity/policy.ts';
import { json, timestamptz } from '../platform/database/columns.ts';
import { ProblemError } from '../platform/problem.ts';

import type { Policy } from '../../domain/identity/policy.ts';
import type { Instant } from '../../domain/kernel/time.ts';
import type { Tables } from '../platform/database/tables.ts';
import type { Call } from '../platform/http/route.ts';
import type { Secrets } from '../platform/secrets.ts';
import type { Kysely } from 'kysely';

export interface StoredPolicy {
  /** 0: nobody has changed anything yet. */
  readonly version: number;
  readonly policy: Policy;
  readonly oidcSecretSealed: string | null;
  readonly at: Instant | null;
  readonly accountId: string | null;
}

/** A stored policy may be older than a setting: what it does not name is as by default. */
export const completePolicy = (stored: Partial<Policy> | null | undefined): Policy => ({
  password: { ...defaultPolicy.password, ...stored?.password },
  lock: { ...defaultPolicy.lock, ...stored?.lock },
  session: { ...defaultPolicy.session, ...stored?.session },
  codes: { ...defaultPolicy.codes, ...stored?.codes },
  oidc: { ...defaultPolicy.oidc, ...stored?.oidc },
});

export async function readStoredPolicy(db: Kysely<Tables>): Promise<StoredPolicy> {
  const row = await db.selectFrom('identity.policy').selectAll().orderBy('version', 'desc').limit(1).executeTakeFirst();
  return {
    version: row?.version ?? 0,
    policy: completePolicy(row?.value as Partial<Policy> | undefined),
    oidcSecretSealed: row?.oidc_secret_sealed ?? null,
    at: row?.at ?? null,
    accountId: row?.account_id ?? null,
  };
}

export const readPolicy = async (db: Kysely<Tables>): Promise<Policy> => (await readStoredPolicy(db)).policy;

/** Plain http gives the code away: only for a provider on this very machine. */
function isIssuer(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return protocol === 'https:' || (protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname));
}

/** Sections of the policy that differ, for the record: what it was and what it is now. */
function differences(before: Policy, after: Policy): Record<string, unknown> {
  const sections = Object.keys(after) as (keyof Policy)[];
  const changed = sections.filter(section => JSON.stringify(before[section]) !== JSON.stringify(after[section]));
  return Object.fromEntries(changed.map(section => [section, { from: before[section], to: after[section] }]));
}

/**
 * Puts a new version of the policy in force. Throws `identity.policy_moved` when it is not made from the version in force,
 * `identity.policy_invalid` when single sign-on could not work.
 */
export async function changePolicy(
  { db, now, actor, record }: Call,
  secrets: Secrets,
  change: { readonly version: number; readonly policy: Policy; readonly oidcSecret?: string | undefined },
): Promise<StoredPolicy> {
  const note = record({ what: 'policy.change' });
  const before = await readStoredPolicy(db);
  if (before.version !== change.version) throw new ProblemError('identity.policy_moved');
  const { policy, oidcSecret } = change;
  note.object = { kind: 'policy', id: String(before.version + 1) };
  note.details = { ...differences(before.policy, policy), ...(oidcSecret === undefined ? {} : { oidcSecret: 'new' }) };
  const sealed = oidcSecret === undefined ? before.oidcSecretSealed : secrets.seal(oidcSecret);
  const { oidc } = policy;
  if (oidc.enabled && (!isIssuer(oidc.issuer) || oidc.clientId === '' || sealed === null))
    throw new ProblemError('identity.policy_invalid');
  // The key on `version` lets one of two simultaneous changes through; the other fails as `policy_pkey`.
  await db
    .insertInto('identity.policy')
    .values({
      version: before.version + 1,
      value: json<unknown>(policy),
      oidc_secret_sealed: sealed,
      account_id: actor.kind === 'account' ? actor.accountId : null,
      at: timestamptz(now),
    })
    .execute();
  return readStoredPolicy(db);
}

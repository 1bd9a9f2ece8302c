import { sql } from 'kysely';

import { accessChains, canonicalEntry } from '../../../domain/identity/access-record.ts';
import { newId } from '../../platform/clock.ts';
import { timestamptz } from '../../platform/database/columns.ts';
import { sha256 } from '../../platform/secrets.ts';

import type { EntryToChain } from '../../../domain/identity/access-record.ts';
import type { Tables } from '../../platform/database/tables.ts';
import type { AccessEntry } from '../../platform/http/route.ts';
import type { Kysely } from 'kysely';

type Db = Kysely<Tables>;

/**
 * Appends what one call did, chained ([Note: The access record]). To be called last in its transaction: the chain is locked
 * from here to the commit.
 */
export async function appendEntries(trx: Db, entries: readonly AccessEntry[]): Promise<void> {
  const [first] = entries;
  if (first === undefined) return;
  const chain = chainOf(first);
  let { seq, hash } = await lockChain(trx, chain);
  const rows = [];
  for (const entry of entries) {
    const link = toChain(entry, await nameOf(trx, entry), { chain, seq: seq + 1, prevHash: hash });
    ({ seq } = link);
    hash = sha256(canonicalEntry(link));
    rows.push({
      chain,
      seq,
      id: link.id,
      at: timestamptz(entry.at),
      account_id: link.accountId,
      login_name: link.loginName,
      name: link.name,
      what: entry.what,
      object_kind: link.objectKind,
      object_id: link.objectId,
      object_name: link.objectName,
      result: entry.result,
      problem: link.problem,
      ip: link.ip,
      user_agent: link.userAgent,
      details: link.details,
      prev_hash: link.prevHash,
      hash,
    });
  }
  await trx.insertInto('identity.access_entry').values(rows).execute();
  await trx.updateTable('identity.access_chain').set({ seq, hash }).where('chain', '=', chain).execute();
}

/** A person's entries follow each other in one chain; callers without an account are spread by their address. */
function chainOf({ actor, who, ip }: AccessEntry): number {
  const key = who?.accountId ?? (actor.kind === 'account' ? actor.accountId : (who?.loginName ?? ip));
  return Number.parseInt(sha256(key).slice(0, 8), 16) % accessChains;
}

/** The chain's last link, locked; a chain begins with its first entry. */
const lockChain = (trx: Db, chain: number) =>
  trx
    .insertInto('identity.access_chain')
    .values({ chain, seq: 0, hash: null })
    .onConflict(conflict => conflict.column('chain').doUpdateSet({ chain: sql<number>`excluded.chain` }))
    .returning(['seq', 'hash'])
    .executeTakeFirstOrThrow();

type Who = NonNullable<AccessEntry['who']>;

/** Names as they are now: they stay in the record when the account is renamed. */
async function nameOf(trx: Db, { actor, who }: AccessEntry): Promise<Who> {
  if (who !== undefined) return { ...who, loginName: storable(who.loginName) };
  if (actor.kind !== 'account') return { accountId: null, loginName: null, name: null };
  const account = await trx
    .selectFrom('identity.account')
    .select('login_name')
    .where('id', '=', actor.accountId)
    .executeTakeFirst();
  return { accountId: actor.accountId, loginName: account?.login_name ?? null, name: actor.name };
}

const mostUserAgent = 300;

const toChain = (entry: AccessEntry, who: Who, at: Pick<EntryToChain, 'chain' | 'seq' | 'prevHash'>): EntryToChain => ({
  ...at,
  id: newId(),
  at: entry.at,
  accountId: who.accountId,
  loginName: who.loginName,
  name: who.name,
  what: entry.what,
  objectKind: entry.object?.kind ?? null,
  objectId: entry.object?.id ?? null,
  objectName: entry.object?.name ?? null,
  result: entry.result,
  problem: entry.problem,
  ip: entry.ip,
  userAgent: storable(entry.userAgent?.slice(0, mostUserAgent) ?? null),
  details: JSON.stringify(entry.details ?? {}),
});

/** Headers and typed names may hold anything; what cannot be stored as it is would break the hash later. */
function storable(text: string | null): string | null {
  return text === null ? null : [...text.toWellFormed()].filter(character => character >= ' ').join('');
}

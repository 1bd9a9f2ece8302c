import { json, timestamptz } from './database/columns.ts';
import { ProblemError } from './problem.ts';

import type { Instant } from '../../domain/kernel/time.ts';
import type { Tables } from './database/tables.ts';
import type { Kysely } from 'kysely';

export interface Resend {
  readonly townId: string;
  /** What the key is about, so that two endpoints cannot answer for each other. */
  readonly scope: string;
  readonly key: string | null;
  readonly digest: string;
  readonly now: Instant;
}

/** How an answer is sealed while it waits for a resend: it may hold a secret. */
export interface Seal {
  seal(plain: string): string;
  open(sealed: string): string;
}

/**
 * Does the work once for each idempotency key, in the transaction of the work itself: a resend gets the first answer, also
 * when both arrive at the same instant (the second waits for the first to commit). Other content under the same key throws
 * `platform.idempotency_key_reused`.
 */
export async function once<Reply>(
  db: Kysely<Tables>,
  resend: Resend,
  work: () => Promise<Reply>,
  secret: Seal,
): Promise<Reply> {
  const { townId, scope, key, digest, now } = resend;
  if (key === null) return work();
  const first = await db
    .insertInto('platform.idempotency')
    .values({ town_id: townId, scope, key, request_digest: digest, status: null, body: null, at: timestamptz(now) })
    .onConflict(conflict => conflict.columns(['town_id', 'scope', 'key']).doNothing())
    .returning('key')
    .executeTakeFirst();
  const row = db
    .updateTable('platform.idempotency')
    .where('town_id', '=', townId)
    .where('scope', '=', scope)
    .where('key', '=', key);
  if (first !== undefined) {
    const reply = await work();
    await row.set({ status: 200, body: json<unknown>(secret.seal(JSON.stringify(reply))) }).execute();
    return reply;
  }
  const known = await recall(db, resend, secret);
  if (known === undefined) throw new ProblemError('platform.busy');
  return known.reply as Reply;
}

/** The answer that was given under this key, if any. Throws `platform.idempotency_key_reused`. */
export async function recall(
  db: Kysely<Tables>,
  { townId, scope, key, digest }: Resend,
  secret: Seal,
): Promise<{ readonly reply: unknown } | undefined> {
  if (key === null) return undefined;
  const known = await db
    .selectFrom('platform.idempotency')
    .select(['request_digest', 'body'])
    .where('town_id', '=', townId)
    .where('scope', '=', scope)
    .where('key', '=', key)
    .executeTakeFirst();
  if (known === undefined) return undefined;
  if (known.request_digest !== digest) throw new ProblemError('platform.idempotency_key_reused');
  return { reply: JSON.parse(secret.open(known.body as string)) };
}

/** Keys older than this are forgotten: an offline phone may come back weeks later (handbook: at least 90 days). */
export async function forgetOldKeys(db: Kysely<Tables>, townId: string, before: Instant): Promise<void> {
  await db
    .deleteFrom('platform.idempotency')
    .where('town_id', '=', townId)
    .where('at', '<', timestamptz(before))
    .execute();
}

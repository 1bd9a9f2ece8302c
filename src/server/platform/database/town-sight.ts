import { sql } from 'kysely';

import type { Actor } from '../../../domain/identity/permissions.ts';
import type { Tables } from './tables.ts';
import type { Kysely } from 'kysely';

/**
 * [Note: Sight of towns]
 * Tables that hold personal data have row-level security, forced also on their owner: a row is there only for a transaction
 * that has said which towns it looks at. The wrapper of all calls says it from the caller's grants, services that act for
 * nobody signed in (a resident's report) name the one town concerned. So a query that forgot its scope finds nothing, instead
 * of everybody. It guards against our mistakes, not against whoever can run SQL as this role: he can say what he likes.
 *
 * `set_config(…, true)` ends with the transaction: a pooled connection carries no sight to the next call. On Citus
 * `citus.propagate_set_commands = 'local'` sends it to the workers.
 */
const setting = 'jingwei.towns';

/** Opens the sight of these towns until the transaction ends; what was open before is closed. */
export async function seeTowns(trx: Kysely<Tables>, townIds: readonly string[]): Promise<void> {
  await sql`select set_config(${setting}, ${townIds.join(',')}, true)`.execute(trx);
}

/** For backups and for tools that re-encrypt: every town, until the transaction ends. */
export async function seeAllTowns(trx: Kysely<Tables>): Promise<void> {
  await sql`select set_config(${setting}, '*', true)`.execute(trx);
}

/** The towns in which somebody holds anything. */
export const townsOf = (actor: Actor): readonly string[] =>
  actor.kind === 'account' ? [...new Set(actor.grants.flatMap(grant => grant.townId ?? []))] : [];

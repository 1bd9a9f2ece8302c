import { sql } from 'kysely';

import { timestamptz } from '../../platform/database/columns.ts';
import { ProblemError } from '../../platform/problem.ts';

import type { AccessEntryView } from '../../../contracts/access.ts';
import type { AccessKind, AccessResult, EntryToChain } from '../../../domain/identity/access-record.ts';
import type { Instant } from '../../../domain/kernel/time.ts';
import type { Tables } from '../../platform/database/tables.ts';
import type { AccessEntryTable } from '../tables.ts';
import type { Kysely, Selectable } from 'kysely';

type Db = Kysely<Tables>;
export type AccessRow = Selectable<AccessEntryTable>;

export interface AccessFilter {
  /** Part of a login name or of a person's name. */
  readonly who?: string | undefined;
  readonly what?: AccessKind | undefined;
  readonly result?: AccessResult | undefined;
  /** From this instant on. */
  readonly from?: Instant | undefined;
  /** Before this instant. */
  readonly until?: Instant | undefined;
}

const escapeLike = (text: string): string => text.replaceAll(/[\\%_]/g, character => `\\${character}`);

/** Entries, newest first; `after` is the last one of the page before. */
export function listEntries(
  db: Db,
  filter: AccessFilter,
  limit: number,
  after?: { readonly at: Instant; readonly id: string },
): Promise<AccessRow[]> {
  let query = db.selectFrom('identity.access_entry').selectAll();
  if (filter.what !== undefined) query = query.where('what', '=', filter.what);
  if (filter.result !== undefined) query = query.where('result', '=', filter.result);
  if (filter.from !== undefined) query = query.where('at', '>=', timestamptz(filter.from));
  if (filter.until !== undefined) query = query.where('at', '<', timestamptz(filter.until));
  if (filter.who !== undefined) {
    const words = `%${escapeLike(filter.who)}%`;
    query = query.where(eb => eb.or([eb('login_name', 'ilike', words), eb('name', 'like', words)]));
  }
  if (after !== undefined) query = query.where(sql<boolean>`(at, id) < (${timestamptz(after.at)}, ${after.id}::uuid)`);
  return query.orderBy('at', 'desc').orderBy('id', 'desc').limit(limit).execute();
}

export const entryView = (row: AccessRow): AccessEntryView => ({
  id: row.id,
  at: row.at,
  accountId: row.account_id,
  loginName: row.login_name,
  name: row.name,
  what: row.what,
  object: row.object_kind === null ? null : { kind: row.object_kind, id: row.object_id ?? '', name: row.object_name },
  result: row.result,
  problem: row.problem,
  ip: row.ip,
  userAgent: row.user_agent,
  details: row.details,
});

/** What a row says, as it was chained. */
export const storedEntry = (row: AccessRow): EntryToChain & { readonly hash: string } => ({
  chain: row.chain,
  seq: row.seq,
  id: row.id,
  at: row.at,
  accountId: row.account_id,
  loginName: row.login_name,
  name: row.name,
  what: row.what,
  objectKind: row.object_kind,
  objectId: row.object_id,
  objectName: row.object_name,
  result: row.result,
  problem: row.problem,
  ip: row.ip,
  userAgent: row.user_agent,
  details: row.details,
  prevHash: row.prev_hash,
  hash: row.hash,
});

export const cursorOf = (row: AccessRow): string => `${row.at}.${row.id}`;

/** Reads a cursor that `cursorOf` made; anything else throws `platform.invalid_input`. */
export function readCursor(after: string | undefined): { at: Instant; id: string } | undefined {
  if (after === undefined) return undefined;
  const match = /^(\d{1,15})\.([0-9a-f-]{36})$/.exec(after);
  if (match === null)
    throw new ProblemError('platform.invalid_input', { where: 'query.after' }, [{ path: 'query.after', message: '' }]);
  return { at: Number(match[1]) as Instant, id: match[2] ?? '' };
}

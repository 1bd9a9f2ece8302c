import { timestamptz } from './database/columns.ts';
import { storePhoto } from './photos.ts';
import { ProblemError } from './problem.ts';
import { sha256 } from './secrets.ts';

import type { Instant } from '../../domain/kernel/time.ts';
import type { Tables } from './database/tables.ts';
import type { FileStore } from './files.ts';
import type { Kysely } from 'kysely';

type Db = Kysely<Tables>;

export interface Upload {
  readonly id: string;
  readonly sha256: string;
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
}

const uploadOf = ({ id, sha256: digest, width, height, bytes }: Upload): Upload => ({
  id,
  sha256: digest,
  width,
  height,
  bytes,
});

/**
 * Takes a photo in under the id that the phone made. A resend of the same bytes gets the same answer; other bytes under the
 * same id are refused (`files.id_taken`). Throws also what `storePhoto` throws.
 */
export async function receivePhoto(
  db: Db,
  store: FileStore,
  id: string,
  bytes: Uint8Array,
  now: Instant,
): Promise<Upload> {
  const source = sha256(bytes);
  const known = await db.selectFrom('platform.upload').selectAll().where('id', '=', id).executeTakeFirst();
  if (known !== undefined) {
    if (known.source_sha256 !== source) throw new ProblemError('files.id_taken');
    return uploadOf(known);
  }
  const photo = await storePhoto(store, bytes);
  const stored = await db
    .insertInto('platform.upload')
    .values({ id, source_sha256: source, ...photo, at: timestamptz(now) })
    // Both of two that arrive at once come here; whoever is second waits for the first and is told what that one stored.
    .onConflict(conflict => conflict.column('id').doUpdateSet({ id }))
    .returningAll()
    .executeTakeFirstOrThrow();
  if (stored.source_sha256 !== source) throw new ProblemError('files.id_taken');
  return uploadOf(stored);
}

/**
 * Takes uploads over into a case, in the order given, each once; each belongs to one case only. Throws `files.unknown_upload`.
 */
export async function claimUploads(db: Db, given: readonly string[]): Promise<readonly Upload[]> {
  const ids = [...new Set(given)];
  if (ids.length === 0) return [];
  const rows = await db
    .deleteFrom('platform.upload')
    .where('id', 'in', ids)
    .returning(['id', 'sha256', 'width', 'height', 'bytes'])
    .execute();
  const byId = new Map(rows.map(row => [row.id, row]));
  return ids.map(id => {
    const found = byId.get(id);
    if (found === undefined) throw new ProblemError('files.unknown_upload');
    return found;
  });
}

/** Forgets uploads that no report took within two days; their files stay until the file store is swept. */
export async function forgetUnclaimedUploads(db: Db, before: Instant): Promise<void> {
  await db.deleteFrom('platform.upload').where('at', '<', timestamptz(before)).execute();
}

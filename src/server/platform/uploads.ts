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
    return { id, sha256: known.sha256, width: known.width, height: known.height, bytes: known.bytes };
  }
  const photo = await storePhoto(store, bytes);
  await db
    .insertInto('platform.upload')
    .values({ id, source_sha256: source, ...photo, at: timestamptz(now) })
    .onConflict(conflict => conflict.column('id').doNothing())
    .execute();
  return { id, ...photo };
}

/** Takes uploads over into a case, in the order given; each belongs to one case only. Throws `files.unknown_upload`. */
export async function claimUploads(db: Db, ids: readonly string[]): Promise<readonly Upload[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .deleteFrom('platform.upload')
    .where('id', 'in', [...ids])
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

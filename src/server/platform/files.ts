import { constants } from 'node:fs';
import { access, mkdir, open, readFile, rename, unlink } from 'node:fs/promises';
import path from 'node:path';

import { ProblemError } from './problem.ts';
import { randomToken } from './secrets.ts';

/** Files by the SHA-256 of their bytes: written once, never changed, the same content stored once. */
export interface FileStore {
  put(name: string, bytes: Uint8Array): Promise<void>;
  get(name: string): Promise<Buffer | undefined>;
  has(name: string): Promise<boolean>;
}

const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;

/**
 * A store below a folder: `ab/abcdef….jpg`. A file is written beside its place, synced to the disk and renamed, so that what
 * was acknowledged survives a power cut and a half-written file is never served.
 */
export function openFileStore(folder: string): FileStore {
  const placeOf = (name: string): string => path.join(folder, name.slice(0, 2), name);
  const has = async (name: string): Promise<boolean> => {
    try {
      await access(placeOf(name), constants.R_OK);
      return true;
    } catch {
      return false;
    }
  };
  return {
    has,
    async put(name, bytes) {
      if (await has(name)) return;
      const place = placeOf(name);
      const draft = `${place}.${randomToken(6)}.part`;
      try {
        await mkdir(path.dirname(place), { recursive: true, mode: 0o700 });
        const file = await open(draft, 'wx', 0o600);
        try {
          await file.writeFile(bytes);
          await file.datasync();
        } finally {
          await file.close();
        }
        await rename(draft, place);
      } catch (error) {
        await unlink(draft).catch(() => undefined);
        if (codeOf(error) === 'ENOSPC' || codeOf(error) === 'EDQUOT') throw new ProblemError('files.disk_full');
        throw error;
      }
    },
    async get(name) {
      try {
        return await readFile(placeOf(name));
      } catch (error) {
        if (codeOf(error) === 'ENOENT') return undefined;
        throw error;
      }
    },
  };
}

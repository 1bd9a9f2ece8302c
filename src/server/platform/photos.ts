import sharp from 'sharp';

import { ProblemError } from './problem.ts';
import { sha256 } from './secrets.ts';

import type { FileStore } from './files.ts';

/** Longest side in pixels: enough to read a house number, a tenth of what a phone makes. */
const fullSide = 1920;
const thumbSide = 320;
/** A 12-megapixel phone picture is 4000 × 3000; a bomb of 60,000 × 60,000 is refused before it is unpacked. */
const mostPixels = 64_000_000;

export interface StoredPhoto {
  readonly sha256: string;
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
}

export const photoFile = (digest: string, size: 'full' | 'thumb'): string =>
  size === 'full' ? `${digest}.jpg` : `${digest}.thumb.jpg`;

/** What the bytes are, by their first bytes and never by their name: JPEG, PNG or WebP. */
export function isPhoto(bytes: Uint8Array): boolean {
  const starts = (...signature: readonly number[]) => signature.every((byte, index) => bytes[index] === byte);
  if (starts(0xff, 0xd8, 0xff)) return true;
  if (starts(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return true;
  return starts(0x52, 0x49, 0x46, 0x46) && Buffer.from(bytes.subarray(8, 12)).toString('latin1') === 'WEBP';
}

/**
 * Re-encodes a photo as JPEG: turned upright, at most 1920 px, without EXIF, GPS, thumbnails or anything else that travelled
 * with it, plus a thumbnail; stores both. Throws `files.not_an_image` or `files.unreadable_image`.
 */
export async function storePhoto(store: FileStore, bytes: Uint8Array): Promise<StoredPhoto> {
  if (!isPhoto(bytes)) throw new ProblemError('files.not_an_image');
  try {
    const picture = sharp(bytes, { limitInputPixels: mostPixels, failOn: 'error' }).rotate();
    const full = await picture
      .clone()
      .resize({ width: fullSide, height: fullSide, fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .jpeg({ quality: 82, mozjpeg: false })
      .toBuffer({ resolveWithObject: true });
    const thumb = await sharp(full.data)
      .resize({ width: thumbSide, height: thumbSide, fit: 'inside', withoutEnlargement: true })
      .jpeg({ quality: 76 })
      .toBuffer();
    const digest = sha256(full.data);
    await store.put(photoFile(digest, 'thumb'), thumb);
    await store.put(photoFile(digest, 'full'), full.data);
    return { sha256: digest, width: full.info.width, height: full.info.height, bytes: full.data.length };
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    throw new ProblemError('files.unreadable_image');
  }
}

const linkMs = 6 * 3_600_000;
/** Addresses are signed for a whole window, so that a list asked twice gives the same addresses and the browser's cache works. */
const windowMs = 3_600_000;

export interface PhotoLinks {
  url(digest: string, size: 'full' | 'thumb'): string;
}

/** Short-lived signed addresses of photos (6 to 7 hours); whoever was shown a page may load its pictures, nobody else. */
export function photoLinks(sign: (value: string) => string, now: number): PhotoLinks {
  const until = Math.ceil(now / windowMs) * windowMs + linkMs;
  return {
    url(digest, size) {
      const key = sign(`${digest}/${size}/${until}`);
      return `/api/photos/${digest}?size=${size}&until=${until}&key=${key}`;
    },
  };
}

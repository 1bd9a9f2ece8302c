import { ProblemError } from '../../platform/problem.ts';

import type { Ring } from '../../../domain/kernel/geometry.ts';

/** One row of a file from elsewhere, as it stands there. */
export interface Feature {
  /** Counted from 1, as a person counts the rows of the file. */
  readonly row: number;
  readonly fields: Readonly<Record<string, string>>;
  /** Polygons of rings in the datum of the file, or null for a list without borders. */
  readonly polygons: readonly (readonly Ring[])[] | null;
}

/** What a file may be at most: a town with its grids is far below, and a mistake is far above. */
export const limits = {
  fileBytes: 20 * 1024 * 1024,
  unpackedBytes: 100 * 1024 * 1024,
  entries: 100,
  features: 20_000,
  corners: 500_000,
} as const;

/** A file that cannot be taken at all, in the words for the person who chose it. */
export const refuseFile = (zh: string, en: string): ProblemError =>
  new ProblemError('grids.file_refused', { reason: zh, reasonEn: en });

/** Throws when there are more rows or corners than anybody can mean. */
export function checkSize(features: readonly Feature[]): readonly Feature[] {
  if (features.length === 0) throw refuseFile('文件里没有数据', 'The file is empty');
  if (features.length > limits.features)
    throw refuseFile(`超过 ${limits.features} 行`, `There are more than ${limits.features} rows`);
  let corners = 0;
  for (const { polygons } of features)
    for (const rings of polygons ?? []) for (const ring of rings) corners += ring.length;
  if (corners > limits.corners)
    throw refuseFile(
      `共有 ${corners} 个界点，上限 ${limits.corners}，请先简化`,
      `There are ${corners} corners, the limit is ${limits.corners}; simplify first`,
    );
  return features;
}

/** Chinese text files come in UTF-8 or, from Windows, in GB18030 (which GBK and GB2312 are part of). */
export function decodeText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    try {
      return new TextDecoder('gb18030', { fatal: true }).decode(bytes);
    } catch {
      throw refuseFile('文字编码无法识别，请存为 UTF-8 或 GB18030', 'The text is neither UTF-8 nor GB18030');
    }
  }
}

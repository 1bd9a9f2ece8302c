import { createHash } from 'node:crypto';

/** A fixed seed: the demonstration is the same street, the same people and the same problems on every computer. */
const seed = 'jingwei/jingbalu/1';

/** An id that depends only on its name (UUID version 8, RFC 9562 §5.8). */
export function seedId(name: string): string {
  const hex = createHash('sha256').update(`${seed}/${name}`).digest('hex');
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** Numbers in [0, 1) that depend only on the name (mulberry32). */
export function seedRandom(name: string): () => number {
  let state = createHash('sha256').update(`${seed}/${name}`).digest().readUInt32LE(0);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export const pick = <T>(list: readonly T[], random: () => number): T => {
  const chosen = list[Math.floor(random() * list.length)];
  if (chosen === undefined) throw new RangeError('pick from an empty list');
  return chosen;
};

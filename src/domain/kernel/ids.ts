/**
 * Identifiers. Every stored thing has a UUID that we make ourselves, so that a phone can name a thing before it is online.
 * Version 7 (RFC 9562 §5.7) begins with the time, so new rows land at the end of an index.
 */

declare const kind: unique symbol;

/** A UUID in lower case that names one thing of one kind; ids of different kinds do not mix. */
export type Id<Kind extends string> = string & { readonly [kind]: Kind };

export type TownId = Id<'town'>;
export type GridId = Id<'grid'>;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** True for a UUID of RFC 9562 (versions 1 to 8) in lower case, the only spelling that we store. */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}

/** The text as an id of the wanted kind, or undefined when it is no UUID; upper case is folded. */
export function parseId<Kind extends string>(text: string): Id<Kind> | undefined {
  const folded = text.toLowerCase();
  return isUuid(folded) ? (folded as Id<Kind>) : undefined;
}

/**
 * UUID version 7: 48 bits of `atMs` (milliseconds since 1970), then 74 of the 80 random bits given.
 * Two made in the same millisecond stand in random order.
 */
export function uuidV7<Kind extends string>(atMs: number, random: Uint8Array): Id<Kind> {
  if (random.length !== 10) throw new RangeError('uuidV7 needs 10 random bytes');
  if (!Number.isInteger(atMs) || atMs < 0 || atMs >= 2 ** 48)
    throw new RangeError('uuidV7 needs whole milliseconds since 1970');
  const time = atMs.toString(16).padStart(12, '0');
  const versioned = (0x70 | (byteAt(random, 0) & 0x0f)) * 256 + byteAt(random, 1);
  const variant = (0x80 | (byteAt(random, 2) & 0x3f)) * 256 + byteAt(random, 3);
  let node = '';
  for (let index = 4; index < 10; index += 1) node += hex(byteAt(random, index), 2);
  return `${time.slice(0, 8)}-${time.slice(8)}-${hex(versioned, 4)}-${hex(variant, 4)}-${node}` as Id<Kind>;
}

function byteAt(bytes: Uint8Array, index: number): number {
  return bytes[index] ?? 0;
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}

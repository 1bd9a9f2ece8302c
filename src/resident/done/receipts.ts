import { keep, kept } from '../../browser/ui/keep.ts';

import type { ReplyOf } from '../../contracts/endpoint.ts';
import type { report } from '../../contracts/intake.ts';

/** What the reporter is told once, and where it was said. */
export interface Receipt extends ReplyOf<typeof report> {
  readonly town: string;
  /** The beginning of the words, to tell reports apart. */
  readonly title: string;
  /** It had arrived before the network failed; what was changed afterwards is not in it. */
  readonly earlier: boolean;
}

const lastKey = 'jingwei.receipt';
let last: Receipt | null = null;

/** Keeps the receipt for this tab, so that a reload of the page does not lose the code. */
export function keepReceipt(receipt: Receipt): void {
  last = receipt;
  try {
    sessionStorage.setItem(lastKey, JSON.stringify(receipt));
  } catch {
    // It still lives as long as the page.
  }
}

export function lastReceipt(): Receipt | null {
  if (last !== null) return last;
  try {
    const text = sessionStorage.getItem(lastKey);
    last = text === null ? null : (JSON.parse(text) as Receipt);
  } catch {
    last = null;
  }
  return last;
}

/** A report that the person asked this phone to remember. */
export interface Remembered {
  readonly number: string;
  readonly code: string;
  readonly title: string;
  readonly at: number;
}

const rememberedKey = 'jingwei.receipts';
const most = 30;

/** What the phone remembers, from its stored text; nothing when that cannot be read. */
export function rememberedFrom(text: string | null): readonly Remembered[] {
  let value: unknown;
  try {
    value = JSON.parse(text ?? '[]');
  } catch {
    return [];
  }
  if (!Array.isArray(value)) return [];
  return value.filter(
    (entry: Partial<Remembered> | null): entry is Remembered =>
      typeof entry?.number === 'string' &&
      typeof entry.code === 'string' &&
      typeof entry.title === 'string' &&
      typeof entry.at === 'number',
  );
}

/** With one more, the newest first, none twice. */
export const withRemembered = (list: readonly Remembered[], entry: Remembered): readonly Remembered[] =>
  [entry, ...list.filter(({ number }) => number !== entry.number)].slice(0, most);

export const rememberedHere = (): readonly Remembered[] => rememberedFrom(kept(rememberedKey));

export const remember = (entry: Remembered): boolean =>
  keep(rememberedKey, JSON.stringify(withRemembered(rememberedHere(), entry)));

export function forgetRemembered(number: string): readonly Remembered[] {
  const list = rememberedHere().filter(entry => entry.number !== number);
  keep(rememberedKey, JSON.stringify(list));
  return list;
}

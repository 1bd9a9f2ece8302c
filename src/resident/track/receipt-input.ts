import { parseCaseNumber } from '../../domain/cases/number.ts';

const plain = (typed: string): string => typed.normalize('NFKC');

/** Digits in what was typed: full-width ones count, spaces and dashes do not matter. */
export const countDigits = (typed: string): number => plain(typed).replaceAll(/\D/g, '').length;

/** What was typed as a query code: six digits with whatever stands between, or null. */
export function parseQueryCode(typed: string): string | null {
  const digits = plain(typed).replaceAll(/[\s-]/g, '');
  return /^\d{6}$/.test(digits) ? digits : null;
}

export interface PastedReceipt {
  readonly number: string;
  readonly code: string;
}

/** Number and code out of a whole copied text such as our own receipt; null when it does not hold both. */
export function parsePasted(text: string): PastedReceipt | null {
  const groups = plain(text)
    .replaceAll(/(\d)[ \t-](?=\d)/g, '$1')
    .split(/\D+/);
  const number = groups.map(parseCaseNumber).find(found => found !== null) ?? null;
  const code = groups.find(group => group.length === 6);
  return number === null || code === undefined ? null : { number, code };
}

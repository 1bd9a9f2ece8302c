import * as z from 'zod/mini';

/** Characters as a person counts them: 𠮷 is one, though JavaScript stores it as two. */
export const countCharacters = (text: string): number => {
  let count = 0;
  for (const _character of text) count++;
  return count;
};

// PostgreSQL text cannot hold U+0000, and a lone surrogate is not valid UTF-8; other control characters only hide things.
const isControl = (code: number): boolean => (code < 32 && code !== 9 && code !== 10 && code !== 13) || code === 127;

/** True when the text can be stored and shown as it is. */
export const isCleanText = (text: string): boolean => {
  if (!text.isWellFormed()) return false;
  for (let i = 0; i < text.length; i++) if (isControl(text.charCodeAt(i))) return false;
  return true;
};

/** A person's words: trimmed, `min` to `max` characters (code points), no control characters. */
export const text = (max: number, min = 1) =>
  z.pipe(
    z.string(),
    z.pipe(
      z.transform((value: string) => value.trim()),
      z.string().check(
        z.refine(isCleanText, { error: 'text.control_characters' }),
        z.refine(value => countCharacters(value) >= min, { error: 'text.too_short' }),
        z.refine(value => countCharacters(value) <= max, { error: 'text.too_long' }),
      ),
    ),
  );

export const id = () => z.uuid();

/** A number in a query string, as programs write numbers; nothing at all is not zero. */
export const queryNumber = (check: z.ZodMiniType<number, number>) =>
  z.pipe(z.pipe(z.string().check(z.regex(/^-?\d{1,20}(\.\d{1,20})?(e[+-]?\d{1,2})?$/i)), z.transform(Number)), check);

/** Instants travel as epoch milliseconds: one form, no parsing, no zone to guess. */
export const instant = () => z.number().check(z.int());

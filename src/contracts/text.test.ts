import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { countCharacters, isCleanText, queryNumber, text } from './text.ts';
import * as z from 'zod/mini';

describe('counting characters', () => {
  test.each([
    ['', 0],
    ['路灯', 2],
    ['𠮷㐂', 2],
    ['👍🏽', 2],
  ])('%s has %i', (words, count) => expect(countCharacters(words)).toBe(count));
});

describe('text that can be stored', () => {
  test.each([['一句话'], ['两行\n第二行\t缩进\r\n'], ['𠮷㐂'], ['👩‍👩‍👧 🀄'], ['العربية'], ['\u{200B}']])('is %j', words =>
    expect(isCleanText(words)).toBe(true),
  );

  test.each([['a\u0000b'], ['\u0007'], ['\u007F'], ['\uD83D'], ['\uDC4D后'], ['\u001B[31m']])('is not %j', words =>
    expect(isCleanText(words)).toBe(false),
  );
});

describe('a text field', () => {
  const field = text(5);

  test('is trimmed first, then counted by characters', () => {
    expect(field.parse('  𠮷𠮷𠮷𠮷𠮷  ')).toBe('𠮷𠮷𠮷𠮷𠮷');
    expect(field.safeParse('𠮷𠮷𠮷𠮷𠮷𠮷').success).toBe(false);
  });

  test.each([
    ['   ', 'text.too_short'],
    ['', 'text.too_short'],
    ['六个字太长了', 'text.too_long'],
    ['a\u0000', 'text.control_characters'],
  ])('refuses %j by name', (words, message) => {
    expect(field.safeParse(words).error?.issues[0]?.message).toBe(message);
  });

  test('never lets through what PostgreSQL cannot hold', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), words => {
        const parsed = text(1000, 0).safeParse(words);
        if (parsed.success) expect(parsed.data.isWellFormed() && !parsed.data.includes('\u0000')).toBe(true);
      }),
      { seed: 2013, numRuns: 500 },
    );
  });
});

describe('a number in a query', () => {
  const field = queryNumber(z.number().check(z.gte(-180), z.lte(180)));
  test.each([['113.68'], ['-0'], ['1e2'], ['180']])('is %s', written =>
    expect(field.safeParse(written).success).toBe(true),
  );
  test.each([[''], [' '], ['180.1'], ['NaN'], ['Infinity'], ['十'], ['1,5'], ['0x10']])('is not %j', written =>
    expect(field.safeParse(written).success).toBe(false),
  );
});

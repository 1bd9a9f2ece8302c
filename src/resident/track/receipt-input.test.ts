import { describe, expect, it } from 'vitest';

import { en } from '../words/en.ts';
import { zh } from '../words/zh-CN.ts';
import { countDigits, parsePasted, parseQueryCode } from './receipt-input.ts';

const number = '4101050012014012100001';

describe('query code', () => {
  it.each([
    ['123456', '123456'],
    [' 123 456 ', '123456'],
    ['１２３４５６', '123456'],
    ['123-456', '123456'],
    ['12345', null],
    ['1234567', null],
    ['12345a', null],
    ['', null],
  ])('%o is %o', (typed, expected) => expect(parseQueryCode(typed)).toBe(expected));
});

it('counts digits, full-width ones too', () => {
  expect(countDigits('410105001 ２０14')).toBe(13);
});

describe('pasting the whole receipt', () => {
  const address = `https://jw.example/r/track?n=${number}`;

  it.each([
    zh.receiptText('410105001 20140121 00001', '123 456', address),
    en.receiptText('410105001 20140121 00001', '123456', address),
    zh.receiptText('410105001 20140121 00001', '１２３４５６', address),
  ])('fills in both from %o', text => expect(parsePasted(text)).toEqual({ number, code: '123456' }));

  it.each(['', '123456', number, '我的编号忘了'])('takes nothing from %o', text =>
    expect(parsePasted(text)).toBeNull(),
  );
});

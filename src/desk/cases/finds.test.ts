import { expect, test } from 'vitest';

import { finds, rankOf } from './finds.ts';

const bin = { find: '0705 垃圾箱满溢 ljxmy' };
const waste = { find: '0701 暴露生活垃圾 blshlj' };

test('an option is found by name, code or initials', () => {
  expect([finds(bin, '满溢'), finds(bin, '0705'), finds(bin, 'LJX '), finds(bin, '路灯')]).toEqual([
    true,
    true,
    true,
    false,
  ]);
  expect(finds(undefined, 'x')).toBe(false);
});

test('what begins with the typed words comes before what contains them', () => {
  expect([rankOf(bin, 'lj'), rankOf(waste, 'lj'), rankOf(waste, '07')]).toEqual([0, 1, 0]);
  expect(rankOf({ options: [waste, bin] }, 'lj')).toBe(0);
});

import { describe, expect, it } from 'vitest';

import { overlaps } from './label-boxes.ts';
import { boxOf } from './map-types.ts';

describe('labels', () => {
  const label = { x: 100, y: 100, width: 60, height: 20 };

  it.each([
    [{ ...label, x: 120 }, true],
    [{ ...label, y: 119 }, true],
    [{ ...label, x: 160 }, false],
    [{ ...label, y: 120 }, false],
  ])('%o beside it: overlaps %s', (other, expected) => {
    expect(overlaps(label, other)).toBe(expected);
    expect(overlaps(other, label)).toBe(expected);
  });
});

it('the box of a ring holds all its points', () => {
  expect(
    boxOf([
      [113.66, 34.77],
      [113.68, 34.76],
      [113.67, 34.79],
    ]),
  ).toEqual([113.66, 34.76, 113.68, 34.79]);
});

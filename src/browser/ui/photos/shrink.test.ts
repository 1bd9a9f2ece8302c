import { expect, it } from 'vitest';

import { fitWithin } from './shrink.ts';

it.each([
  [4000, 3000, 1600, 1200],
  [3000, 4000, 1200, 1600],
  [1600, 900, 1600, 900],
  [640, 480, 640, 480],
  [9000, 2, 1600, 1],
])('%d × %d is sent as %d × %d', (width, height, sentWidth, sentHeight) => {
  expect(fitWithin({ width, height }, 1600)).toEqual({ width: sentWidth, height: sentHeight });
});

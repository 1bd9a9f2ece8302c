import { expect, it } from 'vitest';

import { rememberedFrom, withRemembered } from './receipts.ts';

const entry = { number: '4101050012014012100001', code: '123456', title: '水管爆裂', at: 1 };

it.each([null, '', 'x', '{}', '[null, 3, {"number": 1}]'])('reads %s as nothing remembered', text =>
  expect(rememberedFrom(text)).toEqual([]),
);

it('remembers the newest first, and none twice', () => {
  const older = { ...entry, number: '2', at: 0 };
  const list = withRemembered(withRemembered([older], entry), { ...older, at: 5 });
  expect(list.map(({ number, at }) => [number, at])).toEqual([
    ['2', 5],
    [entry.number, 1],
  ]);
  expect(rememberedFrom(JSON.stringify(list))).toEqual(list);
});

import { expect, test } from 'vitest';

import { boundsOf, labelOf } from './maplibre-style.ts';

test.each([
  ['文联社区第三院落（文联家属院）', '文联社区', '文联家属院'],
  ['文联社区第三院落', '文联社区', '第三院落'],
  ['文联社区', '经八路街道', '文联社区'],
  ['经八路街道', '', '经八路街道'],
])('%s below %s is written %s', (name, parent, label) => {
  expect(labelOf(name, parent)).toBe(label);
});

test('the map opens on the towns served, else on the city', () => {
  const ring: [number, number][] = [
    [113.1, 34.2],
    [113.3, 34.2],
    [113.2, 34.5],
  ];
  const county = { code: '410105', name: '金水区', rings: [ring] };
  const empty = { city: '郑州市', note: null, towns: [], grids: [], streets: [], counties: [] };
  expect(boundsOf({ ...empty, counties: [county] })).toEqual([
    [113.1, 34.2],
    [113.3, 34.5],
  ]);
  expect(boundsOf(empty)).toBeNull();
});

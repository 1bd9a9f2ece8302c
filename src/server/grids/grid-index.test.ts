import fc from 'fast-check';
import pointInPolygon from 'point-in-polygon-hao';
import { describe, expect, it } from 'vitest';
import { distanceToArea, sideOfArea, type Area, type Position } from '../../domain/kernel/geometry.ts';
import { buildGridIndex, type IndexedGrid } from './grid-index.ts';

const town = 'town';

function grid(id: string, ...rings: Position[][]): IndexedGrid {
  return { id, townId: town, boundary: { type: 'Polygon', coordinates: rings } };
}

function box(west: number, south: number, east: number, north: number): Position[] {
  return [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
}

/** Two squares side by side, one above with a hole, one of two parts. */
const grids = [
  grid('c', box(0, 0, 1, 1)),
  grid('b', box(1, 0, 2, 1)),
  grid('a', box(0, 1, 2, 2), box(0.5, 1.25, 1.5, 1.75)),
  {
    id: 'd',
    townId: town,
    boundary: { type: 'MultiPolygon', coordinates: [[box(3, 0, 4, 1)], [box(3, 1.5, 4, 2)]] },
  } satisfies IndexedGrid,
];

describe('buildGridIndex', () => {
  const index = buildGridIndex(grids);
  const idAt = (lng: number, lat: number): string => {
    const found = index.locate(lng, lat);
    return 'gridId' in found ? found.gridId : 'outside';
  };

  it.each([
    ['inside', 0.5, 0.5, 'c'],
    ['inside the next', 1.5, 0.5, 'b'],
    ['on a shared edge: the lowest id', 1, 0.5, 'b'],
    ['on another shared edge', 0.25, 1, 'a'],
    ['where three meet', 1, 1, 'a'],
    ['on the outer edge', 0, 0.5, 'c'],
    ['on the outer corner', 2, 0, 'b'],
    ['in a hole', 1, 1.5, 'outside'],
    ['on the edge of a hole', 0.5, 1.5, 'a'],
    ['in the first part', 3.5, 0.5, 'd'],
    ['in the second part', 3.5, 1.75, 'd'],
    ['between the parts', 3.5, 1.25, 'outside'],
    ['far away', 100, 50, 'outside'],
  ])('%s', (_, lng, lat, id) => expect(idAt(lng, lat)).toBe(id));

  it('offers the nearest grid with the distance to its border', () => {
    const east = index.locate(2.1, 0.5);
    expect(east).toMatchObject({ outside: true, nearest: { gridId: 'b', townId: town } });
    if ('nearest' in east) expect(east.nearest?.metres).toBeCloseTo(11_119, -1);
    expect(index.locate(2.9, 0.5)).toMatchObject({ nearest: { gridId: 'd' } });
    expect(index.locate(-90, 40)).toMatchObject({ nearest: { gridId: 'a' } });
    expect(index.locate(1, 1.5)).toMatchObject({ nearest: { gridId: 'a' } });
  });

  it('finds nothing for what is no place, and among no grids', () => {
    for (const [lng, lat] of [
      [Number.NaN, 1],
      [1, Number.POSITIVE_INFINITY],
      [200, 30],
      [1, 91],
    ] as const)
      expect(index.locate(lng, lat)).toEqual({ outside: true, nearest: null });
    expect(buildGridIndex([]).locate(113, 34)).toEqual({ outside: true, nearest: null });
  });

  it('does not care for the order in which grids come', () => {
    const reversed = buildGridIndex(grids.toReversed());
    for (let lng = -0.5; lng < 4.5; lng += 0.25)
      for (let lat = -0.5; lat < 2.5; lat += 0.25) expect(reversed.locate(lng, lat)).toEqual(index.locate(lng, lat));
  });
});

/** Star-shaped rings around scattered centres: they overlap, leave gaps, and some have many corners. */
const shapes = fc.array(
  fc.record({
    centre: fc.tuple(fc.integer({ min: -20, max: 20 }), fc.integer({ min: -20, max: 20 })),
    radii: fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 3, maxLength: 24 }),
  }),
  { minLength: 1, maxLength: 12 },
);

function star(centre: readonly [number, number], radii: readonly number[]): Position[] {
  const corners = radii.map((radius, index): Position => {
    const angle = (2 * Math.PI * index) / radii.length;
    return [
      113.6 + (centre[0] + radius * Math.cos(angle)) / 1000,
      34.7 + (centre[1] + radius * Math.sin(angle)) / 1000,
    ];
  });
  return [...corners, ...corners.slice(0, 1)];
}

describe('against slow and simple computations', () => {
  it('finds the same grid as asking every one in turn, with another library’s test', () => {
    fc.assert(
      fc.property(
        shapes,
        fc.array(fc.tuple(fc.integer({ min: -40, max: 40 }), fc.integer({ min: -40, max: 40 })), { minLength: 20 }),
        (list, points) => {
          const rings = list.map(({ centre, radii }) => star(centre, radii));
          const index = buildGridIndex(rings.map((ring, rank) => grid(String(rank).padStart(3, '0'), ring)));
          const asked: Position[] = [
            ...points.map(([x, y]): Position => [113.6 + x / 1000, 34.7 + y / 1000]),
            ...rings.flat(),
          ];
          for (const [lng, lat] of asked) {
            const first = rings.findIndex(ring => pointInPolygon([lng, lat], [ring as [number, number][]]) !== false);
            const found = index.locate(lng, lat);
            expect('gridId' in found ? Number(found.gridId) : -1).toBe(first);
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  it('finds the same nearest grid as measuring to every one', () => {
    fc.assert(
      fc.property(
        shapes,
        fc.integer({ min: -3000, max: 3000 }),
        fc.integer({ min: -3000, max: 3000 }),
        (list, x, y) => {
          const areas = list.map(({ centre, radii }): Area => ({
            type: 'Polygon',
            coordinates: [star(centre, radii)],
          }));
          const index = buildGridIndex(areas.map((boundary, rank) => ({ id: String(rank), townId: town, boundary })));
          const point = { lng: 113.6 + x / 1000, lat: 34.7 + y / 1000 };
          const metres = Math.min(...areas.map(area => distanceToArea(point, area)));
          const found = index.locate(point.lng, point.lat);
          if ('outside' in found)
            expect(Math.abs((found.nearest?.metres ?? 0) - metres)).toBeLessThan(metres * 1e-9 + 1e-6);
          else expect(areas.some(area => sideOfArea(point.lng, point.lat, area) !== 'outside')).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });
});

/** The demonstration's map: complete, without gap or overlap, and the same as its script draws. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { drawBoundaries } from '../db/seed/boundaries.ts';
import { seedRandom } from '../db/seed/random.ts';
import { areaSquareMetres, sideOfArea, signedRingArea } from '../src/domain/kernel/geometry.ts';
import type { Polygon, Position, Ring } from '../src/domain/kernel/geometry.ts';
import { checkArea } from '../src/domain/kernel/ring.ts';
import { buildGridIndex } from '../src/server/grids/grid-index.ts';

interface Feature<Geometry, Properties> {
  readonly geometry: Geometry;
  readonly properties: Properties & { readonly note: string };
}

interface Grid {
  readonly code: string;
  readonly level: number;
  readonly parentCode: string | null;
  readonly name: string;
  readonly officialName: string;
  readonly households: number | null;
  readonly address: string;
  readonly label: Position;
}

interface Line {
  readonly type: 'LineString';
  readonly coordinates: readonly Position[];
}

const read = (name: string): string => readFileSync(new URL(`../db/seed/data/${name}`, import.meta.url), 'utf8');
const features = <Geometry, Properties>(name: string): readonly Feature<Geometry, Properties>[] =>
  (JSON.parse(read(name)) as { features: Feature<Geometry, Properties>[] }).features;

const grids = features<Polygon, Grid>('jingbalu.geojson');
const streets = features<Line, { name: string; rank: number }>('jingbalu-streets.geojson');
const counties = features<Polygon, { code: string; name: string }>('zhengzhou-counties.geojson');
const town = grids.filter(({ properties }) => properties.level === 1);
const communities = grids.filter(({ properties }) => properties.level === 2);
const yards = grids.filter(({ properties }) => properties.level === 3);

const outer = ({ geometry }: Feature<Polygon, unknown>): Ring => geometry.coordinates[0] ?? [];

/** How often each directed edge is used, as 'from>to'. */
function edgesOf(list: readonly Feature<Polygon, unknown>[]): Map<string, number> {
  const edges = new Map<string, number>();
  for (const ring of list.map(outer))
    ring.slice(1).forEach((to, index) => {
      const edge = `${String(ring[index])}>${String(to)}`;
      edges.set(edge, (edges.get(edge) ?? 0) + 1);
    });
  return edges;
}

const back = (edge: string): string => edge.split('>').toReversed().join('>');

/** Edges without counterpart: the outline of all faces together. */
const rim = (edges: Map<string, number>): string[] =>
  [...edges.keys()].filter(edge => !edges.has(back(edge))).toSorted();

describe('the demonstration street', () => {
  it('is what its script draws', () => {
    for (const [name, text] of Object.entries(drawBoundaries())) expect(read(name) === text, name).toBe(true);
  });

  it('has 11 communities with five courtyards each, under codes of 15 digits', () => {
    expect([town.length, communities.length, yards.length]).toEqual([1, 11, 55]);
    const known = JSON.parse(read('jingbalu-communities.json')) as { code: string; name: string }[];
    expect(communities.map(({ properties }) => [properties.code, properties.officialName])).toEqual(
      known.map(({ code, name }) => [`${code}000`, name]),
    );
    for (const { properties } of communities) {
      expect(properties.parentCode).toBe('410105001000000');
      expect(properties.name).toMatch(/^..社区$/);
      const own = yards.filter(yard => yard.properties.parentCode === properties.code);
      const serials = own.map(yard => yard.properties.code.slice(12)).toSorted();
      expect(serials).toEqual(['001', '002', '003', '004', '005']);
      for (const yard of own) expect(yard.properties.code.slice(0, 12)).toBe(properties.code.slice(0, 12));
    }
    expect(yards.find(({ properties }) => properties.code === '410105001015003')?.properties.name).toBe(
      '文联社区第三院落（文联家属院）',
    );
  });

  it('describes each courtyard: name, four sides, 300 to 500 households', () => {
    expect(new Set(yards.map(({ properties }) => properties.name)).size).toBe(55);
    for (const { properties } of yards) {
      expect(properties.name).toMatch(/^..社区第[一二三四五]院落（.+）$/);
      expect(properties.address).toMatch(/，东至.+，南至.+，西至.+，北至.+$/);
      expect(properties.households).toBeGreaterThanOrEqual(300);
      expect(properties.households).toBeLessThanOrEqual(500);
    }
  });

  it('says that nothing was surveyed', () => {
    for (const { properties } of [...grids, ...streets, ...counties])
      expect(properties.note).toBe('演示边界数据，非测绘成果');
  });

  it('has simple rings, drawn anticlockwise, with the label inside', () => {
    for (const { geometry, properties } of grids) {
      expect(checkArea(geometry), properties.code).toEqual({ ok: true });
      expect(signedRingArea(geometry.coordinates[0] ?? []), properties.code).toBeGreaterThan(0);
      expect(sideOfArea(properties.label[0], properties.label[1], geometry), properties.code).toBe('inside');
    }
  });
});

describe('coverage', () => {
  it.each([
    ['courtyards', yards],
    ['communities', communities],
  ])('%s use every shared edge once in each direction; what is left is the outline', (_, list) => {
    const edges = edgesOf(list);
    for (const [edge, times] of edges) expect(times, edge).toBe(1);
    expect(rim(edges)).toEqual([...edgesOf(town).keys()].toSorted());
  });

  it('courtyards make up exactly their community', () => {
    for (const community of communities) {
      const own = yards.filter(({ properties }) => properties.parentCode === community.properties.code);
      expect(rim(edgesOf(own))).toEqual([...edgesOf([community]).keys()].toSorted());
    }
  });

  it('areas add up to the outline', () => {
    const whole = areaSquareMetres(town[0]?.geometry ?? { type: 'Polygon', coordinates: [] });
    for (const list of [yards, communities]) {
      const sum = list.reduce((total, { geometry }) => total + areaSquareMetres(geometry), 0);
      expect(Math.abs(sum / whole - 1)).toBeLessThan(1e-9);
    }
    expect(whole / 1e6).toBeGreaterThan(2.5);
    expect(whole / 1e6).toBeLessThan(4.5);
  });

  it('every position of the street lies in exactly one courtyard, and the index finds it', () => {
    const index = buildGridIndex(
      yards.map(({ geometry, properties }) => ({ id: properties.code, townId: 'town', boundary: geometry })),
    );
    const [outline] = town;
    if (outline === undefined) throw new Error('no town');
    const random = seedRandom('coverage test');
    let inside = 0;
    for (let count = 0; count < 5000; count += 1) {
      const [lng, lat] = [113.671 + random() * 0.021, 34.76 + random() * 0.026];
      const owners = yards.filter(({ geometry }) => sideOfArea(lng, lat, geometry) !== 'outside');
      const expected = sideOfArea(lng, lat, outline.geometry) === 'outside' ? 0 : 1;
      expect(owners.length, `${lng},${lat}`).toBe(expected);
      const found = index.locate(lng, lat);
      expect('gridId' in found ? found.gridId : undefined).toBe(owners[0]?.properties.code);
      inside += expected;
    }
    expect(inside).toBeGreaterThan(2000);
  });
});

describe('streets', () => {
  it('are what communities are bounded by', () => {
    const drawn = new Set(
      streets.flatMap(({ geometry: { coordinates } }) =>
        coordinates.slice(1).flatMap((to, index) => {
          const edge = `${String(coordinates[index])}>${String(to)}`;
          return [edge, back(edge)];
        }),
      ),
    );
    expect([...edgesOf(communities).keys()].filter(edge => !drawn.has(edge))).toEqual([]);
  });

  it('have names and three ranks, and the main ones reach beyond the quarter', () => {
    for (const { properties, geometry } of streets) {
      expect(properties.name).toMatch(/(路|街|巷)$/);
      expect([1, 2, 3]).toContain(properties.rank);
      expect(geometry.coordinates.length).toBeGreaterThan(1);
    }
    const lanes = streets.filter(({ properties }) => properties.rank === 3).map(({ properties }) => properties.name);
    expect(new Set(lanes).size).toBe(lanes.length);
    const names = new Set(streets.map(({ properties }) => properties.name));
    for (const name of ['经八路', '纬一路', '文化路', '红旗路', '丰产路', '金水路']) expect(names).toContain(name);
  });
});

describe('the counties of Zhengzhou', () => {
  it('are twelve, each a simple ring', () => {
    expect(counties).toHaveLength(12);
    for (const { geometry, properties } of counties) expect(checkArea(geometry), properties.name).toEqual({ ok: true });
  });

  it('share their borders exactly and never lie over each other', () => {
    const edges = edgesOf(counties);
    for (const [edge, times] of edges) expect(times, edge).toBe(1);
    const random = seedRandom('county test');
    for (let count = 0; count < 2000; count += 1) {
      const [lng, lat] = [112.7 + random() * 1.6, 34.25 + random() * 0.75];
      const owners = counties.filter(({ geometry }) => sideOfArea(lng, lat, geometry) === 'inside');
      expect(owners.length, `${lng},${lat}`).toBeLessThanOrEqual(1);
    }
  });

  it('have the street inside 金水区', () => {
    const county = counties.find(({ properties }) => properties.code === '410105');
    expect(county?.properties.name).toBe('金水区');
    for (const [lng, lat] of town.flatMap(outer))
      expect(county && sideOfArea(lng, lat, county.geometry)).toBe('inside');
  });
});

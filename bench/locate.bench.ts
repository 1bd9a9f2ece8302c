/**
 * Positions found per second on one core among 20,000 grids: `node bench/locate.bench.ts [--json]`. The grids are a mesh with crooked
 * shared borders of 32 corners each, as drawn along streets. The goal is 500,000 a second: every car of a city, every second.
 */
import { parseArgs } from 'node:util';
import pointInPolygon from 'point-in-polygon-hao';
import Flatbush from 'flatbush';
import type { Position, Ring } from '../src/domain/kernel/geometry.ts';
import { uuidV7 } from '../src/domain/kernel/ids.ts';
import { buildGridIndex, type IndexedGrid } from '../src/server/grids/grid-index.ts';

const COLUMNS = 160;
const ROWS = 125;
const STEP = 0.002;
const POSITIONS = 100_000;
const WEST = 113.4;
const SOUTH = 34.6;

/** Mulberry32: the same mesh on every machine. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const next = chance(55);
const crooked = (value: number, by: number): number => value + (next() - 0.5) * by;
const made = new Map<string, Position[]>();

function once(key: string, make: () => Position[]): Position[] {
  const known = made.get(key) ?? make();
  made.set(key, known);
  return known;
}

function corner(column: number, row: number): Position {
  const [position = [0, 0] as const] = once(`${column},${row}`, () => [
    [crooked(WEST + column * STEP, STEP / 5), crooked(SOUTH + row * STEP, STEP / 5)],
  ]);
  return position;
}

/** The seven corners between two crossings; both neighbours get the same ones. */
function border(key: string, [ax, ay]: Position, [bx, by]: Position): Position[] {
  return once(key, () =>
    Array.from({ length: 7 }, (_, index): Position => {
      const part = (index + 1) / 8;
      return [crooked(ax + (bx - ax) * part, STEP / 20), crooked(ay + (by - ay) * part, STEP / 20)];
    }),
  );
}

const across = (column: number, row: number): Position[] =>
  border(`across ${column},${row}`, corner(column, row), corner(column + 1, row));
const up = (column: number, row: number): Position[] =>
  border(`up ${column},${row}`, corner(column, row), corner(column, row + 1));

function ringOf(column: number, row: number): Ring {
  return [
    corner(column, row),
    ...across(column, row),
    corner(column + 1, row),
    ...up(column + 1, row),
    corner(column + 1, row + 1),
    ...across(column, row + 1).toReversed(),
    corner(column, row + 1),
    ...up(column, row).toReversed(),
    corner(column, row),
  ];
}

function makeGrids(): IndexedGrid[] {
  const random = new Uint8Array(10);
  const townId = uuidV7<'town'>(0, random);
  return Array.from({ length: COLUMNS * ROWS }, (_, index) => ({
    id: uuidV7<'grid'>(index, random),
    townId,
    boundary: { type: 'Polygon', coordinates: [ringOf(index % COLUMNS, Math.floor(index / COLUMNS))] },
  }));
}

/** Positions per second, best of four rounds of a second after one to warm up. */
function rate(positions: Float64Array, locate: (lng: number, lat: number) => unknown): number {
  let best = 0;
  for (let round = 0; round < 5; round += 1) {
    const begin = performance.now();
    let calls = 0;
    while (performance.now() - begin < 1000)
      for (let count = 0; count < 1000; count += 1) {
        const at = (calls % POSITIONS) * 2;
        if (locate(positions[at] ?? 0, positions[at + 1] ?? 0) === undefined) throw new Error('no answer');
        calls += 1;
      }
    if (round > 0) best = Math.max(best, calls / ((performance.now() - begin) / 1000));
  }
  return Math.round(best);
}

function randomPositions(margin: number): Float64Array {
  return Float64Array.from({ length: POSITIONS * 2 }, (_, index) =>
    index % 2 === 0
      ? WEST + (next() * (1 + margin) - margin / 2) * COLUMNS * STEP
      : SOUTH + (next() * (1 + margin) - margin / 2) * ROWS * STEP,
  );
}

/** The peer: a box tree with a well-known exact point-in-polygon test, as they come. */
function peer(grids: readonly IndexedGrid[]): (lng: number, lat: number) => unknown {
  const tree = new Flatbush(grids.length);
  const shapes = grids.map(({ boundary }) => boundary.coordinates as [number, number][][]);
  for (const [ring = []] of shapes) {
    const lngs = ring.map(([lng]) => lng);
    const lats = ring.map(([, lat]) => lat);
    tree.add(Math.min(...lngs), Math.min(...lats), Math.max(...lngs), Math.max(...lats));
  }
  tree.finish();
  return (lng, lat) => {
    const found = tree
      .search(lng, lat, lng, lat)
      .filter(index => pointInPolygon([lng, lat], shapes[index] ?? []) !== false);
    return found.length === 0 ? null : Math.min(...found);
  };
}

const grids = makeGrids();
const begin = performance.now();
const index = buildGridIndex(grids);
const buildMs = Math.round(performance.now() - begin);
const inside = randomPositions(0);
const results = {
  inside: rate(inside, index.locate),
  'outside, with the nearest grid': rate(randomPositions(1), index.locate),
  'flatbush + point-in-polygon-hao': rate(inside, peer(grids)),
};
console.log(
  `${index.size.toLocaleString('en')} grids of ${ringOf(0, 0).length - 1} corners indexed in ${buildMs} ms\n`,
);
for (const [name, perSecond] of Object.entries(results))
  console.log(
    `${name.padEnd(34)} ${perSecond.toLocaleString('en').padStart(12)} /s  ${(1e9 / perSecond).toFixed(0).padStart(6)} ns`,
  );
const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } });
if (values.json)
  console.log(
    JSON.stringify({
      bench: 'locate',
      unit: 'positions per second per core',
      goal: 500_000,
      grids: index.size,
      buildMs,
      locatePerSecond: results.inside,
      results,
    }),
  );

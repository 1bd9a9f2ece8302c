/** From half-edges to cells: walking around them, nesting them, labelling them, and joining cells to polygons. */
import { signedRingArea, sideOfRing, type Position, type Ring } from '../kernel/geometry.ts';
import { toDegrees } from './lattice.ts';
import type { Corners } from './noding.ts';

export interface HalfEdges {
  readonly corners: Corners;
  /** Half-edge h runs from[h] → from[h ^ 1]; its twin is h ^ 1. */
  readonly from: readonly number[];
  /** Labels that change across the edge, by half-edge >> 1. */
  readonly changes: readonly (readonly number[])[];
  /** The next half-edge around the cell on the left. */
  readonly next: readonly number[];
}

export interface Cells {
  /** Numbers of the bounded cells. */
  readonly bounded: readonly number[];
  /** The cell on the left of a half-edge; see `isOutside`. */
  readonly cellOf: (half: number) => number;
  /** The outlines that cover a cell, rising. */
  readonly labelsOf: (cell: number) => readonly number[];
  readonly squareMetres: (cell: number) => number;
  readonly firstCorner: (cell: number) => number;
}

const OUTSIDE = -1;

/** True for the unbounded rest of the plane. */
export const isOutside = (cell: number): boolean => cell === OUTSIDE;

/**
 * One closed walk along half-edges with the same cell on their left. A connected component has one walk that runs clockwise:
 * its outer side, which lies in the cell around it.
 */
interface Walk {
  readonly halves: readonly number[];
  /** In lattice units. */
  readonly ring: Ring;
  /** Signed, in square lattice units. */
  readonly area: number;
}

export function positionOf({ x, y }: Corners, corner: number): Position {
  return [toDegrees(x[corner] ?? 0), toDegrees(y[corner] ?? 0)];
}

export function traceCells(graph: HalfEdges): Cells {
  const walks = traceWalks(graph);
  const walkOf = new Array<number>(graph.from.length).fill(0);
  walks.forEach(({ halves }, walk) => halves.forEach(half => (walkOf[half] = walk)));
  const around = findSurroundings(walks, componentsOf(walks, walkOf));
  const cellOfWalk = (walk: number): number => around.get(walk) ?? walk;
  const labels = labelCells(graph, walks, walkOf, around);
  const holes = new Map<number, number>();
  for (const [walk, cell] of around) holes.set(cell, (holes.get(cell) ?? 0) + metresOf(graph, walks[walk]));
  return {
    bounded: [...walks.keys()].filter(walk => !around.has(walk)),
    cellOf: half => cellOfWalk(walkOf[half] ?? 0),
    labelsOf: cell => labels.get(cell) ?? [],
    squareMetres: cell => metresOf(graph, walks[cell]) + (holes.get(cell) ?? 0),
    firstCorner: cell => graph.from[walks[cell]?.halves[0] ?? 0] ?? 0,
  };
}

function metresOf({ corners, from }: HalfEdges, walk: Walk | undefined): number {
  const ring = (walk?.halves ?? []).map(half => positionOf(corners, from[half] ?? 0));
  return signedRingArea([...ring, ...ring.slice(0, 1)]);
}

function traceWalks({ corners, from, next }: HalfEdges): Walk[] {
  const seen = new Uint8Array(from.length);
  const walks: Walk[] = [];
  for (let start = 0; start < from.length; start += 1) {
    if (seen[start] === 1) continue;
    const halves: number[] = [];
    for (let half = start; seen[half] !== 1; half = next[half] ?? start) {
      seen[half] = 1;
      halves.push(half);
    }
    const ring = halves.map((half): Position => [corners.x[from[half] ?? 0] ?? 0, corners.y[from[half] ?? 0] ?? 0]);
    walks.push({ halves, ring: [...ring, ...ring.slice(0, 1)], area: signedArea(ring) });
  }
  return walks;
}

/** Measured from the ring's own first corner, so that small rings keep all their digits. */
function signedArea(ring: Ring): number {
  const [ox, oy] = ring[0] ?? [0, 0];
  let sum = 0;
  ring.forEach(([ax, ay], index) => {
    const [bx, by] = ring[(index + 1) % ring.length] ?? [ox, oy];
    sum += (ax - ox) * (by - oy) - (bx - ox) * (ay - oy);
  });
  return sum / 2;
}

/** For each walk the number of its connected component. */
function componentsOf(walks: readonly Walk[], walkOf: readonly number[]): readonly number[] {
  const component = new Array<number>(walks.length).fill(-1);
  for (let first = 0; first < walks.length; first += 1) {
    if (component[first] !== -1) continue;
    const waiting = [first];
    component[first] = first;
    for (let walk = waiting.pop(); walk !== undefined; walk = waiting.pop())
      for (const half of walks[walk]?.halves ?? []) {
        const other = walkOf[half ^ 1] ?? 0;
        if (component[other] !== -1) continue;
        component[other] = first;
        waiting.push(other);
      }
  }
  return component;
}

/** For the outer side of each component the smallest cell of another component around it. */
function findSurroundings(walks: readonly Walk[], component: readonly number[]): ReadonlyMap<number, number> {
  const outer = [...walks.keys()].filter(walk => (walks[walk]?.area ?? 0) <= 0);
  const around = new Map<number, number>();
  for (const walk of outer) {
    const [px, py] = walks[walk]?.ring[0] ?? [0, 0];
    let best = OUTSIDE;
    if (outer.length > 1)
      walks.forEach(({ ring, area }, candidate) => {
        if (area <= 0 || component[candidate] === component[walk]) return;
        if (best !== OUTSIDE && area >= (walks[best]?.area ?? 0)) return;
        if (sideOfRing(px, py, ring) === 'inside') best = candidate;
      });
    around.set(walk, best);
  }
  return around;
}

/** Crossing an edge changes exactly its labels; components are entered from the cell around them. */
function labelCells(
  { changes }: HalfEdges,
  walks: readonly Walk[],
  walkOf: readonly number[],
  around: ReadonlyMap<number, number>,
): ReadonlyMap<number, readonly number[]> {
  const labels = new Map<number, readonly number[]>([[OUTSIDE, []]]);
  let waiting = [...around];
  while (waiting.length > 0) {
    const later: typeof waiting = [];
    for (const [outer, cell] of waiting) {
      const known = labels.get(cell);
      if (known === undefined) later.push([outer, cell]);
      else spread(outer, known);
    }
    if (later.length === waiting.length) throw new Error('cells lie in each other');
    waiting = later;
  }
  return labels;

  function spread(outer: number, surrounding: readonly number[]): void {
    const found = new Map([[outer, surrounding]]);
    const open = [outer];
    for (let walk = open.pop(); walk !== undefined; walk = open.pop())
      for (const half of walks[walk]?.halves ?? []) {
        const other = walkOf[half ^ 1] ?? 0;
        if (found.has(other)) continue;
        found.set(other, toggle(found.get(walk) ?? [], changes[half >> 1] ?? []));
        open.push(other);
      }
    for (const [walk, own] of found) if (!around.has(walk)) labels.set(walk, own);
  }
}

function toggle(labels: readonly number[], changes: readonly number[]): readonly number[] {
  if (changes.length === 0) return labels;
  const next = new Set(labels);
  for (const label of changes) if (!next.delete(label)) next.add(label);
  return [...next].toSorted((a, b) => a - b);
}

/** Joins half-edges that have the polygon on their left: outer rings anticlockwise, holes clockwise, none touches itself. */
export function polygonsFrom({ corners, from, next }: HalfEdges, border: readonly number[]): (readonly Ring[])[] {
  const wanted = new Set(border);
  const rings: Ring[] = [];
  for (const start of border) {
    if (!wanted.has(start)) continue;
    const path: number[] = [];
    const placeOf = new Map<number, number>();
    for (let half = start; ; half = following(half)) {
      wanted.delete(half);
      placeOf.set(from[half] ?? 0, path.length);
      path.push(half);
      const place = placeOf.get(from[half ^ 1] ?? 0);
      if (place === undefined) continue;
      // Back at a corner that was passed: what lies between is a ring of its own.
      const loop = path.splice(place);
      for (const passed of loop) placeOf.delete(from[passed] ?? 0);
      rings.push(closeRing(loop));
      if (path.length === 0) break;
    }
  }
  return nest(rings);

  /** The next half-edge of the border, turning as far to the left as there is one. */
  function following(half: number): number {
    let candidate = next[half] ?? half;
    while (!wanted.has(candidate)) candidate = next[candidate ^ 1] ?? half;
    return candidate;
  }

  function closeRing(halves: readonly number[]): Ring {
    const ring = halves.map(half => positionOf(corners, from[half] ?? 0));
    return [...ring, ...ring.slice(0, 1)];
  }
}

function nest(rings: readonly Ring[]): (readonly Ring[])[] {
  const outers = rings
    .map(ring => ({ ring, area: signedRingArea(ring) }))
    .filter(({ area }) => area > 0)
    .toSorted((a, b) => a.area - b.area);
  const polygons = outers.map(({ ring }): Ring[] => [ring]);
  for (const ring of rings) {
    if (signedRingArea(ring) > 0) continue;
    const own = outers.findIndex(({ ring: outer }) => liesIn(ring, outer));
    polygons[own]?.push(ring);
  }
  return polygons;
}

/** A hole may touch its outer ring in corners, so the first corner that is not on it decides. */
function liesIn(hole: Ring, outer: Ring): boolean {
  for (const [lng, lat] of hole) {
    const side = sideOfRing(lng, lat, outer);
    if (side !== 'boundary') return side === 'inside';
  }
  return true;
}

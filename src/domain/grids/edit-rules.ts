/** What every change of borders must leave true, whichever operation made it. */
import { distanceToArea, squaredDistance, type Position, type Ring } from '../kernel/geometry.ts';
import { accept, refuse, type Decision } from '../kernel/decision.ts';
import { orientation } from '../kernel/orientation.ts';
import { checkArea, segmentsMeet } from '../kernel/ring.ts';
import {
  boxOf,
  boxesMeet,
  cornerKey,
  edgeKey,
  isSameCorner,
  METRES_PER_DEGREE,
  onLattice,
  type Box,
} from './lattice.ts';
import {
  leavesNear,
  polygonOf,
  squareMetresOf,
  withChange,
  type Change,
  type Division,
  type Grid,
} from './division.ts';

export type EditRefusal =
  | 'grids.unknown_grid'
  | 'grids.not_a_leaf'
  | 'grids.line_misses'
  | 'grids.line_cuts_many'
  | 'grids.piece_too_small'
  | 'grids.cuts_apart'
  | 'grids.swallows'
  | 'grids.not_neighbours'
  | 'grids.other_parent'
  | 'grids.no_such_corner'
  | 'grids.corner_needed'
  | 'grids.town_border'
  | 'grids.would_cross'
  | 'grids.already_there'
  | 'grids.nothing_changes'
  | 'grids.codes_used_up'
  | 'grids.too_deep';

export type Edit = Decision<{ readonly change: Change }, EditRefusal>;

/** A grid smaller than this is a slip of the hand, square metres. */
export const SMALLEST_GRID = 10;
/** A corner of the town's border may slide along it; it counts as on it within so many metres. */
const ON_BORDER_METRES = 0.02;

interface EdgeOf {
  readonly a: Position;
  readonly b: Position;
  readonly gridId: string;
}

function edgesOf(grid: Grid): EdgeOf[] {
  return grid.rings.flatMap(ring =>
    ring.slice(1).flatMap((b, index) => {
      const a = ring[index];
      return a === undefined ? [] : [{ a, b, gridId: grid.id }];
    }),
  );
}

/**
 * Accepts a change of leaves when every changed ring is simple and no changed edge meets any other edge but in a shared
 * corner. A clean coverage before is then a clean coverage after, as long as the corners moved together.
 */
export function acceptBorders(division: Division, change: Change): Edit {
  const changed = [...change.values()].filter(grid => grid !== null);
  for (const grid of changed) {
    if (!checkArea(polygonOf(grid.rings)).ok) return refuse('grids.would_cross', { name: grid.name });
    if (squareMetresOf(grid.rings) < SMALLEST_GRID) return refuse('grids.piece_too_small', { name: grid.name });
  }
  const after = withChange(division, change);
  const fresh = changed.flatMap(grid => {
    const old = division.get(grid.id);
    const known = new Set(old === undefined ? [] : edgesOf(old).map(({ a, b }) => edgeKey(a, b)));
    return edgesOf(grid).filter(({ a, b }) => !known.has(edgeKey(a, b)));
  });
  if (fresh.length === 0) return accept({ change });
  const box = boxOf(fresh.flatMap(({ a, b }) => [a, b]));
  const others = leavesNear(after, box)
    .flatMap(edgesOf)
    .filter(({ a, b }) => boxesMeet(boxOf([a, b]), box));
  for (const edge of fresh) {
    const other = others.find(candidate => meetsWrongly(edge, candidate));
    if (other !== undefined) return refuse('grids.would_cross', { name: after.get(other.gridId)?.name ?? '' });
  }
  return accept({ change });
}

function meetsWrongly(one: EdgeOf, two: EdgeOf): boolean {
  const [aa, ab] = [isSameCorner(one.a, two.a), isSameCorner(one.a, two.b)];
  const [ba, bb] = [isSameCorner(one.b, two.a), isSameCorner(one.b, two.b)];
  if ((aa && bb) || (ab && ba)) return false;
  if (!(aa || ab || ba || bb)) return segmentsMeet(one.a, one.b, two.a, two.b);
  const shared = aa || ab ? one.a : one.b;
  const [p, q] = [aa || ab ? one.b : one.a, aa || ba ? two.b : two.a];
  if (orientation(shared[0], shared[1], p[0], p[1], q[0], q[1]) !== 0) return false;
  return (p[0] - shared[0]) * (q[0] - shared[0]) + (p[1] - shared[1]) * (q[1] - shared[1]) > 0;
}

/** Metres from a position to a segment, flat around the position. */
export function metresToSegment(at: Position, a: Position, b: Position): number {
  const perLng = METRES_PER_DEGREE * Math.cos((at[1] * Math.PI) / 180);
  return Math.sqrt(
    squaredDistance(
      (a[0] - at[0]) * perLng,
      (a[1] - at[1]) * METRES_PER_DEGREE,
      (b[0] - at[0]) * perLng,
      (b[1] - at[1]) * METRES_PER_DEGREE,
    ),
  );
}

export const metresToRing = ([lng, lat]: Position, ring: Ring): number =>
  Math.min(...ring.slice(1).map((b, index) => metresToSegment([lng, lat], ring[index] ?? b, b)));

/** The leaves around a corner, and the corners next to it along their borders. */
export interface CornerFacts {
  readonly leaves: readonly Grid[];
  /** Corner key → corner. */
  readonly next: ReadonlyMap<string, Position>;
  /** The two corners next to it along the town's border, when it lies there. */
  readonly outer: readonly Position[];
}

export function factsOfCorner(division: Division, corner: Position): CornerFacts {
  const box: Box = boxOf([corner]);
  const key = cornerKey(corner);
  const next = new Map<string, Position>();
  const uses = new Map<string, number>();
  const leaves = leavesNear(division, box).filter(grid => {
    let found = false;
    for (const { a, b } of edgesOf(grid)) {
      const other = cornerKey(a) === key ? b : cornerKey(b) === key ? a : undefined;
      if (other === undefined) continue;
      found = true;
      next.set(cornerKey(other), other);
      uses.set(cornerKey(other), (uses.get(cornerKey(other)) ?? 0) + 1);
    }
    return found;
  });
  const outer = [...next].filter(([other]) => uses.get(other) === 1).map(([, other]) => other);
  return { leaves, next, outer };
}

/** May a corner of the town's border stand here? Only along the straight border that it lies in. */
export function staysOnBorder(facts: CornerFacts, from: Position, to: Position): boolean {
  const [a, b] = facts.outer;
  if (a === undefined) return true;
  if (b === undefined || facts.outer.length !== 2) return false;
  return metresToSegment(from, a, b) <= ON_BORDER_METRES && metresToSegment(to, a, b) <= ON_BORDER_METRES;
}

/**
 * Drawn positions caught by what is there: by a corner within reach, else by the nearest place of a border.
 * @param metres 0 switches it off; the positions are then only put on the lattice.
 */
export function snapTo(division: Division, positions: readonly Position[], metres: number): Position[] {
  if (metres <= 0) return positions.map(onLattice);
  const margin = metres / METRES_PER_DEGREE / 0.5;
  const { west, south, east, north } = boxOf(positions);
  const leaves = leavesNear(division, {
    west: west - margin,
    south: south - margin,
    east: east + margin,
    north: north + margin,
  });
  return positions.map(position => {
    const near = leaves.filter(
      grid => distanceToArea({ lng: position[0], lat: position[1] }, polygonOf(grid.rings)) <= metres,
    );
    const edges = near.flatMap(edgesOf);
    const corner = nearestOf(edges.map(({ a }) => ({ at: a, metres: metresToSegment(position, a, a) })));
    if (corner !== undefined && corner.metres <= metres) return onLattice(corner.at);
    const edge = nearestOf(edges.map(({ a, b }) => ({ at: a, b, metres: metresToSegment(position, a, b) })));
    return onLattice(edge !== undefined && edge.metres <= metres ? nearestOn(position, edge.at, edge.b) : position);
  });
}

function nearestOf<Candidate extends { readonly metres: number }>(all: readonly Candidate[]): Candidate | undefined {
  return all.reduce<Candidate | undefined>(
    (best, one) => (best === undefined || one.metres < best.metres ? one : best),
    undefined,
  );
}

function nearestOn(at: Position, a: Position, b: Position): Position {
  const shrink = Math.cos((at[1] * Math.PI) / 180);
  const [dx, dy] = [(b[0] - a[0]) * shrink, b[1] - a[1]];
  const length = dx * dx + dy * dy;
  const share = length === 0 ? 0 : ((at[0] - a[0]) * shrink * dx + (at[1] - a[1]) * dy) / length;
  const along = Math.max(0, Math.min(1, share));
  return [a[0] + along * (b[0] - a[0]), a[1] + along * (b[1] - a[1])];
}

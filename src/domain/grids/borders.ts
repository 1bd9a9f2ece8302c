/** Operations on the borders that grids share: corners move, come and go, and all neighbours follow. */
import { refuse } from '../kernel/decision.ts';
import { isLngLat, type Position, type Ring } from '../kernel/geometry.ts';
import { insertCorners, leavesOf, type Change, type Division, type Grid } from './division.ts';
import { acceptBorders, factsOfCorner, metresToSegment, staysOnBorder, type Edit } from './edit-rules.ts';
import { cornerKey, edgeKey, isSameCorner, onLattice } from './lattice.ts';
import type { Rings } from './arrangement.ts';

/** Moves corners together; an edge is moved by moving both its ends. */
export interface Move {
  readonly kind: 'move';
  readonly moves: readonly { readonly from: Position; readonly to: Position }[];
}

/** A new corner on the edge from a to b. */
export interface InsertCorner {
  readonly kind: 'insert_corner';
  readonly a: Position;
  readonly b: Position;
  readonly at: Position;
}

export interface DeleteCorner {
  readonly kind: 'delete_corner';
  readonly at: Position;
}

/** Drops corners that lie within so many metres of the line without them; where grids meet, and at the town's border, all stay. */
export interface Simplify {
  readonly kind: 'simplify';
  readonly gridIds: readonly string[];
  readonly metres: number;
}

export function move(division: Division, { moves }: Move): Edit {
  const targets = new Map<string, Position>();
  const affected = new Map<string, Grid>();
  for (const { from, to } of moves) {
    if (!isLngLat(to[0], to[1])) return refuse('grids.would_cross', { name: '' });
    const facts = factsOfCorner(division, from);
    if (facts.leaves.length === 0) return refuse('grids.no_such_corner');
    if (!staysOnBorder(facts, from, to)) return refuse('grids.town_border');
    targets.set(cornerKey(from), onLattice(to));
    for (const grid of facts.leaves) affected.set(grid.id, grid);
  }
  const change: Change = new Map(
    [...affected.values()].map(grid => [
      grid.id,
      { ...grid, rings: mapCorners(grid.rings, corner => targets.get(cornerKey(corner)) ?? corner) },
    ]),
  );
  return acceptBorders(division, change);
}

function mapCorners(rings: Rings, map: (corner: Position) => Position): Rings {
  return rings.map(ring => ring.map(map));
}

export function insertCorner(division: Division, { a, b, at }: InsertCorner): Edit {
  const corner = onLattice(at);
  if (isSameCorner(corner, a) || isSameCorner(corner, b)) return refuse('grids.nothing_changes');
  const insertions = new Map([[edgeKey(a, b), [corner]]]);
  const change = new Map<string, Grid | null>();
  for (const grid of leavesOf(division)) {
    const rings = insertCorners(grid.rings, insertions);
    if (rings !== grid.rings) change.set(grid.id, { ...grid, rings });
  }
  if (change.size === 0) return refuse('grids.no_such_corner');
  if (change.size === 1 && metresToSegment(corner, a, b) > 0.02) return refuse('grids.town_border');
  return acceptBorders(division, change);
}

export function deleteCorner(division: Division, { at }: DeleteCorner): Edit {
  const facts = factsOfCorner(division, at);
  if (facts.leaves.length === 0) return refuse('grids.no_such_corner');
  const [a, b] = [...facts.next.values()];
  if (facts.next.size !== 2 || a === undefined || b === undefined) return refuse('grids.corner_needed');
  if (facts.outer.length > 0 && metresToSegment(at, a, b) > 0.02) return refuse('grids.town_border');
  return acceptBorders(division, withoutCorners(facts.leaves, new Set([cornerKey(at)])));
}

function withoutCorners(grids: readonly Grid[], gone: ReadonlySet<string>): Change {
  const change = new Map<string, Grid | null>();
  for (const grid of grids) {
    const rings = grid.rings.map((ring): Ring => {
      const corners = ring.slice(1).filter(corner => !gone.has(cornerKey(corner)));
      return [...corners.slice(-1), ...corners];
    });
    if (rings.some((ring, index) => ring.length !== grid.rings[index]?.length)) change.set(grid.id, { ...grid, rings });
  }
  return change;
}

export function simplify(division: Division, { gridIds, metres }: Simplify): Edit {
  const leaves = leavesOf(division);
  const fixed = fixedCorners(leaves);
  const gone = new Set<string>();
  for (const grid of leaves.filter(({ id }) => gridIds.includes(id)))
    for (const ring of grid.rings) for (const arc of arcsOf(ring, fixed)) thin(arc, metres, gone);
  if (gone.size === 0) return refuse('grids.nothing_changes');
  return acceptBorders(division, withoutCorners(leaves, gone));
}

/** Corners where three borders meet, and all along the town's border. */
function fixedCorners(leaves: readonly Grid[]): ReadonlySet<string> {
  const uses = new Map<string, number>();
  const next = new Map<string, Set<string>>();
  const join = (a: string, b: string): void => {
    const known = next.get(a);
    if (known === undefined) next.set(a, new Set([b]));
    else known.add(b);
  };
  for (const { rings } of leaves)
    for (const ring of rings)
      ring.slice(1).forEach((b, index) => {
        const a = ring[index] ?? b;
        uses.set(edgeKey(a, b), (uses.get(edgeKey(a, b)) ?? 0) + 1);
        join(cornerKey(a), cornerKey(b));
        join(cornerKey(b), cornerKey(a));
      });
  const fixed = new Set([...next].filter(([, others]) => others.size !== 2).map(([corner]) => corner));
  for (const [edge, count] of uses) if (count === 1) for (const corner of edge.split(';')) fixed.add(corner);
  return fixed;
}

/** The ring cut at fixed corners; each piece runs the same way whichever neighbour it was taken from. */
function arcsOf(ring: Ring, fixed: ReadonlySet<string>): Position[][] {
  const open = ring.slice(1);
  const isFixed = (corner: Position): boolean => fixed.has(cornerKey(corner));
  const byPlace = open.toSorted((a, b) => a[0] - b[0] || a[1] - b[1]);
  const [west, east] = [byPlace[0], byPlace.at(-1)];
  // An island has no fixed corner: its most western and eastern ones stay.
  const stays = (corner: Position): boolean =>
    isFixed(corner) || (!open.some(isFixed) && (corner === west || corner === east));
  const start = open.findIndex(stays);
  const turned = [...open.slice(start), ...open.slice(0, start + 1)];
  const arcs: Position[][] = [];
  let arc: Position[] = [];
  for (const corner of turned) {
    arc.push(corner);
    if (arc.length > 1 && stays(corner)) {
      arcs.push(cornerKey(arc[0] ?? corner) < cornerKey(corner) ? arc : arc.toReversed());
      arc = [corner];
    }
  }
  return arcs;
}

/** Douglas and Peucker: keeps the farthest corner and looks again on both sides of it. */
function thin(arc: readonly Position[], metres: number, gone: Set<string>): void {
  const [a, b] = [arc[0], arc.at(-1)];
  if (a === undefined || b === undefined || arc.length < 3) return;
  let far = { index: 0, metres: -1 };
  for (let index = 1; index < arc.length - 1; index += 1) {
    const distance = metresToSegment(arc[index] ?? a, a, b);
    if (distance > far.metres) far = { index, metres: distance };
  }
  if (far.metres <= metres && !isSameCorner(a, b)) {
    for (const corner of arc.slice(1, -1)) gone.add(cornerKey(corner));
    return;
  }
  thin(arc.slice(0, far.index + 1), metres, gone);
  thin(arc.slice(far.index), metres, gone);
}

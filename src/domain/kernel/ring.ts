/** Is a drawn boundary a boundary? Checked before anything is stored, so that locating never has to doubt. */
import { accept, refuse, type Decision } from './decision.ts';
import { isLngLat, polygonsOf, sideOfRing, type Area, type Position, type Ring } from './geometry.ts';
import { orientation } from './orientation.ts';

export type RingRefusal =
  | 'geometry.empty'
  | 'geometry.bad_position'
  | 'geometry.ring_open'
  | 'geometry.ring_short'
  | 'geometry.ring_repeats'
  | 'geometry.ring_crosses'
  | 'geometry.hole_outside';

/** Every ring is simple, and every hole lies in the outer ring of its polygon. `ring` in the details counts all rings from 0. */
export function checkArea(area: Area): Decision<object, RingRefusal> {
  let ring = 0;
  const polygons = polygonsOf(area);
  if (polygons.length === 0) return refuse('geometry.empty');
  for (const [outer, ...holes] of polygons) {
    if (outer === undefined) return refuse('geometry.empty');
    for (const candidate of [outer, ...holes]) {
      const checked = checkRing(candidate);
      if (!checked.ok) return refuse(checked.refused, { ...checked.details, ring });
      ring += 1;
    }
    for (const hole of holes) if (!liesIn(hole, outer)) return refuse('geometry.hole_outside');
  }
  return accept({});
}

/**
 * A ring is good when it is closed, has at least three corners, repeats no position and neither crosses nor touches itself.
 * Exact, whatever the size; 10,000 positions take about 50 ms. `at` in the details is the index of the first offending position.
 */
export function checkRing(ring: Ring): Decision<object, RingRefusal> {
  const bad = ring.findIndex(([lng, lat]) => !isLngLat(lng, lat));
  if (bad >= 0) return refuse('geometry.bad_position', { at: bad });
  if (ring.length < 4) return refuse('geometry.ring_short');
  const [first, last] = [ring[0], ring.at(-1)];
  if (first === undefined || last === undefined || !isSame(first, last)) return refuse('geometry.ring_open');
  for (let index = 1; index < ring.length; index += 1)
    if (isSame(ring[index - 1] ?? first, ring[index] ?? first)) return refuse('geometry.ring_repeats', { at: index });
  const crossing = findCrossing(ring);
  return crossing === undefined ? accept({}) : refuse('geometry.ring_crosses', { at: crossing });
}

interface Edge {
  readonly index: number;
  readonly a: Position;
  readonly b: Position;
  readonly minLng: number;
  readonly maxLng: number;
}

/** Sorted from west to east, an edge only meets those that begin before it ends. */
function findCrossing(ring: Ring): number | undefined {
  const edges = edgesOf(ring).toSorted((one, two) => one.minLng - two.minLng);
  let found: number | undefined;
  edges.forEach((edge, rank) => {
    for (let next = rank + 1; next < edges.length; next += 1) {
      const other = edges[next];
      if (other === undefined || other.minLng > edge.maxLng) break;
      if (!meetWrongly(edge, other, edges.length)) continue;
      const at = Math.min(edge.index, other.index);
      found = found === undefined ? at : Math.min(found, at);
    }
  });
  return found;
}

function edgesOf(ring: Ring): Edge[] {
  return ring.slice(1).flatMap((b, index) => {
    const a = ring[index];
    return a === undefined ? [] : [{ index, a, b, minLng: Math.min(a[0], b[0]), maxLng: Math.max(a[0], b[0]) }];
  });
}

/** Neighbours may share their corner and nothing else; all others may share nothing. */
function meetWrongly(one: Edge, two: Edge, count: number): boolean {
  const step = Math.abs(one.index - two.index);
  if (step !== 1 && step !== count - 1) return segmentsMeet(one.a, one.b, two.a, two.b);
  const [before, after] = isSame(one.b, two.a) ? [one, two] : [two, one];
  const turn = orientation(before.a[0], before.a[1], before.b[0], before.b[1], after.b[0], after.b[1]);
  if (turn !== 0) return false;
  const along =
    (before.b[0] - before.a[0]) * (after.b[0] - after.a[0]) + (before.b[1] - before.a[1]) * (after.b[1] - after.a[1]);
  return along < 0;
}

/** True when two segments have any point in common, ends included. */
export function segmentsMeet(a: Position, b: Position, c: Position, d: Position): boolean {
  if (Math.max(a[1], b[1]) < Math.min(c[1], d[1]) || Math.max(c[1], d[1]) < Math.min(a[1], b[1])) return false;
  if (Math.max(a[0], b[0]) < Math.min(c[0], d[0]) || Math.max(c[0], d[0]) < Math.min(a[0], b[0])) return false;
  const c1 = Math.sign(orientation(a[0], a[1], b[0], b[1], c[0], c[1]));
  const d1 = Math.sign(orientation(a[0], a[1], b[0], b[1], d[0], d[1]));
  const a1 = Math.sign(orientation(c[0], c[1], d[0], d[1], a[0], a[1]));
  const b1 = Math.sign(orientation(c[0], c[1], d[0], d[1], b[0], b[1]));
  // The boxes overlap, so collinear segments meet.
  return c1 * d1 <= 0 && a1 * b1 <= 0;
}

function liesIn(hole: Ring, outer: Ring): boolean {
  const edges = edgesOf(outer);
  return (
    hole.every(([lng, lat]) => sideOfRing(lng, lat, outer) === 'inside') &&
    edgesOf(hole).every(edge => edges.every(other => !segmentsMeet(edge.a, edge.b, other.a, other.b)))
  );
}

function isSame(a: Position, b: Position): boolean {
  return a[0] === b[0] && a[1] === b[1];
}

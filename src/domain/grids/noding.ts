/**
 * Cuts segments where they meet, so that afterwards two of them share an end or nothing. Snap rounding on the lattice
 * (J. Hobby, "Practical segment intersection with finite precision output", 1999), repeated until nothing moves any more.
 */
import { squaredDistance, type Position } from '../kernel/geometry.ts';
import { orientation } from '../kernel/orientation.ts';
import { METRES_PER_UNIT } from './lattice.ts';

/** Corners in lattice units. Grows while segments are cut. */
export interface Corners {
  readonly x: number[];
  readonly y: number[];
  readonly known: Map<string, number>;
}

export interface Segment {
  readonly from: number;
  readonly to: number;
  readonly label: number;
  /** Which of the given segments it is a part of. */
  readonly origin: number;
}

export function cornerAt(corners: Corners, x: number, y: number): number {
  const key = `${x},${y}`;
  const known = corners.known.get(key);
  if (known !== undefined) return known;
  corners.known.set(key, corners.x.length);
  corners.x.push(x);
  corners.y.push(y);
  return corners.x.length - 1;
}

/** Snapping settles in three or four rounds; more than this would be an endless loop. */
const MOST_ROUNDS = 24;

/**
 * @param metres corners nearer to each other, or to a segment, become one: 0 for clean drawings, 0.5 for a file from elsewhere.
 */
export function nodeSegments(corners: Corners, given: readonly Segment[], metres: number): Segment[] {
  const shrink = Math.cos((((corners.y[0] ?? 0) / 1e8) * Math.PI) / 180);
  const reach = Math.max(1, metres / METRES_PER_UNIT);
  let segments = metres > 0 ? mergeCorners(corners, given, reach, shrink) : [...given];
  /** Only segments that the last round made can meet others in a new way. */
  let fresh = segments.map(() => true);
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const cuts = findCuts(corners, segments, fresh, round === 0 ? reach : 1, shrink);
    if (cuts.size === 0) return segments;
    const parts = segments.map((segment, index) => cutSegment(corners, segment, cuts.get(index)));
    fresh = parts.flatMap(own => own.map(() => own.length > 1));
    segments = parts.flat();
  }
  return segments;
}

/** Each corner moves onto the first one given within reach. */
function mergeCorners(corners: Corners, segments: readonly Segment[], reach: number, shrink: number): Segment[] {
  const { x, y } = corners;
  const cells = new Map<string, number[]>();
  const target = x.map((cornerX, corner) => {
    const cornerY = y[corner] ?? 0;
    const [column, row] = [Math.floor((cornerX * shrink) / reach), Math.floor(cornerY / reach)];
    for (let c = column - 1; c <= column + 1; c += 1)
      for (let r = row - 1; r <= row + 1; r += 1)
        for (const other of cells.get(`${c},${r}`) ?? [])
          if (Math.hypot(((x[other] ?? 0) - cornerX) * shrink, (y[other] ?? 0) - cornerY) <= reach) return other;
    const key = `${column},${row}`;
    const cell = cells.get(key);
    if (cell === undefined) cells.set(key, [corner]);
    else cell.push(corner);
    return corner;
  });
  return segments.flatMap(segment => {
    const [from, to] = [target[segment.from] ?? segment.from, target[segment.to] ?? segment.to];
    return from === to ? [] : [{ ...segment, from, to }];
  });
}

function cutSegment(corners: Corners, segment: Segment, cuts: Set<number> | undefined): Segment[] {
  if (cuts === undefined) return [segment];
  const { x, y } = corners;
  const along = (corner: number): number =>
    ((x[corner] ?? 0) - (x[segment.from] ?? 0)) * ((x[segment.to] ?? 0) - (x[segment.from] ?? 0)) +
    ((y[corner] ?? 0) - (y[segment.from] ?? 0)) * ((y[segment.to] ?? 0) - (y[segment.from] ?? 0));
  const stops = [segment.from, ...[...cuts].toSorted((a, b) => along(a) - along(b)), segment.to];
  return stops
    .slice(1)
    .flatMap((to, index) => (stops[index] === to ? [] : [{ ...segment, from: stops[index] ?? to, to }]));
}

/** For each segment by its index the corners at which it must be cut. */
function findCuts(
  corners: Corners,
  segments: readonly Segment[],
  fresh: readonly boolean[],
  reach: number,
  shrink: number,
): Map<number, Set<number>> {
  const { x, y } = corners;
  const cuts = new Map<number, Set<number>>();
  const cut = (index: number, corner: number): void => {
    const segment = segments[index];
    if (segment === undefined || segment.from === corner || segment.to === corner) return;
    const own = cuts.get(index);
    if (own === undefined) cuts.set(index, new Set([corner]));
    else own.add(corner);
  };
  for (const cell of chequer(corners, segments, reach / shrink))
    for (let one = 1; one < cell.length; one += 1)
      for (let two = 0; two < one; two += 1)
        if (fresh[cell[one] ?? 0] === true || fresh[cell[two] ?? 0] === true) meet(cell[one] ?? 0, cell[two] ?? 0);
  return cuts;

  function meet(one: number, two: number): void {
    const [s, t] = [segments[one], segments[two]];
    if (s === undefined || t === undefined) return;
    const [ay, by, cy, dy] = [y[s.from] ?? 0, y[s.to] ?? 0, y[t.from] ?? 0, y[t.to] ?? 0];
    if (Math.min(ay, by) > Math.max(cy, dy) + reach || Math.min(cy, dy) > Math.max(ay, by) + reach) return;
    if ((s.from === t.from && s.to === t.to) || (s.from === t.to && s.to === t.from)) return;
    let touched = false;
    for (const corner of [t.from, t.to]) touched = touch(one, s, corner) || touched;
    for (const corner of [s.from, s.to]) touched = touch(two, t, corner) || touched;
    if (touched || s.from === t.from || s.from === t.to || s.to === t.from || s.to === t.to) return;
    const crossing = crossingOf(point(s.from), point(s.to), point(t.from), point(t.to));
    if (crossing === undefined) return;
    const corner = cornerAt(corners, Math.round(crossing[0]), Math.round(crossing[1]));
    cut(one, corner);
    cut(two, corner);
  }

  function point(corner: number): Position {
    return [x[corner] ?? 0, y[corner] ?? 0];
  }

  /** A corner that lies on a segment, or so near that rounding may put it on the wrong side, cuts it. */
  function touch(index: number, segment: Segment, corner: number): boolean {
    if (segment.from === corner || segment.to === corner) return false;
    const [px, py] = point(corner);
    const [ax, ay] = point(segment.from);
    const [bx, by] = point(segment.to);
    const near = squaredDistance((ax - px) * shrink, ay - py, (bx - px) * shrink, by - py);
    if (near > reach * reach) return false;
    const along = (px - ax) * (bx - ax) * shrink * shrink + (py - ay) * (by - ay);
    const length = ((bx - ax) * shrink) ** 2 + (by - ay) ** 2;
    if (along <= 0 || along >= length) return false;
    cut(index, corner);
    return true;
  }
}

/** Where two segments cross in their insides; undefined when they do not. */
function crossingOf(a: Position, b: Position, c: Position, d: Position): Position | undefined {
  const c1 = orientation(a[0], a[1], b[0], b[1], c[0], c[1]);
  const d1 = orientation(a[0], a[1], b[0], b[1], d[0], d[1]);
  const a1 = orientation(c[0], c[1], d[0], d[1], a[0], a[1]);
  const b1 = orientation(c[0], c[1], d[0], d[1], b[0], b[1]);
  if (Math.sign(c1) * Math.sign(d1) >= 0 || Math.sign(a1) * Math.sign(b1) >= 0) return undefined;
  const share = c1 / (c1 - d1);
  return [c[0] + share * (d[0] - c[0]), c[1] + share * (d[1] - c[1])];
}

/** Segments by the squares of a chequered plane that they may touch, squares as large as two segments are long on average. */
function chequer({ x, y }: Corners, segments: readonly Segment[], reach: number): Iterable<readonly number[]> {
  const end = ({ from, to }: Segment): readonly [number, number, number, number] => [
    x[from] ?? 0,
    y[from] ?? 0,
    x[to] ?? 0,
    y[to] ?? 0,
  ];
  let length = 0;
  for (const segment of segments) {
    const [ax, ay, bx, by] = end(segment);
    length += Math.abs(bx - ax) + Math.abs(by - ay);
  }
  const size = Math.max(4 * reach, (2 * length) / Math.max(1, segments.length), 64);
  const [ox, oy] = [
    x.reduce((low, one) => Math.min(low, one), Infinity),
    y.reduce((low, one) => Math.min(low, one), Infinity),
  ];
  const cells = new Map<number, number[]>();
  segments.forEach((segment, index) => {
    const [ax, ay, bx, by] = end(segment);
    const [west, east] = [Math.min(ax, bx), Math.max(ax, bx)];
    const slope = bx === ax ? 0 : (by - ay) / (bx - ax);
    for (
      let column = Math.floor((west - reach - ox) / size);
      column <= Math.floor((east + reach - ox) / size);
      column += 1
    ) {
      // Where the segment runs inside this column, with a margin.
      const from = Math.max(west, Math.min(east, ox + column * size - reach));
      const to = Math.max(west, Math.min(east, ox + (column + 1) * size + reach));
      const [y1, y2] = bx === ax ? [ay, by] : [ay + (from - ax) * slope, ay + (to - ax) * slope];
      const last = Math.floor((Math.max(y1, y2) + reach - oy) / size);
      for (let row = Math.floor((Math.min(y1, y2) - reach - oy) / size); row <= last; row += 1) {
        const key = (column + 1) * 2 ** 26 + row + 1;
        const cell = cells.get(key);
        if (cell === undefined) cells.set(key, [index]);
        else cell.push(index);
      }
    }
  });
  return cells.values();
}

/**
 * Many outlines laid over each other: the plane falls into cells, and each cell knows which outlines cover it. Gaps, overlaps,
 * cutting, joining, drawing and the repair of a bow-tie are all questions about these cells. An outline covers what its rings
 * enclose an odd number of times, whatever their direction.
 */
import { type Position, type Ring } from '../kernel/geometry.ts';
import { orientation } from '../kernel/orientation.ts';
import { cornerKey, edgeKey, toUnits } from './lattice.ts';
import { isOutside, polygonsFrom, positionOf, traceCells, type HalfEdges } from './cells.ts';
import { cornerAt, nodeSegments, type Corners, type Segment } from './noding.ts';

/** A polygon as rings: the outer one anticlockwise, then the holes clockwise; closed, on the lattice. */
export type Rings = readonly Ring[];

export interface Cell {
  /** Numbers of the outlines that cover it, rising. */
  readonly labels: readonly number[];
  readonly squareMetres: number;
  /** A corner of it, to point at. */
  readonly at: Position;
}

export interface Arrangement {
  /** The bounded cells. */
  readonly cells: readonly Cell[];
  /** The polygons made of all cells that are wanted; cells next to each other grow together. */
  readonly outline: (wanted: (labels: readonly number[]) => boolean) => Rings[];
  /** The polygons of each outline by its number, all in one go. */
  readonly outlines: () => readonly (readonly Rings[])[];
  /** Each wanted cell as its own polygon. */
  readonly pieces: (wanted: (labels: readonly number[]) => boolean) => Rings[];
  /** New corners on given edges of outlines: edge key → corners, from the end whose key is lower. */
  readonly insertions: ReadonlyMap<string, readonly Position[]>;
}

/**
 * @param outlines the rings of outline 0, 1, 2 …
 * @param lines cuts that belong to no outline; loose ends are dropped.
 * @param metres snapping distance, see `nodeSegments`.
 */
export function arrange(outlines: readonly Rings[], lines: readonly Ring[] = [], metres = 0): Arrangement {
  const corners: Corners = { x: [], y: [], known: new Map() };
  const given: Segment[] = [];
  const add = (ring: Ring, label: number): void => {
    let before = -1;
    for (const [lng, lat] of ring) {
      const corner = cornerAt(corners, toUnits(lng), toUnits(lat));
      if (before >= 0 && before !== corner) given.push({ from: before, to: corner, label, origin: given.length });
      before = corner;
    }
  };
  outlines.forEach((rings, label) => rings.forEach(ring => add(ring, label)));
  for (const line of lines) add(line, LINE);
  const segments = nodeSegments(corners, given, metres);
  return readCells(buildHalfEdges(corners, segments), outlines.length, insertionsOf(corners, given, segments));
}

const LINE = -1;

function buildHalfEdges(corners: Corners, segments: readonly Segment[]): HalfEdges {
  const edges = new Map<number, { a: number; b: number; odd: Set<number> }>();
  const size = corners.x.length;
  for (const { from, to, label } of segments) {
    const key = Math.min(from, to) * size + Math.max(from, to);
    const edge = edges.get(key) ?? { a: from, b: to, odd: new Set<number>() };
    edges.set(key, edge);
    // A line drawn twice is still a line; an outline that runs back on itself encloses nothing there.
    if (label === LINE) edge.odd.add(LINE);
    else if (!edge.odd.delete(label)) edge.odd.add(label);
  }
  const kept = dropLooseEnds([...edges.values()].filter(({ odd }) => odd.size > 0));
  const from = kept.flatMap(({ a, b }) => [a, b]);
  const around = new Map<number, number[]>();
  from.forEach((corner, half) => {
    const leaving = around.get(corner);
    if (leaving === undefined) around.set(corner, [half]);
    else leaving.push(half);
  });
  const next = new Array<number>(from.length).fill(0);
  for (const [corner, leaving] of around) {
    leaving.sort((one, two) => compareDirections(corners, corner, from[one ^ 1] ?? 0, from[two ^ 1] ?? 0));
    // Arriving by the twin of a leaving half-edge, the next around the cell on the left is the one clockwise of it.
    leaving.forEach((half, index) => (next[half ^ 1] = leaving.at(index - 1) ?? half));
  }
  return { corners, from, changes: kept.map(({ odd }) => [...odd].filter(label => label !== LINE)), next };
}

type Edge = { readonly a: number; readonly b: number; readonly odd: ReadonlySet<number> };

function dropLooseEnds(edges: readonly Edge[]): readonly Edge[] {
  const degree = new Map<number, number>();
  const count = (corner: number, by: number): void => void degree.set(corner, (degree.get(corner) ?? 0) + by);
  for (const { a, b } of edges) {
    count(a, 1);
    count(b, 1);
  }
  let kept = edges;
  for (;;) {
    const loose = kept.filter(({ a, b }) => degree.get(a) === 1 || degree.get(b) === 1);
    if (loose.length === 0) return kept;
    const gone = new Set(loose);
    for (const { a, b } of loose) {
      count(a, -1);
      count(b, -1);
    }
    kept = kept.filter(edge => !gone.has(edge));
  }
}

/** Anticlockwise from the east, exactly. */
function compareDirections({ x, y }: Corners, centre: number, one: number, two: number): number {
  const [cx, cy] = [x[centre] ?? 0, y[centre] ?? 0];
  const [ax, ay, bx, by] = [x[one] ?? 0, y[one] ?? 0, x[two] ?? 0, y[two] ?? 0];
  const lower = (px: number, py: number): boolean => py < cy || (py === cy && px < cx);
  const [aLower, bLower] = [lower(ax, ay), lower(bx, by)];
  if (aLower !== bLower) return aLower ? 1 : -1;
  return -Math.sign(orientation(cx, cy, ax, ay, bx, by));
}

function readCells(graph: HalfEdges, count: number, insertions: ReadonlyMap<string, readonly Position[]>): Arrangement {
  const { cellOf, bounded, labelsOf, squareMetres, firstCorner } = traceCells(graph);
  const outlineOf = (inside: (cell: number) => boolean): Rings[] =>
    polygonsFrom(
      graph,
      [...graph.from.keys()].filter(half => inside(cellOf(half)) && !inside(cellOf(half ^ 1))),
    );
  return {
    insertions,
    cells: bounded.map(cell => ({
      labels: labelsOf(cell),
      squareMetres: squareMetres(cell),
      at: positionOf(graph.corners, firstCorner(cell)),
    })),
    outline: wanted => outlineOf(cell => !isOutside(cell) && wanted(labelsOf(cell))),
    outlines: () => {
      const borders = Array.from({ length: count }, (): number[] => []);
      graph.from.forEach((_, half) => {
        const beyond = cellOf(half ^ 1);
        const own = labelsOf(cellOf(half));
        const other = isOutside(beyond) ? [] : labelsOf(beyond);
        for (const label of own) if (!other.includes(label)) borders[label]?.push(half);
      });
      return borders.map(border => polygonsFrom(graph, border));
    },
    pieces: wanted => bounded.filter(cell => wanted(labelsOf(cell))).flatMap(one => outlineOf(cell => cell === one)),
  };
}

function insertionsOf(
  corners: Corners,
  given: readonly Segment[],
  segments: readonly Segment[],
): ReadonlyMap<string, readonly Position[]> {
  const parts = Map.groupBy(segments, ({ origin }) => origin);
  const insertions = new Map<string, readonly Position[]>();
  for (const [origin, own] of parts) {
    const whole = given[origin];
    if (whole === undefined || whole.label === LINE || own.length < 2) continue;
    const [a, b] = [positionOf(corners, whole.from), positionOf(corners, whole.to)];
    const inner = own.slice(1).map(({ from }) => positionOf(corners, from));
    insertions.set(edgeKey(a, b), cornerKey(a) < cornerKey(b) ? inner : inner.toReversed());
  }
  return insertions;
}

/** Operations that make and remove grids: split by a line, merge neighbours, draw a new one, begin the level below. */
import { refuse } from '../kernel/decision.ts';
import { sideOfArea, type Position, type Ring } from '../kernel/geometry.ts';
import { arrange, type Rings } from './arrangement.ts';
import { nextCode } from './codes.ts';
import {
  childrenOf,
  insertCorners,
  isLeaf,
  leavesOf,
  polygonOf,
  squareMetresOf,
  type Change,
  type Division,
  type Grid,
  type GridKind,
  type GridType,
} from './division.ts';
import { acceptBorders, snapTo, type Edit } from './edit-rules.ts';

/** A grid that comes into being; its id is made by whoever draws it. Without a code it gets the next free one. */
export interface NewGrid {
  readonly id: string;
  readonly name: string;
  readonly code?: string | undefined;
  readonly type?: GridType | undefined;
  readonly kind?: GridKind | undefined;
  readonly households?: number | null | undefined;
  readonly population?: number | null | undefined;
}

export interface Split {
  readonly kind: 'split';
  readonly gridId: string;
  readonly line: readonly Position[];
  readonly newGrid: NewGrid;
  /** A position in the part that keeps id, code and posts; without it the larger part does. */
  readonly keepAt?: Position | undefined;
  readonly snapMetres?: number | undefined;
}

export interface Merge {
  readonly kind: 'merge';
  readonly gridIds: readonly string[];
  /** Whose id, code, name and posts the whole keeps. */
  readonly keepId: string;
}

export interface Draw {
  readonly kind: 'draw';
  /** The new grid is cut out of this grid's children, and clipped to them. */
  readonly parentId: string;
  readonly ring: Ring;
  readonly newGrid: NewGrid;
  readonly snapMetres?: number | undefined;
}

/** The first grid of the level below a leaf: it covers the leaf whole and is then split further. */
export interface Begin {
  readonly kind: 'begin';
  readonly gridId: string;
  readonly newGrid: NewGrid;
}

export const DEEPEST_LEVEL = 4;

export function split(division: Division, op: Split, used: ReadonlySet<string>): Edit {
  const grid = division.get(op.gridId);
  if (grid === undefined) return refuse('grids.unknown_grid');
  if (!isLeaf(division, grid.id) || grid.parentId === null) return refuse('grids.not_a_leaf', { name: grid.name });
  if (division.has(op.newGrid.id)) return refuse('grids.already_there');
  const arranged = arrange([grid.rings], [snapTo(division, op.line, op.snapMetres ?? 0)]);
  const pieces = arranged.pieces(labels => labels.length > 0);
  if (pieces.length < 2) return refuse('grids.line_misses', { name: grid.name });
  const [one, two] = pieces;
  if (one === undefined || two === undefined || pieces.length > 2)
    return refuse('grids.line_cuts_many', { name: grid.name, pieces: pieces.length });
  const kept = op.keepAt === undefined ? larger(one, two) : lies(op.keepAt, two) ? two : one;
  const given = newGridOf(division, division.get(grid.parentId) ?? grid, grid, op.newGrid, used);
  if (given === undefined) return refuse('grids.codes_used_up');
  const change = new Map<string, Grid | null>([
    [grid.id, withLess(grid, kept, op.newGrid)],
    [given.id, { ...given, rings: kept === one ? two : one }],
  ]);
  return acceptBorders(division, withNeighbours(division, change, arranged.insertions));
}

const larger = (one: Rings, two: Rings): Rings => (squareMetresOf(two) > squareMetresOf(one) ? two : one);
const lies = ([lng, lat]: Position, rings: Rings): boolean => sideOfArea(lng, lat, polygonOf(rings)) === 'inside';

/** People counted to the new grid are no longer counted to the old one. */
function withLess(grid: Grid, rings: Rings, { households, population }: NewGrid): Grid {
  const less = (all: number | null, part: number | null | undefined): number | null =>
    all === null ? null : Math.max(0, all - (part ?? 0));
  return {
    ...grid,
    rings,
    households: less(grid.households, households),
    population: less(grid.population, population),
  };
}

function newGridOf(
  division: Division,
  parent: Grid,
  like: Grid,
  given: NewGrid,
  used: ReadonlySet<string>,
): Grid | undefined {
  const level = parent.level + 1;
  const type = given.type ?? (level === 4 ? 'micro' : 'basic');
  const taken = new Set([...used, ...[...division.values()].map(({ code }) => code)]);
  const code = given.code ?? nextCode(parent, type, taken);
  if (code === undefined) return undefined;
  return {
    id: given.id,
    parentId: parent.id,
    level,
    type,
    kind: given.kind ?? like.kind,
    code,
    name: given.name,
    officialName: given.name,
    households: given.households ?? null,
    population: given.population ?? null,
    address: null,
    boundsText: null,
    rings: like.rings,
  };
}

/** Leaves beside a cut edge get its new corners. */
function withNeighbours(
  division: Division,
  change: Change,
  insertions: ReadonlyMap<string, readonly Position[]>,
): Change {
  if (insertions.size === 0) return change;
  const next = new Map(change);
  for (const grid of leavesOf(division)) {
    if (next.has(grid.id)) continue;
    const rings = insertCorners(grid.rings, insertions);
    if (rings !== grid.rings) next.set(grid.id, { ...grid, rings });
  }
  return next;
}

export function merge(division: Division, { gridIds, keepId }: Merge): Edit {
  const grids = [...new Set(gridIds)].map(id => division.get(id));
  const keep = division.get(keepId);
  if (keep === undefined || grids.includes(undefined)) return refuse('grids.unknown_grid');
  const known = grids.filter(grid => grid !== undefined);
  if (known.length < 2 || !known.includes(keep)) return refuse('grids.nothing_changes');
  const inner = known.find(grid => !isLeaf(division, grid.id));
  if (inner !== undefined) return refuse('grids.not_a_leaf', { name: inner.name });
  if (known.some(({ parentId }) => parentId !== keep.parentId)) return refuse('grids.other_parent');
  const [outline, ...others] = arrange(known.map(({ rings }) => rings)).outline(labels => labels.length > 0);
  if (outline === undefined || others.length > 0) return refuse('grids.not_neighbours');
  const sum = (of: (grid: Grid) => number | null): number | null =>
    known.every(grid => of(grid) === null) ? null : known.reduce((total, grid) => total + (of(grid) ?? 0), 0);
  const change = new Map<string, Grid | null>(known.map(({ id }) => [id, null]));
  change.set(keep.id, {
    ...keep,
    rings: outline,
    households: sum(({ households }) => households),
    population: sum(({ population }) => population),
  });
  return acceptBorders(division, change);
}

export function draw(division: Division, op: Draw, used: ReadonlySet<string>): Edit {
  const parent = division.get(op.parentId);
  if (parent === undefined) return refuse('grids.unknown_grid');
  if (division.has(op.newGrid.id)) return refuse('grids.already_there');
  const children = childrenOf(division, parent.id);
  const inner = children.find(({ id }) => !isLeaf(division, id));
  if (children.length === 0 || inner !== undefined) return refuse('grids.not_a_leaf', { name: (inner ?? parent).name });
  const ring = snapTo(division, op.ring, op.snapMetres ?? 0);
  const drawn = children.length;
  const arranged = arrange([...children.map(({ rings }) => rings), [[...ring, ...ring.slice(0, 1)]]]);
  const [outline, ...rest] = arranged.outline(labels => labels.includes(drawn) && labels.length > 1);
  if (outline === undefined) return refuse('grids.line_misses', { name: parent.name });
  if (rest.length > 0) return refuse('grids.line_cuts_many', { name: op.newGrid.name, pieces: rest.length + 1 });
  const like = children[0] ?? parent;
  const given = newGridOf(division, parent, { ...like, rings: outline }, op.newGrid, used);
  if (given === undefined) return refuse('grids.codes_used_up');
  const change = new Map<string, Grid | null>([[given.id, given]]);
  for (const [label, child] of children.entries()) {
    if (!arranged.cells.some(({ labels }) => labels.includes(label) && labels.includes(drawn))) continue;
    const [left, ...parts] = arranged.outline(labels => labels.includes(label) && !labels.includes(drawn));
    if (left === undefined) return refuse('grids.swallows', { name: child.name });
    if (parts.length > 0) return refuse('grids.cuts_apart', { name: child.name });
    change.set(child.id, { ...child, rings: left });
  }
  return acceptBorders(division, withNeighbours(division, change, arranged.insertions));
}

export function begin(division: Division, op: Begin, used: ReadonlySet<string>): Edit {
  const grid = division.get(op.gridId);
  if (grid === undefined) return refuse('grids.unknown_grid');
  if (!isLeaf(division, grid.id)) return refuse('grids.not_a_leaf', { name: grid.name });
  if (division.has(op.newGrid.id)) return refuse('grids.already_there');
  if (grid.level >= DEEPEST_LEVEL) return refuse('grids.too_deep');
  const given = newGridOf(division, grid, grid, op.newGrid, used);
  if (given === undefined) return refuse('grids.codes_used_up');
  const { households, population } = grid;
  return acceptBorders(division, new Map([[given.id, { ...given, households, population }]]));
}

/**
 * [Note: Division]
 * A division of a town is a tree of grids. The grids without children (leaves) hold the truth of where borders run: together
 * they cover the town without gap and overlap, neighbours share their corners. The outline of a grid with children is always
 * what its children cover, so no two levels can disagree. The town's own outline is given from outside and never edited here.
 */
import { areaSquareMetres, type Polygon, type Position, type Ring } from '../kernel/geometry.ts';
import { arrange, type Rings } from './arrangement.ts';
import { boxOf, boxesMeet, cornerKey, edgeKey, ringOnLattice, type Box } from './lattice.ts';

/** 基础网格, 专属网格 (a large or special unit), 微网格 (below the third level; optional). */
export type GridType = 'basic' | 'exclusive' | 'micro';
export type GridKind = 'residential' | 'commercial' | 'industrial' | 'campus' | 'rural' | 'other';

export interface Grid {
  readonly id: string;
  readonly parentId: string | null;
  /** 1 town, 2 village or community, 3 courtyard, group or street, 4 micro-grid. */
  readonly level: number;
  readonly type: GridType;
  readonly kind: GridKind;
  readonly code: string;
  readonly name: string;
  readonly officialName: string;
  readonly households: number | null;
  readonly population: number | null;
  readonly address: string | null;
  /** 四至: the borders in words. */
  readonly boundsText: string | null;
  readonly rings: Rings;
}

export type Division = ReadonlyMap<string, Grid>;
/** What an operation changed: the grid as it is now, or null where it is gone. */
export type Change = ReadonlyMap<string, Grid | null>;

export function withChange(division: Division, change: Change): Division {
  const next = new Map(division);
  for (const [id, grid] of change)
    if (grid === null) next.delete(id);
    else next.set(id, grid);
  return next;
}

export const childrenOf = (division: Division, id: string): readonly Grid[] =>
  [...division.values()].filter(grid => grid.parentId === id);

export function leavesOf(division: Division): readonly Grid[] {
  const parents = new Set([...division.values()].map(({ parentId }) => parentId));
  return [...division.values()].filter(({ id }) => !parents.has(id));
}

export const isLeaf = (division: Division, id: string): boolean => {
  for (const { parentId } of division.values()) if (parentId === id) return false;
  return true;
};

/** The first-level grid; every division has one. */
export function townOf(division: Division): Grid {
  for (const grid of division.values()) if (grid.parentId === null) return grid;
  throw new Error('a division without a town');
}

export const boxOfGrid = (grid: Grid): Box => boxOf(grid.rings[0] ?? []);

export const leavesNear = (division: Division, box: Box): readonly Grid[] =>
  leavesOf(division).filter(grid => boxesMeet(boxOfGrid(grid), box));

export const polygonOf = (rings: Rings): Polygon => ({ type: 'Polygon', coordinates: rings });
export const squareMetresOf = (rings: Rings): number => areaSquareMetres(polygonOf(rings));

/**
 * Neighbours of a cut edge get the new corners too, so that both sides stay equal.
 * @param insertions edge key → corners from the end whose key is lower, as an arrangement tells them.
 */
export function insertCorners(rings: Rings, insertions: ReadonlyMap<string, readonly Position[]>): Rings {
  if (insertions.size === 0) return rings;
  const next = rings.map((ring): Ring =>
    ring.flatMap((corner, index) => {
      const before = ring[index - 1];
      const extra = before === undefined ? undefined : insertions.get(edgeKey(before, corner));
      if (before === undefined || extra === undefined) return [corner];
      return [...(cornerKey(before) < cornerKey(corner) ? extra : extra.toReversed()), corner];
    }),
  );
  return next.every((ring, index) => ring.length === rings[index]?.length) ? rings : next;
}

/** The outlines that some grids cover together: one when they are connected. */
export const outlinesOf = (grids: readonly Grid[]): readonly Rings[] =>
  arrange(grids.map(({ rings }) => rings)).outline(labels => labels.length > 0);

/** How far apart corners of one border may lie in what comes from outside, metres. */
export const SNAP_METRES = 0.5;

/**
 * A clean coverage from stored or imported grids: corners on the lattice, near corners made one, corners of a neighbour on the
 * middle of an edge inserted there. Leaves that overlap or leave gaps keep doing so; `findProblems` tells.
 * @param loose ids of grids whose corners give way to those of the others.
 */
export function cleanDivision(
  grids: readonly Grid[],
  metres = SNAP_METRES,
  loose: ReadonlySet<string> = new Set(),
): Division {
  const division: Division = new Map(
    grids.map(grid => [grid.id, { ...grid, rings: grid.rings.map(ringOnLattice) }] as const),
  );
  const leaves = leavesOf(division)
    .filter(({ parentId }) => parentId !== null)
    .toSorted((a, b) => Number(loose.has(a.id)) - Number(loose.has(b.id)));
  const town = townOf(division);
  const arranged = arrange([town.rings, ...leaves.map(({ rings }) => rings)], [], metres).outlines();
  const next = new Map(division);
  leaves.forEach((grid, index) => {
    const outlines = arranged[index + 1] ?? [];
    const [outline] = outlines;
    // A leaf in several parts, or one that snapping has swallowed, stays as it is and is shown as a problem.
    if (outline === undefined || outlines.length > 1) return;
    if (cycleOf(outline) !== cycleOf(grid.rings)) next.set(grid.id, { ...grid, rings: outline });
  });
  return next;
}

/** The same text for the same rings, wherever they begin. */
function cycleOf(rings: Rings): string {
  const cycles = rings.map(ring => {
    const keys = ring.slice(1).map(cornerKey);
    const first = keys.indexOf(keys.reduce((low, key) => (key < low ? key : low), keys[0] ?? ''));
    return [...keys.slice(first), ...keys.slice(0, first)].join(' ');
  });
  return cycles.toSorted().join(';');
}

/** The ancestors of some grids, the deepest first; the town is not among them. */
export function ancestorsOf(division: Division, ids: Iterable<string>): readonly Grid[] {
  const found = new Map<string, Grid>();
  for (const id of ids)
    for (let grid = parentOf(division, id); grid !== undefined; grid = parentOf(division, grid.id))
      if (grid.parentId !== null) found.set(grid.id, grid);
  return [...found.values()].toSorted((a, b) => b.level - a.level);
}

const parentOf = (division: Division, id: string): Grid | undefined => division.get(division.get(id)?.parentId ?? '');

/** The grids above some others with the outlines that their children cover now; one whose children fall apart is left out. */
export function deriveOutlines(division: Division, ids: Iterable<string>): ReadonlyMap<string, Grid> {
  const derived = new Map<string, Grid>();
  const below = Map.groupBy(division.values(), ({ parentId }) => parentId);
  for (const grid of ancestorsOf(division, ids)) {
    const children = (below.get(grid.id) ?? []).map(child => derived.get(child.id) ?? child);
    const [outline, ...others] = outlinesOf(children);
    if (outline !== undefined && others.length === 0) derived.set(grid.id, { ...grid, rings: outline });
  }
  return derived;
}

/** The ids from the town down to a grid. */
export function pathOf(division: Division, id: string): readonly string[] {
  const parent = division.get(id)?.parentId;
  return parent == null ? [id] : [...pathOf(division, parent), id];
}

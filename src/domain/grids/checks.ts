/** What is wrong with a division, each finding with its place. The list must be empty before a division is published. */
import { sideOfRing, type Position } from '../kernel/geometry.ts';
import { checkArea } from '../kernel/ring.ts';
import { arrange, type Rings } from './arrangement.ts';
import { codeFitsLevel } from './codes.ts';
import { leavesOf, outlinesOf, polygonOf, squareMetresOf, townOf, type Division, type Grid } from './division.ts';
import { SMALLEST_GRID } from './edit-rules.ts';
import { boxOf } from './lattice.ts';
import { labelPosition, perimeterMetres } from './measures.ts';

export type DivisionProblemKind =
  | 'gap'
  | 'hole'
  | 'overlap'
  | 'outside'
  | 'crossing'
  | 'sliver'
  | 'swapped'
  | 'too_many_corners'
  | 'in_parts'
  | 'bad_code'
  | 'code_twice'
  | 'no_name'
  | 'no_responsible';

export interface DivisionProblem {
  readonly kind: DivisionProblemKind;
  readonly gridIds: readonly string[];
  /** Where to look. */
  readonly at: Position;
  /** Square metres of a gap, an overlap or a sliver. */
  readonly squareMetres?: number;
}

/** Smaller gaps and overlaps come from rounding in other programs and harm nobody. */
export const IGNORED_SQUARE_METRES = 1;
/** Narrower on average than this is no grid but the trace of two lines drawn beside each other. */
const NARROWEST_METRES = 0.5;
export const MOST_CORNERS = 10_000;

/** @param responsible ids of the grids that have somebody appointed; all are taken to have one when it is left out. */
export function findProblems(division: Division, responsible?: ReadonlySet<string>): DivisionProblem[] {
  const leaves = leavesOf(division).filter(({ parentId }) => parentId !== null);
  return [
    ...leaves.flatMap(grid => findOwnProblems(grid, townOf(division).rings)),
    ...findCoverageProblems(townOf(division), leaves),
    ...findTreeProblems(division),
    ...[...division.values()]
      .filter(grid => grid.parentId !== null && responsible !== undefined && !responsible.has(grid.id))
      .map((grid): DivisionProblem => ({ kind: 'no_responsible', gridIds: [grid.id], at: labelPosition(grid.rings) })),
  ];
}

/** Problems of one leaf by itself. */
function findOwnProblems(grid: Grid, town: Rings): DivisionProblem[] {
  const { rings } = grid;
  const first = rings[0]?.[0] ?? [0, 0];
  const here = { gridIds: [grid.id], at: first };
  if (isSwapped(rings, town)) return [{ kind: 'swapped', ...here }];
  const problems: DivisionProblem[] = [];
  if (rings.reduce((sum, ring) => sum + ring.length, 0) > MOST_CORNERS)
    problems.push({ kind: 'too_many_corners', ...here });
  const checked = checkArea(polygonOf(rings));
  if (!checked.ok) {
    const { ring = 0, at = 0 } = checked.details ?? {};
    return [...problems, { kind: 'crossing', ...here, at: rings[Number(ring)]?.[Number(at)] ?? first }];
  }
  const squareMetres = squareMetresOf(rings);
  if (squareMetres < SMALLEST_GRID || (2 * squareMetres) / perimeterMetres(rings) < NARROWEST_METRES)
    problems.push({ kind: 'sliver', ...here, squareMetres });
  return problems;
}

/** Latitudes given for longitudes: turned round, the first corner lies near the town; as it is, it does not. */
export function isSwapped(rings: Rings, town: Rings): boolean {
  const [lng, lat] = rings[0]?.[0] ?? [Number.NaN, Number.NaN];
  const { west, south, east, north } = boxOf(town[0] ?? []);
  const near = (x: number, y: number): boolean => x >= west - 1 && x <= east + 1 && y >= south - 1 && y <= north + 1;
  return near(lat, lng) && !near(lng, lat);
}

function findCoverageProblems(town: Grid, leaves: readonly Grid[]): DivisionProblem[] {
  if (leaves.length === 0) return [];
  const arranged = arrange([town.rings, ...leaves.map(({ rings }) => rings)]);
  const idsOf = (labels: readonly number[]): string[] =>
    labels.filter(label => label > 0).flatMap(label => leaves[label - 1]?.id ?? []);
  const problems: DivisionProblem[] = [];
  for (const { labels, squareMetres, at } of arranged.cells) {
    if (squareMetres <= IGNORED_SQUARE_METRES || labels.length === 0) continue;
    const gridIds = idsOf(labels);
    const inTown = labels.includes(0);
    if (inTown && gridIds.length === 0) problems.push(gapProblem(leaves, at, squareMetres));
    if (gridIds.length > 1) problems.push({ kind: 'overlap', gridIds, at, squareMetres });
    if (!inTown) problems.push({ kind: 'outside', gridIds, at, squareMetres });
  }
  return problems;
}

/** A gap that lies in one grid's own hole is called a hole. */
function gapProblem(leaves: readonly Grid[], at: Position, squareMetres: number): DivisionProblem {
  const around = leaves.filter(({ rings }) =>
    rings.slice(1).some(hole => sideOfRing(at[0], at[1], hole) !== 'outside'),
  );
  return around.length === 1
    ? { kind: 'hole', gridIds: around.map(({ id }) => id), at, squareMetres }
    : { kind: 'gap', gridIds: [], at, squareMetres };
}

function findTreeProblems(division: Division): DivisionProblem[] {
  const problems: DivisionProblem[] = [];
  const codes = new Map<string, string>();
  const below = Map.groupBy(division.values(), ({ parentId }) => parentId);
  for (const grid of division.values()) {
    const found = (kind: DivisionProblemKind, ...more: string[]): void =>
      void problems.push({ kind, gridIds: [grid.id, ...more], at: labelPosition(grid.rings) });
    if (!codeFitsLevel(grid.code, grid.level)) found('bad_code');
    const other = codes.get(grid.code);
    if (other !== undefined) found('code_twice', other);
    codes.set(grid.code, grid.id);
    if (grid.name.trim() === '') found('no_name');
    const children = below.get(grid.id) ?? [];
    if (grid.parentId !== null && children.length > 0 && outlinesOf(children).length > 1) found('in_parts');
  }
  return problems;
}

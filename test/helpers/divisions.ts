import type { Division, Grid } from '../../src/domain/grids/division.ts';
import type { Position, Ring } from '../../src/domain/kernel/geometry.ts';

/** About 20 m by 22 m of Zhengzhou for each unit; y runs north. */
export const at = (x: number, y: number): Position => [
  Math.round((113.68 + x * 0.0002) * 1e8) / 1e8,
  Math.round((34.77 + y * 0.0002) * 1e8) / 1e8,
];

export const box = (west: number, south: number, east: number, north: number): Ring => [
  at(west, south),
  at(east, south),
  at(east, north),
  at(west, north),
  at(west, south),
];

export function gridOf(id: string, parentId: string | null, level: number, code: string, ...rings: Ring[]): Grid {
  return {
    id,
    parentId,
    level,
    type: 'basic',
    kind: 'residential',
    code,
    name: `网格${id}`,
    officialName: `网格${id}`,
    households: level === 3 ? 400 : null,
    population: null,
    address: null,
    boundsText: null,
    rings,
  };
}

export const divisionOf = (...grids: Grid[]): Division => new Map(grids.map(grid => [grid.id, grid]));

/** A town of two communities with two rows of courtyards, `columns` wide, ten units a side. The middle border is the communities'. */
export function chequered(columns = 3): Division {
  const width = columns * 10;
  const corners = (x: number, y: number): Ring => box(x * 10, y * 10, x * 10 + 10, y * 10 + 10);
  const rows = [0, 1].flatMap(y =>
    Array.from({ length: columns }, (_, x) =>
      gridOf(`g${y}${x}`, `c${y}`, 3, `41010500100${y + 1}${String(x + 1).padStart(3, '0')}`, corners(x, y)),
    ),
  );
  return divisionOf(
    gridOf('t', null, 1, '410105001000000', box(0, 0, width, 20)),
    gridOf('c0', 't', 2, '410105001001000', box(0, 0, width, 10)),
    gridOf('c1', 't', 2, '410105001002000', box(0, 10, width, 20)),
    ...rows,
  );
}

/** The streets of the plan as a planar map: crossings, the streets between them, one face for each block. */
import { COMMUNITIES, EASTWARD, NORTHWARD, type PlanStreet } from './street-plan.ts';
import type { PlanarMap } from './planar.ts';

export const blockKey = (row: number, column: number): string => `${row}/${column}`;

/** Crossings, the streets between them, and one face for each block that belongs to a community. Returns the outermost crossings. */
export function layStreets(map: PlanarMap): ReadonlySet<number> {
  const crossings = EASTWARD.map((east, row) =>
    NORTHWARD.map((north, column) => map.addCorner(north.at[row] ?? 0, east.at[column] ?? 0)),
  );
  const crossing = (row: number, column: number): number => crossings[row]?.[column] ?? -1;
  for (const { blocks } of COMMUNITIES)
    for (const [row, column] of blocks)
      map.faces.set(blockKey(row, column), [
        crossing(row, column),
        crossing(row, column + 1),
        crossing(row + 1, column + 1),
        crossing(row + 1, column),
      ]);
  const add = ({ name, rank }: PlanStreet, corners: number[]): void => void map.streets.push({ name, rank, corners });
  EASTWARD.forEach((street, row) => addRuns(street, crossings[row] ?? [], add));
  NORTHWARD.forEach((street, column) =>
    addRuns(
      street,
      crossings.map((_, row) => crossing(row, column)),
      add,
    ),
  );
  return new Set([
    ...(crossings[0] ?? []),
    ...(crossings.at(-1) ?? []),
    ...crossings.flatMap(row => [row[0] ?? -1, row.at(-1) ?? -1]),
  ]);
}

/** A street is broken where two blocks were joined across it. */
function addRuns(
  street: PlanStreet,
  corners: readonly number[],
  add: (street: PlanStreet, corners: number[]) => void,
): void {
  let run: number[] = [];
  corners.forEach((corner, index) => {
    run.push(corner);
    const next = corners[index + 1];
    if (next !== undefined && !isClosed(street, index)) return;
    if (run.length > 1) add(street, run);
    run = [];
  });
}

/** True where the street does not run between its crossings `index` and `index + 1`, because the blocks on its two sides are one. */
function isClosed(street: PlanStreet, index: number): boolean {
  const row = EASTWARD.indexOf(street);
  const column = NORTHWARD.indexOf(street);
  const [one, two] =
    row >= 0 ? [`${row - 1},${index}`, `${row},${index}`] : [`${index},${column - 1}`, `${index},${column}`];
  return COMMUNITIES.some(({ joined }) => joined?.[0]?.join() === one && joined[1]?.join() === two);
}

/** Most streets give a little between two crossings; houses were there first. */
export function bendStreets(map: PlanarMap, between: (low: number, high: number) => number): void {
  for (const { corners } of map.streets)
    for (const [index, a] of corners.slice(0, -1).entries()) {
      const b = corners[index + 1] ?? a;
      if (between(0, 1) < 0.45) continue;
      const [from, to] = [map.corner(a), map.corner(b)];
      const [dx, dy] = [to.x - from.x, to.y - from.y];
      const off = between(-9, 9) / Math.hypot(dx, dy);
      map.breakEdge(a, b, between(0.35, 0.65), { x: -dy * off, y: dx * off });
    }
}

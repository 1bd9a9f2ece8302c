/** What differs between a division and the one that it shall replace. */
import { areaSquareMetres } from '../kernel/geometry.ts';
import { arrange, type Rings } from './arrangement.ts';
import { leavesOf, polygonOf, type Division, type Grid } from './division.ts';
import { metresToRing } from './edit-rules.ts';

export type ChangedField =
  'borders' | 'parent' | 'code' | 'name' | 'type' | 'kind' | 'households' | 'population' | 'text';

export interface Comparison {
  readonly added: readonly Grid[];
  readonly removed: readonly Grid[];
  readonly changed: readonly {
    readonly before: Grid;
    readonly after: Grid;
    readonly fields: readonly ChangedField[];
  }[];
  /** Land that passes from one leaf to another, the largest first. */
  readonly moves: readonly {
    readonly fromId: string;
    readonly toId: string;
    readonly squareMetres: number;
    /** The share of the old grid's households that its area gives; null where they are not known. */
    readonly households: number | null;
  }[];
}

/** Borders that lie within so many metres of each other are the same. */
const SAME_BORDER_METRES = 0.01;

/** True when two outlines show the same area, whatever corners they have on straight stretches. */
export function isSameShape(one: Rings, two: Rings): boolean {
  if (one.length !== two.length) return false;
  const lies = (from: Rings, on: Rings): boolean =>
    from.every(ring => ring.every(corner => on.some(other => metresToRing(corner, other) <= SAME_BORDER_METRES)));
  return lies(one, two) && lies(two, one);
}

const FIELDS: readonly (readonly [ChangedField, (grid: Grid) => unknown])[] = [
  ['parent', grid => grid.parentId],
  ['code', grid => grid.code],
  ['name', grid => `${grid.name}\n${grid.officialName}`],
  ['type', grid => grid.type],
  ['kind', grid => grid.kind],
  ['households', grid => grid.households],
  ['population', grid => grid.population],
  ['text', grid => `${grid.address ?? ''}\n${grid.boundsText ?? ''}`],
];

export function fieldsChanged(before: Grid, after: Grid): ChangedField[] {
  const fields = FIELDS.filter(([, of]) => of(before) !== of(after)).map(([field]) => field);
  return before.rings === after.rings || isSameShape(before.rings, after.rings) ? fields : ['borders', ...fields];
}

export function compareDivisions(before: Division, after: Division): Comparison {
  const changed = [...after.values()].flatMap(grid => {
    const old = before.get(grid.id);
    if (old === undefined || old === grid) return [];
    const fields = fieldsChanged(old, grid);
    return fields.length === 0 ? [] : [{ before: old, after: grid, fields }];
  });
  return {
    added: [...after.values()].filter(({ id }) => !before.has(id)),
    removed: [...before.values()].filter(({ id }) => !after.has(id)),
    changed,
    moves: findMoves(before, after),
  };
}

function findMoves(before: Division, after: Division): Comparison['moves'] {
  const differ = (one: Grid, other: Grid | undefined): boolean =>
    other === undefined || (one !== other && JSON.stringify(one.rings) !== JSON.stringify(other.rings));
  const old = leavesOf(before).filter(grid => differ(grid, after.get(grid.id)));
  const fresh = leavesOf(after).filter(grid => differ(grid, before.get(grid.id)));
  const passed = new Map<string, { fromId: string; toId: string; squareMetres: number }>();
  for (const { labels, squareMetres } of arrange([...old, ...fresh].map(({ rings }) => rings)).cells)
    for (const from of labels.filter(label => label < old.length))
      for (const to of labels.filter(label => label >= old.length)) {
        const [fromId, toId] = [old[from]?.id ?? '', fresh[to - old.length]?.id ?? ''];
        if (fromId === toId) continue;
        const known = passed.get(`${fromId} ${toId}`)?.squareMetres ?? 0;
        passed.set(`${fromId} ${toId}`, { fromId, toId, squareMetres: known + squareMetres });
      }
  return [...passed.values()]
    .filter(({ squareMetres }) => squareMetres > 1)
    .toSorted((a, b) => b.squareMetres - a.squareMetres)
    .map(move => ({ ...move, households: shareOf(before.get(move.fromId), move.squareMetres) }));
}

function shareOf(grid: Grid | undefined, squareMetres: number): number | null {
  if (grid?.households == null) return null;
  return Math.round((grid.households * squareMetres) / areaSquareMetres(polygonOf(grid.rings)));
}

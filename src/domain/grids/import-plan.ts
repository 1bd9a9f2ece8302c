/** What a file from elsewhere would do to a division: row by row, and as one change. */
import { isGridCode, codeFitsLevel } from './codes.ts';
import { arrange, type Rings } from './arrangement.ts';
import { isSwapped } from './checks.ts';
import { fieldsChanged } from './comparison.ts';
import { cleanDivision, isLeaf, SNAP_METRES, townOf, type Change, type Division, type Grid } from './division.ts';
import { repairArea, type Repair } from './repair.ts';

export interface ImportRow {
  readonly row: number;
  readonly code: string;
  readonly name: string;
  readonly households: string;
  readonly population: string;
  readonly address: string;
  /** WGS-84; null in a list without borders. */
  readonly polygons: readonly Rings[] | null;
}

export type ImportFault =
  | 'code_missing'
  | 'code_form'
  | 'code_twice'
  | 'code_unknown'
  | 'parent_unknown'
  | 'not_a_leaf'
  | 'name_missing'
  | 'not_a_number'
  | 'swapped'
  | 'unreadable'
  | 'needs_repair'
  | 'in_parts';

export interface RowPlan {
  readonly row: number;
  readonly code: string;
  readonly name: string;
  readonly action: 'add' | 'change' | 'refuse';
  readonly faults: readonly { readonly field: string; readonly fault: ImportFault }[];
  readonly repairs: readonly Repair[];
}

export interface ImportPlan {
  readonly rows: readonly RowPlan[];
  readonly change: Change;
  /** Share of the imported land that lies outside the town, 0 … 1. */
  readonly outsideShare: number;
}

/**
 * Rows with a code that a leaf has change that leaf; other codes are added below the grid whose code they continue.
 * @param repair whether outlines may be mended; without it what needs mending is a fault of its row.
 * @param newId makes the id of an added grid.
 */
export function planImport(
  division: Division,
  rows: readonly ImportRow[],
  repair: boolean,
  newId: () => string,
): ImportPlan {
  const byCode = new Map([...division.values()].map(grid => [grid.code, grid]));
  const seen = new Set<string>();
  const plans: RowPlan[] = [];
  const grids = new Map<string, Grid>();
  for (const row of rows) {
    const faults: { field: string; fault: ImportFault }[] = [];
    const fault = (field: string, what: ImportFault): void => void faults.push({ field, fault: what });
    const known = byCode.get(row.code);
    const parent = known === undefined ? byCode.get(parentCode(row.code)) : division.get(known.parentId ?? '');
    if (row.code === '') fault('code', 'code_missing');
    else if (!isGridCode(row.code)) fault('code', 'code_form');
    else if (seen.has(row.code)) fault('code', 'code_twice');
    else if (known === undefined && row.polygons === null) fault('code', 'code_unknown');
    else if (known === undefined && (parent === undefined || !codeFitsLevel(row.code, parent.level + 1)))
      fault('code', 'parent_unknown');
    else if (known !== undefined && row.polygons !== null && !isLeaf(division, known.id)) fault('code', 'not_a_leaf');
    seen.add(row.code);
    if (known === undefined && row.name === '') fault('name', 'name_missing');
    const households = count(row.households, () => fault('households', 'not_a_number'));
    const population = count(row.population, () => fault('population', 'not_a_number'));
    const { rings, repairs } = outlineOf(row, townOf(division).rings, repair, what => fault('geometry', what));
    plans.push({
      row: row.row,
      code: row.code,
      name: row.name === '' ? (known?.name ?? '') : row.name,
      action: faults.length > 0 ? 'refuse' : known === undefined ? 'add' : 'change',
      faults,
      repairs,
    });
    if (faults.length > 0) continue;
    const name = row.name === '' ? (known?.name ?? '') : row.name;
    const id = known?.id ?? newId();
    grids.set(id, {
      type: parent?.level === 3 ? 'micro' : row.code.slice(12, 13) === '9' ? 'exclusive' : 'basic',
      kind: 'residential',
      officialName: name,
      boundsText: null,
      ...(known ?? {}),
      id,
      parentId: known === undefined ? (parent?.id ?? null) : known.parentId,
      level: known?.level ?? (parent?.level ?? 0) + 1,
      code: row.code,
      name,
      households: households ?? known?.households ?? null,
      population: population ?? known?.population ?? null,
      address: row.address === '' ? (known?.address ?? null) : row.address,
      rings: rings ?? known?.rings ?? [],
    });
  }
  return { rows: plans, change: changeOf(division, grids), outsideShare: outsideShare(division, rows) };
}

function parentCode(code: string): string {
  if (code.length > 15) return code.slice(0, 15);
  return code.endsWith('000') ? `${code.slice(0, 9)}000000` : `${code.slice(0, 12)}000`;
}

function count(text: string, wrong: () => void): number | undefined {
  if (text === '') return undefined;
  const value = Number(text);
  if (Number.isInteger(value) && value >= 0 && value <= 10_000_000) return value;
  wrong();
  return undefined;
}

function outlineOf(
  { polygons }: ImportRow,
  town: Rings,
  repair: boolean,
  fault: (what: ImportFault) => void,
): { readonly rings: Rings | undefined; readonly repairs: readonly Repair[] } {
  const none = { rings: undefined, repairs: [] };
  if (polygons === null) return none;
  if (isSwapped(polygons[0] ?? [], town)) {
    fault('swapped');
    return none;
  }
  const repaired = repairArea(polygons);
  const [rings, ...parts] = repaired?.polygons ?? [];
  if (repaired === undefined || rings === undefined) fault('unreadable');
  else if (!repair && repaired.repairs.some(what => what !== 'doubles_removed')) fault('needs_repair');
  else if (parts.length > 0) fault('in_parts');
  return { rings, repairs: repaired?.repairs ?? [] };
}

/** The whole division is cleaned once, so that what was drawn apart shares its corners afterwards. */
function changeOf(division: Division, grids: ReadonlyMap<string, Grid>): Change {
  if (grids.size === 0) return new Map();
  const redrawn = [...grids].some(([id, grid]) => division.get(id)?.rings !== grid.rings);
  const next = new Map([...division, ...grids]);
  const clean = redrawn ? cleanDivision([...next.values()], SNAP_METRES, new Set(grids.keys())) : next;
  return new Map([...clean].filter(([id, grid]) => grid.parentId !== null && differs(division.get(id), grid)));
}

function differs(before: Grid | undefined, after: Grid): boolean {
  if (before === undefined || fieldsChanged(before, after).length > 0) return true;
  return before.rings !== after.rings && JSON.stringify(before.rings) !== JSON.stringify(after.rings);
}

/** A file in the wrong datum lies half a kilometre off: this tells. */
export function outsideShare(division: Division, rows: readonly ImportRow[]): number {
  const drawn = rows
    .flatMap(({ polygons }) => polygons ?? [])
    .filter(rings => !isSwapped(rings, townOf(division).rings));
  if (drawn.length === 0) return 0;
  let [inside, outside] = [0, 0];
  for (const { labels, squareMetres } of arrange([townOf(division).rings, ...drawn]).cells)
    if (labels.some(label => label > 0)) {
      if (labels.includes(0)) inside += squareMetres;
      else outside += squareMetres;
    }
  return outside / Math.max(1, inside + outside);
}

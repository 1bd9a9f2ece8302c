import { ancestorsOf, cleanDivision, deriveOutlines, pathOf, withChange } from '../../domain/grids/division.ts';
import { boxOf } from '../../domain/grids/lattice.ts';
import { fieldsChanged } from '../../domain/grids/comparison.ts';
import { labelPosition } from '../../domain/grids/measures.ts';
import { playChanges } from '../../domain/grids/operations.ts';
import { json } from '../platform/database/columns.ts';
import { ProblemError } from '../platform/problem.ts';
import * as store from './division-queries.ts';
import { gridOfRow, gridView } from './division-views.ts';
import { insertGrids } from './queries.ts';

import type { Change, Division, Grid } from '../../domain/grids/division.ts';
import type { LocalDate } from '../../domain/kernel/time.ts';
import type { Tables } from '../platform/database/tables.ts';
import type { Kysely } from 'kysely';
import type { StoredChange, VersionRow } from './division-queries.ts';
import type { GridRow } from './queries.ts';

type Db = Kysely<Tables>;

export const storedChange = (change: Change): StoredChange => Object.fromEntries(change);
export const playable = (change: StoredChange): Change => new Map(Object.entries(change));

/** Published versions never change, so a few that were cleaned are kept: an editor asks for the same one at every step. */
const BASES_KEPT = 4;
const bases = new Map<string, Division>();

/** The division of a published version, clean; its corners are on the lattice. */
async function baseOf(db: Db, townId: string, number: number): Promise<Division> {
  const key = `${townId}/${number}`;
  const known = bases.get(key);
  if (known !== undefined) return known;
  const version = await store.findVersion(db, townId, number);
  if (version?.valid_from == null) throw new ProblemError('grids.no_such_version');
  const rows = await store.listStatesOn(db, townId, version.valid_from);
  const division = cleanDivision(rows.map(gridOfRow));
  // A version read inside the transaction that publishes it may still be rolled back.
  if (version.state === 'published' && !db.isTransaction) bases.set(key, division);
  for (const oldest of bases.keys()) if (bases.size > BASES_KEPT) bases.delete(oldest);
  return division;
}

export interface LoadedVersion {
  readonly version: VersionRow;
  /** What it was drawn upon: for the first version nothing. */
  readonly base: Division;
  readonly division: Division;
  /** How many steps there are, undone ones included. */
  readonly lastStep: number;
}

/** A version with the grids it has or will have. Throws `grids.no_such_version`. */
export async function loadVersion(db: Db, version: VersionRow): Promise<LoadedVersion> {
  const { town_id: townId, base_number: baseNumber } = version;
  const base: Division = baseNumber === null ? new Map() : await baseOf(db, townId, baseNumber);
  if (version.state === 'published')
    return { version, base, division: await baseOf(db, townId, version.number), lastStep: 0 };
  const steps = await store.listSteps(db, townId, version.id);
  const applied = steps.filter(({ seq }) => seq <= version.position).map(({ after }) => playable(after));
  return { version, base, division: playChanges(base, applied), lastStep: steps.length };
}

/** The division with the outlines above everything that differs from its base brought up to date. */
export function withOutlines(base: Division, division: Division): Division {
  const touched = [...division.values()].filter(grid => base.get(grid.id) !== grid).map(({ id }) => id);
  // Where a grid left a community, that community's outline changes too.
  const left = [...base.values()].filter(grid => division.get(grid.id)?.parentId !== grid.parentId);
  const orphans = left.flatMap(
    ({ parentId }) => [...division.values()].find(grid => grid.parentId === parentId)?.id ?? [],
  );
  return withChange(division, deriveOutlines(division, [...touched, ...orphans]));
}

/** What a step changed, for the screen: the grids themselves and the outlines above them. */
export function editedView(before: Division, after: Division, change: Change) {
  const ids = [...change.keys()];
  const parents = [...ancestorsOf(before, ids), ...ancestorsOf(after, ids)].map(({ id }) => id);
  const children = [...after.values()].filter(({ parentId }) => parentId !== null && parents.includes(parentId));
  const outlines = deriveOutlines(after, [...ids, ...children.map(({ id }) => id)]);
  const changed = ids.flatMap(id => change.get(id) ?? []);
  return {
    changed: [...changed, ...[...outlines.values()].filter(({ id }) => !change.has(id))].map(gridView),
    removed: ids.filter(id => change.get(id) === null),
  };
}

/**
 * Writes a draft's grids as states from a day on. Only what differs from the base is written; the states before end.
 * @returns how many grids were written and how many are gone.
 */
export async function writeStates(
  db: Db,
  { version, base, division }: LoadedVersion,
  validFrom: LocalDate,
): Promise<{ written: number; gone: number }> {
  const final = withOutlines(base, division);
  const stored = new Map((await store.listLastStates(db, version.town_id)).map(row => [row.id, row]));
  const gone = [...stored.keys()].filter(id => !final.has(id));
  const written = [...final.values()].filter(grid => isChanged(grid, base, division, stored.get(grid.id), final));
  await store.endStates(db, version.town_id, [...gone, ...written.map(({ id }) => id)], validFrom);
  const town = [...stored.values()].find(({ level }) => level === 1);
  await insertGrids(
    db,
    written
      .toSorted((a, b) => a.level - b.level)
      .map(grid => stateOf(grid, version, validFrom, final, stored.get(grid.id) ?? town, stored.has(grid.id))),
  );
  return { written: written.length, gone: gone.length };
}

function isChanged(
  grid: Grid,
  base: Division,
  division: Division,
  stored: GridRow | undefined,
  final: Division,
): boolean {
  const before = base.get(grid.id);
  if (stored === undefined || before === undefined) return true;
  if (String(stored.path) !== String(pathOf(final, grid.id))) return true;
  const own = division.get(grid.id);
  // A leaf keeps its corners exactly, so that neighbours stay equal; an outline above counts when it shows something else.
  if (own !== undefined && own.rings !== before.rings && JSON.stringify(own.rings) !== JSON.stringify(before.rings))
    return true;
  return before !== grid && fieldsChanged(before, grid).length > 0;
}

function stateOf(
  grid: Grid,
  version: VersionRow,
  validFrom: LocalDate,
  final: Division,
  /** Its state before; for a new grid the town's, for where the borders come from. */
  like: GridRow | undefined,
  isKnown: boolean,
) {
  const { west, south, east, north } = boxOf(grid.rings[0] ?? []);
  const [lng, lat] = labelPosition(grid.rings);
  return {
    town_id: version.town_id,
    id: grid.id,
    valid_from: validFrom,
    valid_to: null,
    version: version.number,
    code: grid.code,
    level: grid.level,
    type: grid.type,
    kind: grid.kind,
    parent_id: grid.parentId,
    division_code: isKnown ? (like?.division_code ?? null) : null,
    path: [...pathOf(final, grid.id)],
    name: grid.name,
    official_name: grid.officialName,
    households: grid.households,
    population: grid.population,
    address: grid.address,
    bounds_text: grid.boundsText,
    boundary: json(gridView(grid).boundary),
    min_lng: west,
    min_lat: south,
    max_lng: east,
    max_lat: north,
    label_lng: lng,
    label_lat: lat,
    source: like?.source ?? 'drawn',
    note_zh: like?.note_zh ?? null,
    note_en: like?.note_en ?? null,
  };
}

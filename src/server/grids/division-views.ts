import { squareMetresOf, type Grid } from '../../domain/grids/division.ts';

import type { DivisionGrid, DivisionVersion } from '../../contracts/division-shapes.ts';
import type { Instant } from '../../domain/kernel/time.ts';
import type { VersionRow } from './division-queries.ts';
import type { GridRow } from './queries.ts';

const pairs = (ring: readonly (readonly [number, number])[]): [number, number][] =>
  ring.map(([lng, lat]): [number, number] => [lng, lat]);

/** A stored state as the grid that the rules know. */
export const gridOfRow = (row: GridRow): Grid => ({
  id: row.id,
  parentId: row.parent_id,
  level: row.level,
  type: row.type,
  kind: row.kind,
  code: row.code,
  name: row.name,
  officialName: row.official_name,
  households: row.households,
  population: row.population,
  address: row.address,
  boundsText: row.bounds_text,
  rings: row.boundary.coordinates,
});

export function factsView({ rings: _rings, ...facts }: Grid): Omit<Grid, 'rings'> {
  return facts;
}

export const gridView = (grid: Grid): DivisionGrid => ({
  ...factsView(grid),
  boundary: { type: 'Polygon', coordinates: grid.rings.map(pairs) },
  squareMetres: squareMetresOf(grid.rings),
});

export interface Viewer {
  readonly accountId: string | null;
  readonly now: Instant;
  /** Number of the version that holds today. */
  readonly inForce: number | null;
}

export function versionView(row: VersionRow, { accountId, now, inForce }: Viewer, lastStep: number): DivisionVersion {
  const held = row.state === 'draft' && row.lock_until !== null && row.lock_until > now && row.lock_name !== null;
  return {
    number: row.number,
    state: row.state,
    baseNumber: row.base_number,
    validFrom: row.valid_from,
    note: row.note,
    author: row.author_name,
    createdAt: row.created_at,
    publishedAt: row.published_at,
    publishedBy: row.published_by,
    inForce: row.number === inForce,
    lock: held
      ? { name: row.lock_name ?? '', until: row.lock_until ?? now, mine: row.lock_account_id === accountId }
      : null,
    revision: row.revision,
    canUndo: row.state === 'draft' && row.position > 0,
    canRedo: row.state === 'draft' && row.position < lastStep,
  };
}

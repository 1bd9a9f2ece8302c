import { sql } from 'kysely';

import { grantsFor } from '../../domain/identity/permissions.ts';

import type { Actor, Permission } from '../../domain/identity/permissions.ts';
import type { SqlBool } from 'kysely';
import type { RawBuilder } from 'kysely';

/**
 * [Note: Scope of cases]
 * Which cases an actor may touch under a permission, town by town: the whole town, or those whose grid lies below one of his
 * grids, that were dispatched to one of his units, or whose check was given to him. This file is the only place that turns
 * grants into rows: `inScope` for queries, `isInScope` for a row at hand (live events).
 */
export interface TownScope {
  readonly townId: string;
  readonly whole: boolean;
  readonly gridIds: readonly string[];
  readonly unitIds: readonly string[];
  readonly accountId: string;
}

export interface ScopedRow {
  readonly town_id: string;
  readonly grid_path: readonly string[];
  readonly lead_unit_id: string | null;
  readonly checker_id: string | null;
}

/** One scope for each town in which the actor holds the permission. */
export function scopesOf(actor: Actor, permission: Permission): readonly TownScope[] {
  if (actor.kind !== 'account') return [];
  const byTown = Map.groupBy(
    grantsFor(actor, permission).filter(grant => grant.townId !== null),
    grant => grant.townId ?? '',
  );
  return [...byTown].map(([townId, grants]) => ({
    townId,
    whole: grants.some(grant => grant.gridId === null && grant.unitId === null),
    gridIds: grants.flatMap(grant => grant.gridId ?? []),
    unitIds: grants.flatMap(grant => grant.unitId ?? []),
    accountId: actor.accountId,
  }));
}

/** The condition on `cases.case_file as c`; the town itself is named by the query. */
export function inScope(scope: TownScope): RawBuilder<SqlBool> {
  if (scope.whole) return sql<SqlBool>`true`;
  return sql<SqlBool>`(c.grid_path && ${[...scope.gridIds]}::uuid[]
    or c.lead_unit_id = any(${[...scope.unitIds]}::uuid[])
    or c.checker_id = ${scope.accountId}::uuid)`;
}

export function isInScope(scope: TownScope, row: ScopedRow): boolean {
  if (row.town_id !== scope.townId) return false;
  return (
    scope.whole ||
    row.grid_path.some(id => scope.gridIds.includes(id)) ||
    (row.lead_unit_id !== null && scope.unitIds.includes(row.lead_unit_id)) ||
    row.checker_id === scope.accountId
  );
}

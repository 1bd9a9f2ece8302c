import { permissionsOf, roleNames } from '../../domain/identity/permissions.ts';
import { accountsWithRoles } from '../identity/index.ts';
import * as queries from './queries.ts';

import type { ReplyOf } from '../../contracts/endpoint.ts';
import type { listCheckers } from '../../contracts/cases.ts';
import type { AccountRow } from '../identity/index.ts';
import type { Tables } from '../platform/database/tables.ts';
import type { CaseRecord } from './queries.ts';
import type { Kysely } from 'kysely';

const checkingRoles = roleNames.filter(role => permissionsOf[role].includes('cases.check'));

export interface ResolvedChecker {
  readonly accountId: string;
  readonly name: string;
  readonly unitIds: readonly string[];
  readonly mayCheckHere: boolean;
}

const checkingGrants = (account: AccountRow, townId: string) =>
  account.grants.filter(grant => grant.townId === townId && checkingRoles.includes(grant.role));

const unitIdsOf = (account: AccountRow): string[] => account.grants.flatMap(grant => grant.unitId ?? []);

/** The account named as checker with what the rule asks about it; null when there is no such account in the town. */
export async function resolveChecker(
  db: Kysely<Tables>,
  row: CaseRecord,
  accountId: string,
): Promise<ResolvedChecker | null> {
  const accounts = await accountsWithRoles(db, row.town_id, checkingRoles);
  const account = accounts.find(candidate => candidate.id === accountId);
  if (account === undefined) return null;
  return {
    accountId,
    name: account.name,
    unitIds: unitIdsOf(account),
    mayCheckHere: checkingGrants(account, row.town_id).length > 0,
  };
}

type Candidate = ReplyOf<typeof listCheckers>['checkers'][number];

/**
 * Who could check a case: accounts of the town with the duty, without the handlers and the handling unit. Nearest first: the
 * case's own grid, its community, then the rest; with equal distance whoever has fewer open checks.
 */
export async function candidates(
  db: Kysely<Tables>,
  row: CaseRecord,
  workplaceOf: (account: AccountRow) => string,
): Promise<Candidate[]> {
  const accounts = await accountsWithRoles(db, row.town_id, checkingRoles);
  const suitable = accounts.filter(
    account =>
      !row.handler_ids.includes(account.id) &&
      (row.lead_unit_id === null || !unitIdsOf(account).includes(row.lead_unit_id)),
  );
  if (suitable.length === 0) return [];
  const open = new Map(
    (
      await queries.countOpenChecks(
        db,
        row.town_id,
        suitable.map(account => account.id),
      )
    ).map(({ checker_id, count }) => [checker_id, count]),
  );
  const nearness = (account: AccountRow): number =>
    Math.max(
      -1,
      ...checkingGrants(account, row.town_id).map(grant =>
        grant.gridId === null ? -1 : row.grid_path.indexOf(grant.gridId),
      ),
    );
  const sorted = suitable
    .map(account => ({ account, near: nearness(account), openChecks: open.get(account.id) ?? 0 }))
    .filter(
      ({ account, near }) => near >= 0 || checkingGrants(account, row.town_id).some(grant => grant.gridId === null),
    )
    .sort((a, b) => b.near - a.near || a.openChecks - b.openChecks);
  return sorted.map(({ account, openChecks }) => ({
    accountId: account.id,
    name: account.name,
    workplace: workplaceOf(account),
    ownGrid: checkingGrants(account, row.town_id).some(grant => grant.gridId === row.grid_id),
    openChecks,
  }));
}

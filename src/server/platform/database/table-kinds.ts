/**
 * [Note: Towns]
 * A city may be spread over several database servers, town by town. So each table is one of three kinds:
 *
 * - `distributed`: town data. `town_id` (the first-level grid it belongs to) is NOT NULL, never updated, and part of the
 *   primary key, of every unique and exclusion constraint and index, and of foreign keys between such tables.
 * - `reference`: small and free of towns, copied to every server. It never points at a distributed table.
 * - `local`: only the first server has it: bookkeeping of the program itself.
 *
 * A test over the catalogue holds the tables to this, `query-walk.ts` holds the queries to it. A new table is declared here.
 */
export type TableKind = 'distributed' | 'reference' | 'local';

export const tableKinds: Readonly<Record<string, TableKind>> = {
  'platform.event': 'distributed',
  'platform.delivery': 'distributed',
  'platform.idempotency': 'distributed',
  'platform.setting': 'local',
  'platform.migration': 'local',
  'platform.upload': 'local',
  'identity.account': 'reference',
  'identity.role_grant': 'reference',
  'identity.session': 'local',
  'grids.division': 'reference',
  'grids.grid': 'distributed',
  'grids.grid_state': 'distributed',
  'grids.division_version': 'distributed',
  'grids.division_step': 'distributed',
  'grids.street_line': 'distributed',
  'grids.unit': 'distributed',
  'grids.post': 'distributed',
  'grids.appointment': 'distributed',
  'cases.category': 'reference',
  'cases.filing_condition': 'reference',
  'cases.number_counter': 'distributed',
  'cases.case_file': 'distributed',
  'cases.step': 'distributed',
  'cases.clock': 'distributed',
  'cases.attachment': 'distributed',
  'cases.reporter': 'distributed',
  'intake.receipt': 'distributed',
  'identity.access_entry': 'local',
  'identity.access_chain': 'local',
  'identity.password_history': 'local',
  'identity.second_factor': 'local',
  'identity.recovery_code': 'local',
  'identity.linked_login': 'local',
  'identity.policy': 'local',
};

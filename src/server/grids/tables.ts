import type {
  DateColumn,
  InstantColumn,
  JsonColumn,
  OptionalInstantColumn,
  OptionalJsonColumn,
} from '../platform/database/columns.ts';
import type { ColumnType } from 'kysely';
import type { Grid, GridKind, GridType } from '../../domain/grids/division.ts';
import type { Polygon } from '../../contracts/grids.ts';
import type { LocalDate } from '../../domain/kernel/time.ts';

export interface DivisionTable {
  code: string;
  parent_code: string | null;
  level: 'city' | 'county' | 'town';
  name: string;
  boundary: OptionalJsonColumn<unknown>;
  source: string | null;
}

/** A grid's identity; how it stands on a day is in its states. */
export interface GridTable {
  town_id: string;
  id: string;
}

/** One grid on the days from valid_from until before valid_to. */
export interface GridStateTable {
  town_id: string;
  id: string;
  valid_from: DateColumn;
  valid_to: ColumnType<LocalDate | null, LocalDate | null, LocalDate | null>;
  version: number;
  code: string;
  level: number;
  type: GridType;
  kind: GridKind;
  parent_id: string | null;
  division_code: string | null;
  path: string[];
  name: string;
  official_name: string;
  households: number | null;
  population: number | null;
  address: string | null;
  bounds_text: string | null;
  boundary: JsonColumn<Polygon>;
  min_lng: number;
  min_lat: number;
  max_lng: number;
  max_lat: number;
  label_lng: number;
  label_lat: number;
  source: string;
  note_zh: string | null;
  note_en: string | null;
}

export interface DivisionVersionTable {
  town_id: string;
  id: string;
  number: number;
  state: 'draft' | 'published' | 'discarded';
  base_number: number | null;
  valid_from: ColumnType<LocalDate | null, LocalDate | null, LocalDate | null>;
  note: string | null;
  author_id: string | null;
  author_name: string | null;
  created_at: InstantColumn;
  published_at: OptionalInstantColumn;
  published_by: string | null;
  revision: number;
  position: number;
  lock_account_id: string | null;
  lock_name: string | null;
  lock_until: OptionalInstantColumn;
}

export interface DivisionStepTable {
  town_id: string;
  version_id: string;
  seq: number;
  operation: JsonColumn<unknown>;
  before: JsonColumn<Readonly<Record<string, Grid | null>>>;
  after: JsonColumn<Readonly<Record<string, Grid | null>>>;
  account_id: string;
  at: InstantColumn;
}

export interface StreetLineTable {
  town_id: string;
  id: string;
  name: string;
  rank: number;
  line: JsonColumn<[number, number][]>;
  source: string;
}

export interface UnitTable {
  town_id: string;
  id: string;
  code: string;
  name: string;
  name_then: string;
  kind: string;
  phone: string | null;
  initials: string;
}

export interface PostTable {
  town_id: string;
  id: string;
  grid_id: string;
  code: string;
  name: string;
}

export interface AppointmentTable {
  town_id: string;
  id: string;
  post_id: string;
  account_id: string;
  since: DateColumn;
  until: LocalDate | null;
}

declare module '../platform/database/tables.ts' {
  interface Tables {
    'grids.division': DivisionTable;
    'grids.grid': GridTable;
    'grids.grid_state': GridStateTable;
    'grids.division_version': DivisionVersionTable;
    'grids.division_step': DivisionStepTable;
    'grids.street_line': StreetLineTable;
    'grids.unit': UnitTable;
    'grids.post': PostTable;
    'grids.appointment': AppointmentTable;
  }
}

import type { DateColumn, JsonColumn, OptionalJsonColumn } from '../platform/database/columns.ts';
import type { Polygon } from '../../contracts/grids.ts';
import type { LocalDate } from '../../domain/kernel/time.ts';

export interface DivisionTable {
  code: string;
  parent_code: string | null;
  level: 'city' | 'county';
  name: string;
  boundary: OptionalJsonColumn<unknown>;
  source: string | null;
}

export interface GridTable {
  town_id: string;
  id: string;
  code: string;
  level: number;
  parent_id: string | null;
  division_code: string | null;
  path: string[];
  name: string;
  official_name: string;
  households: number | null;
  address: string | null;
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
  valid_from: DateColumn;
  valid_to: LocalDate | null;
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
    'grids.street_line': StreetLineTable;
    'grids.unit': UnitTable;
    'grids.post': PostTable;
    'grids.appointment': AppointmentTable;
  }
}

import type { ActionName } from '../../domain/cases/transitions.ts';
import type { LimitUnit } from '../../domain/cases/limits.ts';
import type { CaseState, Channel, Stage, Urgency } from '../../domain/cases/states.ts';
import type { DateColumn, InstantColumn, OptionalInstantColumn } from '../platform/database/columns.ts';
import type { Generated } from 'kysely';

export interface CategoryTable {
  scheme: string;
  code: string;
  class_zh: string;
  class_en: string;
  name_zh: string;
  name_en: string;
  urgency: Urgency;
  lead_unit_code: string | null;
  initials: string;
}

export interface FilingConditionTable {
  scheme: string;
  category_code: string;
  no: number;
  text_zh: string;
  text_en: string;
  limit_n: number;
  limit_unit: LimitUnit;
  urgency: Urgency;
  close_zh: string;
  close_en: string;
  photo_reason_zh: string | null;
  photo_reason_en: string | null;
}

export interface NumberCounterTable {
  town_id: string;
  day: DateColumn;
  last: number;
}

export interface CaseFileTable {
  town_id: string;
  id: string;
  number: string;
  version: number;
  state: CaseState;
  channel: Channel;
  urgency: Urgency;
  words: string;
  address: string;
  lng: number | null;
  lat: number | null;
  datum: string | null;
  accuracy: number | null;
  grid_id: string;
  grid_path: string[];
  scheme: string | null;
  category_code: string | null;
  condition_no: number | null;
  lead_unit_id: string | null;
  handler_ids: Generated<string[]>;
  checker_id: string | null;
  contest_count: Generated<number>;
  rework_count: Generated<number>;
  rating: number | null;
  reported_at: InstantColumn;
  closed_at: OptionalInstantColumn;
  updated_at: InstantColumn;
  last_actor_name: string | null;
  clock_stage: Stage | null;
  clock_due_at: OptionalInstantColumn;
  head_seq: number;
  head_hash: string;
}

export interface StepTable {
  town_id: string;
  case_id: string;
  seq: number;
  action: ActionName | 'report';
  from_state: CaseState | null;
  to_state: CaseState;
  actor_id: string | null;
  actor_name: string | null;
  post: string | null;
  unit_id: string | null;
  at: InstantColumn;
  note: string | null;
  note_salt: string | null;
  note_digest: string | null;
  attachment_digests: string[];
  prev_hash: string | null;
  hash: string;
}

export interface ClockTable {
  town_id: string;
  case_id: string;
  id: string;
  stage: Stage;
  limit_n: number;
  limit_unit: LimitUnit;
  start_at: InstantColumn;
  due_at: OptionalInstantColumn;
  stopped_at: OptionalInstantColumn;
}

export interface AttachmentTable {
  town_id: string;
  case_id: string;
  id: string;
  seq: number;
  sha256: string;
  width: number;
  height: number;
  bytes: number;
}

export interface ReporterTable {
  town_id: string;
  case_id: string;
  id: string;
  name_sealed: string | null;
  phone_sealed: string | null;
}

declare module '../platform/database/tables.ts' {
  interface Tables {
    'cases.category': CategoryTable;
    'cases.filing_condition': FilingConditionTable;
    'cases.number_counter': NumberCounterTable;
    'cases.case_file': CaseFileTable;
    'cases.step': StepTable;
    'cases.clock': ClockTable;
    'cases.attachment': AttachmentTable;
    'cases.reporter': ReporterTable;
  }
}

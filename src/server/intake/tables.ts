import type { OptionalInstantColumn } from '../platform/database/columns.ts';
import type { Generated } from 'kysely';

export interface ReceiptTable {
  town_id: string;
  number: string;
  case_id: string;
  code_digest: string;
  failed: Generated<number>;
  locked_until: OptionalInstantColumn;
}

declare module '../platform/database/tables.ts' {
  interface Tables {
    'intake.receipt': ReceiptTable;
  }
}

import type { InstantColumn, OptionalInstantColumn } from '../platform/database/columns.ts';
import type { Role } from '../../domain/identity/permissions.ts';
import type { Generated } from 'kysely';

export interface AccountTable {
  id: string;
  login_name: string;
  name: string;
  password_digest: string;
  failed_sign_ins: Generated<number>;
  locked_until: OptionalInstantColumn;
  last_sign_in_at: OptionalInstantColumn;
  disabled_at: OptionalInstantColumn;
  created_at: InstantColumn;
}

export interface RoleGrantTable {
  id: string;
  account_id: string;
  role: Role;
  town_id: string | null;
  grid_id: string | null;
  unit_id: string | null;
  created_at: InstantColumn;
}

export interface SessionTable {
  token_digest: string;
  account_id: string;
  created_at: InstantColumn;
  seen_at: InstantColumn;
  expires_at: InstantColumn;
  user_agent: string | null;
}

declare module '../platform/database/tables.ts' {
  interface Tables {
    'identity.account': AccountTable;
    'identity.role_grant': RoleGrantTable;
    'identity.session': SessionTable;
  }
}

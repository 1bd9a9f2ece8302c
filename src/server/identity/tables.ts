import type { InstantColumn, JsonColumn, OptionalInstantColumn } from '../platform/database/columns.ts';
import type { AccessKind, AccessResult } from '../../domain/identity/access-record.ts';
import type { SignInMethod } from '../../domain/identity/policy.ts';
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
  password_changed_at: InstantColumn;
  must_change_password: Generated<boolean>;
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
  id: string;
  ip: string | null;
  method: SignInMethod;
}

export interface AccessEntryTable {
  chain: number;
  seq: number;
  id: string;
  at: InstantColumn;
  account_id: string | null;
  login_name: string | null;
  name: string | null;
  what: AccessKind;
  object_kind: string | null;
  object_id: string | null;
  object_name: string | null;
  result: AccessResult;
  problem: string | null;
  ip: string;
  user_agent: string | null;
  /** JSON. */
  details: string;
  prev_hash: string | null;
  hash: string;
}

export interface AccessChainTable {
  chain: number;
  seq: number;
  hash: string | null;
}

export interface PasswordHistoryTable {
  account_id: string;
  at: InstantColumn;
  digest: string;
}

export interface SecondFactorTable {
  account_id: string;
  secret_sealed: string;
  created_at: InstantColumn;
  confirmed_at: OptionalInstantColumn;
  last_step: number | null;
}

export interface RecoveryCodeTable {
  account_id: string;
  digest: string;
  used_at: OptionalInstantColumn;
}

export interface LinkedLoginTable {
  issuer: string;
  subject: string;
  account_id: string;
  linked_at: InstantColumn;
}

export interface PolicyTable {
  version: number;
  value: JsonColumn<unknown>;
  oidc_secret_sealed: string | null;
  account_id: string | null;
  at: InstantColumn;
}

declare module '../platform/database/tables.ts' {
  interface Tables {
    'identity.account': AccountTable;
    'identity.role_grant': RoleGrantTable;
    'identity.session': SessionTable;
    'identity.access_entry': AccessEntryTable;
    'identity.access_chain': AccessChainTable;
    'identity.password_history': PasswordHistoryTable;
    'identity.second_factor': SecondFactorTable;
    'identity.recovery_code': RecoveryCodeTable;
    'identity.linked_login': LinkedLoginTable;
    'identity.policy': PolicyTable;
  }
}

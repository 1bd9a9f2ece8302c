import type { Account, Me } from '../../contracts/identity.ts';
import type { AccountRow } from './queries.ts';

/** Says in words where an account works; grids and units know their names, so compose.ts passes it in. */
export type WorkplaceOf = (account: AccountRow) => string;

export const meView = (account: AccountRow, workplaceOf: WorkplaceOf, demo: boolean, owes: Me['owes']): Me => ({
  accountId: account.id,
  loginName: account.login_name,
  name: account.name,
  grants: [...account.grants],
  workplace: workplaceOf(account),
  demo,
  owes,
});

export const accountView = (account: AccountRow, workplaceOf: WorkplaceOf): Account => ({
  id: account.id,
  loginName: account.login_name,
  name: account.name,
  grants: [...account.grants],
  workplace: workplaceOf(account),
  disabled: account.disabled_at !== null,
  lastSignInAt: account.last_sign_in_at,
});

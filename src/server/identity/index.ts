export { accountsWithRoles, authenticate, createAccount, isSessionLive } from './service.ts';
export { offerSetup } from './setup.ts';
export { deleteExpiredSessions, findAccount, findAccountByLogin, hasAccounts } from './queries.ts';
export type { AccountRow } from './queries.ts';

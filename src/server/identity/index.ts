export { accountsWithRoles, createAccount } from './accounts.ts';
export { actorsOfSessions, authenticate, isSessionLive } from './sessions.ts';
export { appendEntries } from './access/write.ts';
export { storedEntry } from './access/read.ts';
export { offerSetup } from './setup.ts';
export { deleteExpiredSessions, findAccount, findAccountByLogin, hasAccounts } from './queries.ts';
export type { AccountRow } from './queries.ts';

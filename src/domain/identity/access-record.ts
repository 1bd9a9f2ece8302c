/**
 * [Note: The access record]
 *
 * Who signed in, saw personal data, exported, or changed an account, a right or the policy. Entries are appended and chained
 * like the steps of a case, so that a changed, removed or inserted one shows.
 *
 * One chain for the whole installation would make every sign-in of a city wait for the one before it to be committed; entries
 * chained afterwards by a background job could be removed unseen until it comes by. So there are eight chains: a call's
 * entries go to the chain of whoever acts, written as the very last thing before the commit. Only calls of the same chain wait
 * for each other, only for the length of one commit, and since the chain is the last lock taken, they cannot deadlock. A
 * missing tail shows against the head (`access_chain`); a tail removed together with its head shows against an anchor that
 * was kept elsewhere (`tools/verify-access.ts --anchor`).
 *
 * Canonical form, version 1: the UTF-8 bytes of a JSON array without spaces,
 *   ["jingwei.access.1", chain, seq, id, at, accountId, loginName, name, what, objectKind, objectId, objectName, result,
 *    problem, ip, userAgent, details, prevHash]
 * where `at` is epoch milliseconds, `details` is the JSON text as stored, and what is absent is null. hash = SHA-256 of it.
 */
export const accessChains = 8;

/** What is recorded, with its words. The names are stored: they never change their meaning. */
export const accessKinds = {
  'session.sign_in': { zh: '登录', en: 'Sign in' },
  'session.sign_out': { zh: '退出', en: 'Sign out' },
  'session.revoke': { zh: '终止会话', en: 'End a session' },
  'account.set_up': { zh: '首次设置', en: 'First set-up' },
  'account.create': { zh: '新建账号', en: 'Create an account' },
  'account.disable': { zh: '停用账号', en: 'Disable an account' },
  'account.enable': { zh: '启用账号', en: 'Enable an account' },
  'account.grants': { zh: '更改授权', en: 'Change grants' },
  'account.unlink': { zh: '解除单点登录绑定', en: 'Unlink single sign-on' },
  'password.change': { zh: '修改密码', en: 'Change password' },
  'password.reset': { zh: '重置密码', en: 'Reset a password' },
  'codes.enrol': { zh: '绑定动态口令', en: 'Set up one-time codes' },
  'codes.remove': { zh: '解除动态口令', en: 'Remove one-time codes' },
  'codes.reset': { zh: '重置动态口令', en: 'Reset one-time codes' },
  'policy.change': { zh: '更改安全策略', en: 'Change the security policy' },
  'contact.reveal': { zh: '查看联系方式', en: 'Reveal contact' },
  'access.export': { zh: '导出访问记录', en: 'Export the access record' },
  'access.denied': { zh: '越权访问', en: 'Call without permission' },
} as const satisfies Record<string, { zh: string; en: string }>;

export type AccessKind = keyof typeof accessKinds;
export const accessKindNames = Object.keys(accessKinds) as AccessKind[];

export const accessResults = {
  done: { zh: '成功', en: 'Done' },
  refused: { zh: '被拒绝', en: 'Refused' },
  failed: { zh: '出错', en: 'Failed' },
} as const satisfies Record<string, { zh: string; en: string }>;

export type AccessResult = keyof typeof accessResults;
export const accessResultNames = Object.keys(accessResults) as AccessResult[];

export interface EntryToChain {
  readonly chain: number;
  readonly seq: number;
  readonly id: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly accountId: string | null;
  readonly loginName: string | null;
  readonly name: string | null;
  readonly what: string;
  readonly objectKind: string | null;
  readonly objectId: string | null;
  readonly objectName: string | null;
  readonly result: string;
  readonly problem: string | null;
  readonly ip: string;
  readonly userAgent: string | null;
  readonly details: string;
  readonly prevHash: string | null;
}

export const canonicalEntry = (entry: EntryToChain): string =>
  JSON.stringify([
    'jingwei.access.1',
    entry.chain,
    entry.seq,
    entry.id,
    entry.at,
    entry.accountId,
    entry.loginName,
    entry.name,
    entry.what,
    entry.objectKind,
    entry.objectId,
    entry.objectName,
    entry.result,
    entry.problem,
    entry.ip,
    entry.userAgent,
    entry.details,
    entry.prevHash,
  ]);

export interface Link {
  readonly seq: number;
  readonly hash: string | null;
}

export interface BrokenEntry {
  readonly chain: number;
  readonly seq: number;
  readonly reason: 'hash' | 'previous' | 'sequence' | 'head';
}

/** Where a chain begins. */
export const chainStart: Link = { seq: 0, hash: null };

/**
 * Goes on from a verified link over the next entries of a chain, in order. Answers the link reached, or the first broken one.
 * `sha256` is hex of the UTF-8 bytes.
 */
export function followChain(
  from: Link,
  entries: readonly (EntryToChain & { readonly hash: string })[],
  sha256: (text: string) => string,
): { readonly reached: Link; readonly broken: BrokenEntry | null } {
  let reached = from;
  for (const entry of entries) {
    const at = { chain: entry.chain, seq: entry.seq };
    if (entry.seq !== reached.seq + 1) return { reached, broken: { ...at, seq: reached.seq + 1, reason: 'sequence' } };
    if (entry.prevHash !== reached.hash) return { reached, broken: { ...at, reason: 'previous' } };
    if (sha256(canonicalEntry(entry)) !== entry.hash) return { reached, broken: { ...at, reason: 'hash' } };
    reached = { seq: entry.seq, hash: entry.hash };
  }
  return { reached, broken: null };
}

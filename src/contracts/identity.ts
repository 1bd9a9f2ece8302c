import * as z from 'zod/mini';

import { roleNames } from '../domain/identity/permissions.ts';
import { endpoint } from './endpoint.ts';
import { id, instant, text } from './text.ts';

export const role = () => z.enum(roleNames);

export const grant = () =>
  z.object({ role: role(), townId: z.nullable(id()), gridId: z.nullable(id()), unitId: z.nullable(id()) });

export const me = () =>
  z.object({
    accountId: id(),
    loginName: z.string(),
    name: z.string(),
    grants: z.array(grant()),
    /** Where the holder works, in words: unit or grid names. */
    workplace: z.string(),
    demo: z.boolean(),
    /** What must be done before anything else is possible. */
    owes: z.nullable(z.enum(['password', 'codes'])),
  });
export type Me = z.output<ReturnType<typeof me>>;

export const loginName = () => z.string().check(z.regex(/^[\p{L}\p{N}._-]{2,40}$/u));

export const signIn = endpoint({
  id: 'identity.signIn',
  method: 'POST',
  path: '/api/session',
  summary: { zh: '登录', en: 'Sign in' },
  access: 'public',
  body: z.object({
    loginName: z.string().check(z.maxLength(80)),
    password: z.string().check(z.maxLength(200)),
    /** One-time or recovery code; asked for by `identity.code_needed`. */
    code: z.optional(z.string().check(z.maxLength(40))),
  }),
  reply: me(),
  problems: [
    'identity.wrong_credentials',
    'identity.locked',
    'identity.wrong_origin',
    'identity.code_needed',
    'identity.code_wrong',
  ],
});

export const signOut = endpoint({
  id: 'identity.signOut',
  method: 'DELETE',
  path: '/api/session',
  summary: { zh: '退出', en: 'Sign out' },
  access: 'signed_in',
  whileOwing: true,
  reply: z.object({}),
  problems: ['identity.not_signed_in'],
});

export const readSession = endpoint({
  id: 'identity.readSession',
  method: 'GET',
  path: '/api/session',
  summary: { zh: '当前登录者', en: 'Who is signed in' },
  access: 'signed_in',
  whileOwing: true,
  reply: me(),
  problems: ['identity.not_signed_in'],
});

export const demoAccounts = endpoint({
  id: 'identity.demoAccounts',
  method: 'GET',
  path: '/api/demo-accounts',
  summary: { zh: '演示账号（仅演示模式）', en: 'Demonstration accounts (demonstration mode only)' },
  access: 'public',
  reply: z.object({
    demo: z.boolean(),
    accounts: z.array(
      z.object({
        loginName: z.string(),
        password: z.string(),
        name: z.string(),
        roles: z.array(role()),
        workplace: z.string(),
        /** Where this person starts working. */
        start: z.string(),
      }),
    ),
  }),
  problems: [],
});

export const setUp = endpoint({
  id: 'identity.setUp',
  method: 'POST',
  path: '/api/setup',
  summary: { zh: '首次设置：创建第一个管理员', en: 'First set-up: create the first administrator' },
  access: 'public',
  body: z.object({
    token: z.string().check(z.maxLength(200)),
    loginName: loginName(),
    name: text(40),
    password: z.string().check(z.maxLength(200)),
  }),
  reply: me(),
  problems: ['identity.setup_done', 'identity.setup_token_wrong', 'identity.password_weak'],
});

export const account = () =>
  z.object({
    id: id(),
    loginName: z.string(),
    name: z.string(),
    grants: z.array(grant()),
    workplace: z.string(),
    disabled: z.boolean(),
    lastSignInAt: z.nullable(instant()),
  });
export type Account = z.output<ReturnType<typeof account>>;

export const listAccounts = endpoint({
  id: 'identity.listAccounts',
  method: 'GET',
  path: '/api/accounts',
  summary: { zh: '账号清单', en: 'List accounts' },
  access: 'identity.read_accounts',
  reply: z.object({ accounts: z.array(account()) }),
  problems: ['identity.not_signed_in', 'identity.not_permitted'],
});

export const createAccount = endpoint({
  id: 'identity.createAccount',
  method: 'POST',
  path: '/api/accounts',
  summary: { zh: '新建账号', en: 'Create an account' },
  access: 'identity.manage_accounts',
  body: z.object({
    loginName: loginName(),
    name: text(40),
    password: z.string().check(z.maxLength(200)),
    grants: z.array(grant()).check(z.minLength(1), z.maxLength(20)),
  }),
  reply: account(),
  problems: [
    'identity.not_signed_in',
    'identity.not_permitted',
    'identity.login_name_taken',
    'identity.password_weak',
    'identity.roles_conflict',
    'identity.scope_missing',
    'grids.unknown_grid',
    'grids.unknown_unit',
  ],
});

export const disableAccount = endpoint({
  id: 'identity.disableAccount',
  method: 'POST',
  path: '/api/accounts/:id/disable',
  summary: { zh: '停用账号', en: 'Disable an account' },
  access: 'identity.manage_accounts',
  params: z.object({ id: id() }),
  reply: account(),
  problems: ['identity.not_signed_in', 'identity.not_permitted', 'platform.not_found', 'identity.not_your_own'],
});

export const identityEndpoints = {
  signIn,
  signOut,
  readSession,
  demoAccounts,
  setUp,
  listAccounts,
  createAccount,
  disableAccount,
};

import * as z from 'zod/mini';

import { endpoint } from './endpoint.ts';
import { account, grant, role } from './identity.ts';
import { session } from './own-account.ts';
import { id, instant, text } from './text.ts';

/** What the security administrator does: accounts, their rights and sessions, and the policy; and single sign-on. */

const whole = (least: number, most: number) => z.number().check(z.int(), z.gte(least), z.lte(most));

export const policy = () =>
  z.object({
    password: z.object({
      minLength: whole(8, 64),
      kinds: whole(1, 4),
      ageDays: whole(0, 3650),
      history: whole(0, 24),
      changeAtFirstUse: z.boolean(),
    }),
    lock: z.object({ failures: whole(3, 20), minutes: whole(1, 1440) }),
    session: z.object({ idleMinutes: whole(5, 1440), absoluteHours: whole(1, 720) }),
    codes: z.object({ mode: z.enum(['off', 'optional', 'required']), roles: z.array(role()).check(z.maxLength(40)) }),
    oidc: z.object({
      enabled: z.boolean(),
      label: text(30),
      issuer: z.string().check(z.maxLength(300)),
      clientId: z.string().check(z.maxLength(200)),
      claim: z.string().check(z.regex(/^[\w.:/-]{1,80}$/)),
    }),
  });

const policyView = () =>
  z.object({
    version: z.number(),
    policy: policy(),
    /** Whether a client secret is stored; it is never shown. */
    hasOidcSecret: z.boolean(),
    /** To be registered at the provider. */
    redirectUri: z.string(),
    changedAt: z.nullable(instant()),
    changedBy: z.nullable(z.string()),
  });
export type PolicyView = z.output<ReturnType<typeof policyView>>;

export const readPolicy = endpoint({
  id: 'identity.readPolicy',
  method: 'GET',
  path: '/api/policy',
  summary: { zh: '安全策略', en: 'The security policy' },
  access: 'identity.manage_policy',
  reply: policyView(),
  problems: [],
});

export const changePolicy = endpoint({
  id: 'identity.changePolicy',
  method: 'PUT',
  path: '/api/policy',
  summary: { zh: '更改安全策略', en: 'Change the security policy' },
  access: 'identity.manage_policy',
  body: z.object({
    /** The version that was looked at. */
    version: z.number().check(z.int()),
    policy: policy(),
    /** A new client secret; left out, the stored one stays. */
    oidcSecret: z.optional(z.string().check(z.minLength(1), z.maxLength(300))),
  }),
  reply: policyView(),
  problems: ['identity.policy_moved', 'identity.policy_invalid'],
});

const security = () =>
  z.object({
    account: account(),
    lockedUntil: z.nullable(instant()),
    passwordChangedAt: z.nullable(instant()),
    mustChangePassword: z.boolean(),
    codesSetUp: z.boolean(),
    recoveryLeft: z.number(),
    linked: z.array(z.object({ issuer: z.string(), subject: z.string(), linkedAt: instant() })),
    sessions: z.array(session()),
  });
export type AccountSecurity = z.output<ReturnType<typeof security>>;

const one = { params: z.object({ id: id() }), access: 'identity.manage_accounts' } as const;

export const readAccount = endpoint({
  id: 'identity.readAccount',
  method: 'GET',
  path: '/api/accounts/:id',
  summary: { zh: '一个账号的安全情况', en: 'The security of one account' },
  ...one,
  reply: security(),
  problems: ['platform.not_found'],
});

export const changeGrants = endpoint({
  id: 'identity.changeGrants',
  method: 'POST',
  path: '/api/accounts/:id/grants',
  summary: { zh: '更改授权', en: 'Change grants' },
  ...one,
  body: z.object({
    add: z.array(grant()).check(z.maxLength(20)),
    remove: z.array(grant()).check(z.maxLength(50)),
  }),
  reply: account(),
  problems: [
    'platform.not_found',
    'identity.not_your_own',
    'identity.roles_conflict',
    'identity.scope_missing',
    'identity.no_grants_left',
    'grids.unknown_grid',
    'grids.unknown_unit',
  ],
});

export const enableAccount = endpoint({
  id: 'identity.enableAccount',
  method: 'POST',
  path: '/api/accounts/:id/enable',
  summary: { zh: '启用账号并解除锁定', en: 'Enable an account and lift its lock' },
  ...one,
  reply: account(),
  problems: ['platform.not_found'],
});

export const resetPassword = endpoint({
  id: 'identity.resetPassword',
  method: 'POST',
  path: '/api/accounts/:id/password',
  summary: { zh: '重置密码', en: 'Reset a password' },
  ...one,
  /** Shown once; to be changed at the next sign-in. */
  reply: z.object({ password: z.string() }),
  problems: ['platform.not_found'],
});

export const resetCodes = endpoint({
  id: 'identity.resetCodes',
  method: 'DELETE',
  path: '/api/accounts/:id/codes',
  summary: { zh: '重置动态口令', en: 'Reset one-time codes' },
  ...one,
  reply: z.object({}),
  problems: ['platform.not_found'],
});

export const unlinkAccount = endpoint({
  id: 'identity.unlinkAccount',
  method: 'DELETE',
  path: '/api/accounts/:id/links',
  summary: { zh: '解除单点登录绑定', en: 'Unlink single sign-on' },
  ...one,
  reply: z.object({}),
  problems: ['platform.not_found'],
});

export const endSession = endpoint({
  id: 'identity.endSession',
  method: 'DELETE',
  path: '/api/accounts/:id/sessions/:session',
  summary: { zh: '终止一个会话', en: 'End a session' },
  access: 'identity.manage_accounts',
  params: z.object({ id: id(), session: id() }),
  reply: z.object({ ended: z.number() }),
  problems: ['platform.not_found'],
});

export const endSessions = endpoint({
  id: 'identity.endSessions',
  method: 'DELETE',
  path: '/api/accounts/:id/sessions',
  summary: { zh: '终止全部会话', en: 'End all sessions' },
  ...one,
  reply: z.object({ ended: z.number() }),
  problems: ['platform.not_found'],
});

export const oidcStart = endpoint({
  id: 'identity.oidcStart',
  method: 'GET',
  path: '/api/oidc/start',
  summary: { zh: '去统一身份认证登录', en: 'Go to the provider to sign in' },
  access: 'public',
  query: z.object({ back: z.optional(z.string().check(z.maxLength(500))) }),
  replies: 'redirect',
  reply: z.any(),
  problems: ['identity.oidc_off', 'identity.oidc_unreachable'],
});

export const oidcCallback = endpoint({
  id: 'identity.oidcCallback',
  method: 'GET',
  path: '/api/oidc/callback',
  summary: { zh: '从统一身份认证返回', en: 'Back from the provider' },
  access: 'public',
  query: z.record(z.string(), z.any()),
  replies: 'redirect',
  reply: z.any(),
  problems: ['identity.oidc_off', 'identity.oidc_unreachable', 'identity.oidc_refused', 'identity.oidc_unknown'],
});

export const securityEndpoints = {
  readPolicy,
  changePolicy,
  readAccount,
  changeGrants,
  enableAccount,
  resetPassword,
  resetCodes,
  unlinkAccount,
  endSession,
  endSessions,
  oidcStart,
  oidcCallback,
};

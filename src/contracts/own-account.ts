import * as z from 'zod/mini';

import { endpoint } from './endpoint.ts';
import { id, instant } from './text.ts';

/** What everybody may do about his own account: password, sessions, one-time codes. */

export const session = () =>
  z.object({
    id: id(),
    /** Browser and system in words, such as `Chrome · Windows`; null when the device said nothing. */
    device: z.nullable(z.string()),
    ip: z.nullable(z.string()),
    method: z.enum(['password', 'setup', 'oidc']),
    createdAt: instant(),
    seenAt: instant(),
    /** The one that asks. */
    current: z.boolean(),
  });
export type Session = z.output<ReturnType<typeof session>>;

const password = () => z.string().check(z.maxLength(200));

export const passwordRules = endpoint({
  id: 'identity.passwordRules',
  method: 'GET',
  path: '/api/sign-in-options',
  summary: { zh: '登录方式与密码规则', en: 'Ways to sign in, and the rules for passwords' },
  access: 'public',
  reply: z.object({
    password: z.object({ minLength: z.number(), kinds: z.number(), history: z.number() }),
    /** The button for single sign-on; null when it is off. */
    oidc: z.nullable(z.object({ label: z.string(), startUrl: z.string() })),
  }),
  problems: [],
});

export const changePassword = endpoint({
  id: 'identity.changePassword',
  method: 'POST',
  path: '/api/me/password',
  summary: { zh: '修改自己的密码', en: "Change one's own password" },
  access: 'signed_in',
  whileOwing: true,
  body: z.object({ current: password(), next: password() }),
  reply: z.object({ otherSessionsEnded: z.number() }),
  problems: ['identity.wrong_credentials', 'identity.locked', 'identity.password_weak', 'identity.password_reused'],
});

export const listOwnSessions = endpoint({
  id: 'identity.listOwnSessions',
  method: 'GET',
  path: '/api/me/sessions',
  summary: { zh: '自己的登录设备', en: "One's own sessions" },
  access: 'signed_in',
  reply: z.object({ sessions: z.array(session()) }),
  problems: [],
});

export const endOwnSession = endpoint({
  id: 'identity.endOwnSession',
  method: 'DELETE',
  path: '/api/me/sessions/:id',
  summary: { zh: '让一台设备退出', en: "End one of one's own sessions" },
  access: 'signed_in',
  params: z.object({ id: id() }),
  reply: z.object({ ended: z.number() }),
  problems: ['platform.not_found'],
});

export const endOtherSessions = endpoint({
  id: 'identity.endOtherSessions',
  method: 'DELETE',
  path: '/api/me/sessions',
  summary: { zh: '让其他设备全部退出', en: "End all of one's other sessions" },
  access: 'signed_in',
  reply: z.object({ ended: z.number() }),
  problems: [],
});

export const readCodes = endpoint({
  id: 'identity.readCodes',
  method: 'GET',
  path: '/api/me/codes',
  summary: { zh: '动态口令的状态', en: 'State of the one-time codes' },
  access: 'signed_in',
  whileOwing: true,
  reply: z.object({
    mode: z.enum(['off', 'optional', 'required']),
    setUp: z.boolean(),
    recoveryLeft: z.number(),
  }),
  problems: [],
});

export const beginCodes = endpoint({
  id: 'identity.beginCodes',
  method: 'POST',
  path: '/api/me/codes',
  summary: { zh: '开始绑定动态口令', en: 'Begin to set up one-time codes' },
  access: 'signed_in',
  whileOwing: true,
  body: z.object({ password: password() }),
  /** `uri` is what the QR code holds; `secret` (Base32) is for typing. */
  reply: z.object({ secret: z.string(), uri: z.string() }),
  problems: ['identity.codes_off', 'identity.codes_set_up', 'identity.wrong_credentials', 'identity.locked'],
});

export const confirmCodes = endpoint({
  id: 'identity.confirmCodes',
  method: 'POST',
  path: '/api/me/codes/confirm',
  summary: { zh: '确认绑定动态口令', en: 'Confirm the one-time codes' },
  access: 'signed_in',
  whileOwing: true,
  body: z.object({ code: z.string().check(z.maxLength(40)) }),
  /** Shown once; each signs in once without the device. */
  reply: z.object({ recoveryCodes: z.array(z.string()) }),
  problems: ['platform.not_found', 'identity.code_wrong', 'identity.codes_set_up', 'identity.locked'],
});

export const removeCodes = endpoint({
  id: 'identity.removeCodes',
  method: 'POST',
  path: '/api/me/codes/remove',
  summary: { zh: '解除动态口令', en: 'Remove the one-time codes' },
  access: 'signed_in',
  body: z.object({ password: password() }),
  reply: z.object({}),
  problems: ['platform.not_found', 'identity.codes_required', 'identity.wrong_credentials', 'identity.locked'],
});

export const ownAccountEndpoints = {
  passwordRules,
  changePassword,
  listOwnSessions,
  endOwnSession,
  endOtherSessions,
  readCodes,
  beginCodes,
  confirmCodes,
  removeCodes,
};

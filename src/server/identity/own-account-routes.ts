import {
  beginCodes,
  changePassword,
  confirmCodes,
  endOtherSessions,
  endOwnSession,
  listOwnSessions,
  passwordRules,
  readCodes,
  removeCodes,
} from '../../contracts/own-account.ts';
import { needsCodes } from '../../domain/identity/policy.ts';
import { route } from '../platform/http/route.ts';
import { ProblemError } from '../platform/problem.ts';
import { mustFindAccount, objectOf, storePassword } from './accounts.ts';
import { oidcStartPath } from './oidc.ts';
import { base32, otpauthUri } from './one-time-codes.ts';
import { readPolicy } from './policy.ts';
import * as queries from './queries.ts';
import { beginFactor, confirmFactor, countRecoveryCodes, findFactor, removeFactor } from './second-factor.ts';
import { endSession, endSessions, listSessions } from './sessions.ts';
import { countFailure, provePassword } from './sign-in.ts';
import { sha256 } from '../platform/secrets.ts';

import type { Call, Route } from '../platform/http/route.ts';
import type { Secrets } from '../platform/secrets.ts';
import type { AccountRow } from './queries.ts';

/** The account that calls. */
function self({ db, actor }: Call): Promise<AccountRow> {
  if (actor.kind !== 'account') throw new ProblemError('identity.not_signed_in');
  return mustFindAccount(db, actor.accountId);
}

export const ownAccountRoutes = (secrets: Secrets): readonly Route[] => [
  route(passwordRules, async ({ db }) => {
    const { password, oidc } = await readPolicy(db);
    const { minLength, kinds, history } = password;
    return {
      password: { minLength, kinds, history },
      oidc: oidc.enabled ? { label: oidc.label, startUrl: oidcStartPath } : null,
    };
  }),
  route(changePassword, async (call, { body }) => {
    const { db, now, sessionToken } = call;
    const note = call.record({ what: 'password.change' });
    const row = await provePassword(call, body.current);
    if (row === null) return undefined as never;
    note.object = objectOf(row);
    await storePassword(db, await readPolicy(db), row.id, body.next, now);
    const except = sessionToken === null ? {} : { except: sha256(sessionToken) };
    return { otherSessionsEnded: await queries.deleteSessions(db, row.id, except) };
  }),
  route(listOwnSessions, async call => ({
    sessions: await listSessions(call.db, (await self(call)).id, call.sessionToken, call.now),
  })),
  route(endOwnSession, async (call, { params }) => endSession(call, await self(call), params.id)),
  route(endOtherSessions, async call => endSessions(call, await self(call), call.sessionToken)),
  route(readCodes, async call => {
    const account = await self(call);
    const { codes, ...policy } = await readPolicy(call.db);
    const required = needsCodes(
      { codes, ...policy },
      account.grants.map(grant => grant.role),
    );
    return {
      mode: codes.mode === 'off' ? ('off' as const) : required ? ('required' as const) : ('optional' as const),
      setUp: account.has_codes,
      recoveryLeft: await countRecoveryCodes(call.db, account.id),
    };
  }),
  route(beginCodes, async (call, { body }) => {
    const { db, now } = call;
    if ((await readPolicy(db)).codes.mode === 'off') throw new ProblemError('identity.codes_off');
    const row = await provePassword(call, body.password);
    if (row === null) return undefined as never;
    const secret = await beginFactor(db, secrets, row.id, now);
    if (secret === null) throw new ProblemError('identity.codes_set_up');
    return { secret: base32(secret), uri: otpauthUri(row.login_name, secret) };
  }),
  route(confirmCodes, async (call, { body }) => {
    const { db, now } = call;
    const account = await self(call);
    const row = await queries.lockById(db, account.id);
    const factor = await findFactor(db, account.id);
    if (row === undefined || factor === undefined) throw new ProblemError('platform.not_found');
    if (factor.confirmed_at !== null) throw new ProblemError('identity.codes_set_up');
    call.record({ what: 'codes.enrol', object: objectOf(account) });
    const recoveryCodes = await confirmFactor(db, secrets, account.id, body.code, now);
    if (recoveryCodes !== null) return { recoveryCodes: [...recoveryCodes] };
    call.refuseAfterCommit(await countFailure(db, await readPolicy(db), row, now, 'identity.code_wrong'));
    return undefined as never;
  }),
  route(removeCodes, async (call, { body }) => {
    const account = await self(call);
    if (
      needsCodes(
        await readPolicy(call.db),
        account.grants.map(grant => grant.role),
      )
    )
      throw new ProblemError('identity.codes_required');
    call.record({ what: 'codes.remove', object: objectOf(account) });
    if ((await provePassword(call, body.password)) === null) return undefined as never;
    if (!(await removeFactor(call.db, account.id))) throw new ProblemError('platform.not_found');
    return {};
  }),
];

import {
  changeGrants,
  changePolicy,
  enableAccount,
  endSession,
  endSessions,
  readAccount,
  readPolicy,
  resetCodes,
  resetPassword,
  unlinkAccount,
} from '../../contracts/security.ts';
import { route } from '../platform/http/route.ts';
import * as accounts from './accounts.ts';
import { listLinks, redirectUriOf, unlink } from './oidc.ts';
import * as policies from './policy.ts';
import { findAccount } from './queries.ts';
import { countRecoveryCodes } from './second-factor.ts';
import * as sessions from './sessions.ts';
import { accountView } from './views.ts';

import type { PolicyView } from '../../contracts/security.ts';
import type { Grant } from '../../domain/identity/permissions.ts';
import type { Call, Route } from '../platform/http/route.ts';
import type { Secrets } from '../platform/secrets.ts';
import type { StoredPolicy } from './policy.ts';
import type { WorkplaceOf } from './views.ts';

export interface SecurityParts {
  readonly secrets: Secrets;
  readonly publicUrl: string | undefined;
  readonly workplaceOf: WorkplaceOf;
  readonly checkPlaces: (grants: readonly Grant[]) => void;
}

export function securityRoutes(parts: SecurityParts): readonly Route[] {
  const { secrets, workplaceOf, checkPlaces } = parts;

  const policyView = async (call: Call, stored: StoredPolicy): Promise<PolicyView> => {
    const changer = stored.accountId === null ? undefined : await findAccount(call.db, stored.accountId);
    const { codes, ...rest } = stored.policy;
    return {
      version: stored.version,
      policy: { ...rest, codes: { ...codes, roles: [...codes.roles] } },
      hasOidcSecret: stored.oidcSecretSealed !== null,
      redirectUri: redirectUriOf(parts, call),
      changedAt: stored.at,
      changedBy: changer?.name ?? null,
    };
  };

  return [
    route(readPolicy, async call => policyView(call, await policies.readStoredPolicy(call.db))),
    route(changePolicy, async (call, { body }) => policyView(call, await policies.changePolicy(call, secrets, body))),
    route(readAccount, async ({ db, now, sessionToken }, { params }) => {
      const account = await accounts.mustFindAccount(db, params.id);
      return {
        account: accountView(account, workplaceOf),
        lockedUntil: account.locked_until !== null && account.locked_until > now ? account.locked_until : null,
        passwordChangedAt: account.password_changed_at,
        mustChangePassword: account.must_change_password,
        codesSetUp: account.has_codes,
        recoveryLeft: await countRecoveryCodes(db, account.id),
        linked: await listLinks(db, account.id),
        sessions: await sessions.listSessions(db, account.id, sessionToken, now),
      };
    }),
    route(changeGrants, async (call, { params, body }) => {
      checkPlaces(body.add);
      return accountView(await accounts.changeGrants(call, params.id, body), workplaceOf);
    }),
    route(enableAccount, async (call, { params }) =>
      accountView(await accounts.enableAccount(call, params.id), workplaceOf),
    ),
    route(resetPassword, async (call, { params }) => ({ password: await accounts.resetPassword(call, params.id) })),
    route(resetCodes, async (call, { params }) => {
      await accounts.resetCodes(call, params.id);
      return {};
    }),
    route(unlinkAccount, async (call, { params }) => {
      const note = call.record({ what: 'account.unlink', object: { kind: 'account', id: params.id } });
      note.object = accounts.objectOf(await accounts.mustFindAccount(call.db, params.id));
      await unlink(call.db, params.id);
      return {};
    }),
    route(endSession, async (call, { params }) =>
      sessions.endSession(call, await accounts.mustFindAccount(call.db, params.id), params.session),
    ),
    route(endSessions, async (call, { params }) =>
      sessions.endSessions(call, await accounts.mustFindAccount(call.db, params.id), null),
    ),
  ];
}

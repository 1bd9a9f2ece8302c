import {
  createAccount,
  demoAccounts,
  disableAccount,
  listAccounts,
  readSession,
  setUp,
  signIn,
  signOut,
} from '../../contracts/identity.ts';
import { ProblemError } from '../platform/problem.ts';
import { route } from '../platform/http/route.ts';
import { sha256 } from '../platform/secrets.ts';
import { accessRoutes } from './access/routes.ts';
import { createAccount as makeAccount, disableAccount as disable, mustFindAccount, objectOf } from './accounts.ts';
import { oidcRoutes } from './oidc.ts';
import { ownAccountRoutes } from './own-account-routes.ts';
import { readPolicy } from './policy.ts';
import { deleteSession, listAccounts as queryAccounts } from './queries.ts';
import { securityRoutes } from './security-routes.ts';
import { openSession, owesOf } from './sessions.ts';
import { setUp as setUpFirst } from './setup.ts';
import * as service from './sign-in.ts';
import { accountView, meView } from './views.ts';

import type { ReplyOf } from '../../contracts/endpoint.ts';
import type { Grant } from '../../domain/identity/permissions.ts';
import type { SignInMethod } from '../../domain/identity/policy.ts';
import type { Zone } from '../../domain/kernel/time.ts';
import type { Call, Route } from '../platform/http/route.ts';
import type { Secrets } from '../platform/secrets.ts';
import type { RateLimit } from '../platform/http/rate-limit.ts';
import type { WorkplaceOf } from './views.ts';

export interface IdentityParts {
  readonly demo: boolean;
  readonly demoAccounts: ReplyOf<typeof demoAccounts>['accounts'];
  readonly workplaceOf: WorkplaceOf;
  /** Throws when a grant names a grid or unit that does not exist in its town. */
  readonly checkPlaces: (grants: readonly Grant[]) => void;
  readonly signInLimit: RateLimit;
  readonly secrets: Secrets;
  readonly zone: Zone;
  /** The address the public uses; undefined: that of the request. */
  readonly publicUrl: string | undefined;
}

export function identityRoutes(parts: IdentityParts): readonly Route[] {
  const { demo, workplaceOf, checkPlaces, signInLimit, secrets, zone } = parts;

  const meAfter = async ({ db, now }: Call, accountId: string, method: SignInMethod) => {
    const account = await mustFindAccount(db, accountId);
    return meView(account, workplaceOf, demo, owesOf(await readPolicy(db), account, method, now));
  };

  return [
    route(signIn, async (call, { body }) => {
      signInLimit.take(call.ip, call.now);
      const entered = await service.signIn(call, secrets, body);
      return entered === null ? (undefined as never) : meAfter(call, entered.accountId, 'password');
    }),
    route(signOut, async call => {
      const { db, sessionToken, record } = call;
      record({ what: 'session.sign_out' });
      if (sessionToken !== null) await deleteSession(db, sha256(sessionToken));
      call.setSession(null, 0);
      return {};
    }),
    route(readSession, async ({ db, actor, owes }) => {
      if (actor.kind !== 'account') throw new ProblemError('identity.not_signed_in');
      return meView(await mustFindAccount(db, actor.accountId), workplaceOf, demo, owes);
    }),
    route(demoAccounts, () => Promise.resolve({ demo, accounts: demo ? parts.demoAccounts : [] })),
    route(setUp, async (call, { body }) => {
      const account = await setUpFirst(call, body);
      await openSession(call, account.id, 'setup');
      return meAfter(call, account.id, 'setup');
    }),
    route(listAccounts, async ({ db }) => ({
      accounts: (await queryAccounts(db)).map(account => accountView(account, workplaceOf)),
    })),
    route(createAccount, async ({ db, now, locale, record }, { body }) => {
      const note = record({ what: 'account.create', object: { kind: 'account', id: '', name: body.loginName } });
      checkPlaces(body.grants);
      const mustChange = (await readPolicy(db)).password.changeAtFirstUse;
      const account = await makeAccount(db, { ...body, mustChange }, now, locale);
      note.object = objectOf(account);
      note.details = { name: account.name, grants: account.grants };
      return accountView(account, workplaceOf);
    }),
    route(disableAccount, async (call, { params }) => accountView(await disable(call, params.id), workplaceOf)),
    ...ownAccountRoutes(secrets),
    ...securityRoutes(parts),
    ...accessRoutes(zone),
    ...oidcRoutes(parts),
  ];
}

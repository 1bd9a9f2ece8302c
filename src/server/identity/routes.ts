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
import * as service from './service.ts';
import { setUp as setUpFirst } from './setup.ts';
import { accountView, meView } from './views.ts';

import type { ReplyOf } from '../../contracts/endpoint.ts';
import type { Grant } from '../../domain/identity/permissions.ts';
import type { Route } from '../platform/http/route.ts';
import type { RateLimit } from '../platform/http/rate-limit.ts';
import type { WorkplaceOf } from './views.ts';

export interface IdentityParts {
  readonly demo: boolean;
  readonly demoAccounts: ReplyOf<typeof demoAccounts>['accounts'];
  readonly workplaceOf: WorkplaceOf;
  /** Throws when a grant names a grid or unit that does not exist in its town. */
  readonly checkPlaces: (grants: readonly Grant[]) => void;
  readonly signInLimit: RateLimit;
}

const sessionSeconds = service.sessionHours * 3600;

export function identityRoutes({
  demo,
  workplaceOf,
  checkPlaces,
  signInLimit,
  ...parts
}: IdentityParts): readonly Route[] {
  return [
    route(signIn, async (call, { body }) => {
      signInLimit.take(call.ip, call.now);
      const result = await service.signIn(call, body.loginName, body.password);
      if ('failed' in result) {
        // The count of failures must outlive the refusal: it is thrown after the transaction by the wrapper's caller.
        call.refuseAfterCommit(new ProblemError(result.failed, { minutes: result.minutes }));
        return undefined as never;
      }
      call.setSession(result.token, sessionSeconds);
      return meView(result.account, workplaceOf, demo);
    }),
    route(signOut, async call => {
      await service.signOut(call);
      call.setSession(null, 0);
      return {};
    }),
    route(readSession, async ({ db, actor }) => {
      const account = actor.kind === 'account' ? await service.findAccount(db, actor.accountId) : undefined;
      if (account === undefined) throw new ProblemError('identity.not_signed_in');
      return meView(account, workplaceOf, demo);
    }),
    route(demoAccounts, () => Promise.resolve({ demo, accounts: demo ? parts.demoAccounts : [] })),
    route(setUp, async (call, { body }) => {
      const account = await setUpFirst(call, body);
      call.setSession(await service.openSessionFor(call, account.id), sessionSeconds);
      return meView(account, workplaceOf, demo);
    }),
    route(listAccounts, async ({ db }) => ({
      accounts: (await service.listAccounts(db)).map(account => accountView(account, workplaceOf)),
    })),
    route(createAccount, async ({ db, now, locale }, { body }) => {
      checkPlaces(body.grants);
      return accountView(await service.createAccount(db, body, now, locale), workplaceOf);
    }),
    route(disableAccount, async (call, { params }) =>
      accountView(await service.disableAccount(call, params.id), workplaceOf),
    ),
  ];
}

import * as oidc from 'openid-client';

import { oidcCallback, oidcStart } from '../../contracts/security.ts';
import { redirectRoute } from '../platform/http/route.ts';
import { timestamptz } from '../platform/database/columns.ts';
import { ProblemError } from '../platform/problem.ts';
import { readStoredPolicy } from './policy.ts';
import * as queries from './queries.ts';
import { openSession } from './sessions.ts';

import type { ProblemCode } from '../../contracts/problems.ts';
import type { Policy } from '../../domain/identity/policy.ts';
import type { Instant } from '../../domain/kernel/time.ts';
import type { Tables } from '../platform/database/tables.ts';
import type { AccessNote, Call, Route } from '../platform/http/route.ts';
import type { Secrets } from '../platform/secrets.ts';
import type { Kysely } from 'kysely';

/**
 * [Note: Single sign-on]
 * OpenID Connect, authorization code with PKCE. What must come back (state, nonce, verifier) travels sealed in a cookie of the
 * browser that started, so that nobody can finish a sign-in that he did not begin. A claim of the identity names the account;
 * the first time the provider's subject is fixed to it, since claims such as an e-mail address are given to others later.
 * Nobody gets an account or a right by signing in: both are the security administrator's.
 */
type Db = Kysely<Tables>;

export const oidcStartPath = oidcStart.path;
const cookie = 'jingwei_oidc';
const validSeconds = 600;
const timeoutSeconds = 10;

export interface OidcParts {
  readonly secrets: Secrets;
  readonly publicUrl: string | undefined;
}

/** The address to which the provider sends people back. */
export const redirectUriOf = ({ publicUrl }: Pick<OidcParts, 'publicUrl'>, { origin }: Call): string =>
  `${publicUrl ?? origin}${oidcCallback.path}`;

/** What a browser carries from the start to the return. */
interface Begun {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  readonly redirectUri: string;
  readonly back: string;
  readonly until: number;
}

export function oidcRoutes(parts: OidcParts): readonly Route[] {
  const configurationOf = rememberConfiguration();

  async function configure(db: Db): Promise<{ policy: Policy; configuration: oidc.Configuration }> {
    const { policy, oidcSecretSealed } = await readStoredPolicy(db);
    if (!policy.oidc.enabled || oidcSecretSealed === null) throw new ProblemError('identity.oidc_off');
    return { policy, configuration: await configurationOf(policy.oidc, parts.secrets.open(oidcSecretSealed)) };
  }

  return [
    redirectRoute(oidcStart, async (call, { query }) => {
      try {
        const { configuration } = await configure(call.db);
        const begun: Begun = {
          state: oidc.randomState(),
          nonce: oidc.randomNonce(),
          verifier: oidc.randomPKCECodeVerifier(),
          redirectUri: redirectUriOf(parts, call),
          back: isOwnPath(query.back) ? query.back : '/',
          until: call.now + validSeconds * 1000,
        };
        call.setCookie(cookie, parts.secrets.seal(JSON.stringify(begun)), validSeconds);
        const to = oidc.buildAuthorizationUrl(configuration, {
          redirect_uri: begun.redirectUri,
          scope: 'openid profile email',
          code_challenge: await oidc.calculatePKCECodeChallenge(begun.verifier),
          code_challenge_method: 'S256',
          state: begun.state,
          nonce: begun.nonce,
        });
        return { to: to.href };
      } catch (error) {
        return refusal(error, 'identity.oidc_unreachable');
      }
    }),
    redirectRoute(oidcCallback, async (call, { query }) => {
      call.setCookie(cookie, null, 0);
      try {
        const begun = readBegun(parts.secrets, call);
        const { policy, configuration } = await configure(call.db);
        const claims = await exchange(configuration, begun, query);
        const entered = await enter(call, policy, claims);
        return entered === null ? { to: begun.back } : refusal(entered, 'identity.oidc_unknown');
      } catch (error) {
        return refusal(error, 'identity.oidc_refused');
      }
    }),
  ];
}

/** A person is on his way: he lands on the sign-in page, which tells him the problem in his language. */
function refusal(error: unknown, fallback: ProblemCode): { to: string } {
  const code = error instanceof ProblemError ? error.code : fallback;
  return { to: `/login?problem=${encodeURIComponent(code)}` };
}

const isOwnPath = (back: string | undefined): back is string => back !== undefined && /^\/(?![/\\])/.test(back);

function readBegun(secrets: Secrets, { cookie: read, now }: Call): Begun {
  const sealed = read(cookie);
  if (sealed === null) throw new ProblemError('identity.oidc_refused');
  const begun = JSON.parse(secrets.open(sealed)) as Begun;
  if (begun.until < now) throw new ProblemError('identity.oidc_refused');
  return begun;
}

interface Claims {
  readonly issuer: string;
  readonly subject: string;
  readonly all: Readonly<Record<string, unknown>>;
}

/** Code against tokens; checks state, nonce, signature, issuer, audience and age. The userinfo adds what the token leaves out. */
async function exchange(
  configuration: oidc.Configuration,
  begun: Begun,
  query: Readonly<Record<string, unknown>>,
): Promise<Claims> {
  const returned = new URL(begun.redirectUri);
  for (const [name, value] of Object.entries(query))
    if (typeof value === 'string') returned.searchParams.set(name, value);
  const tokens = await oidc.authorizationCodeGrant(configuration, returned, {
    pkceCodeVerifier: begun.verifier,
    expectedState: begun.state,
    expectedNonce: begun.nonce,
    idTokenExpected: true,
  });
  const claims = tokens.claims();
  if (claims === undefined) throw new ProblemError('identity.oidc_refused');
  const more =
    configuration.serverMetadata().userinfo_endpoint === undefined
      ? {}
      : await oidc.fetchUserInfo(configuration, tokens.access_token, claims.sub);
  return { issuer: claims.iss, subject: claims.sub, all: { ...more, ...claims } };
}

/** Opens a session for the account that the identity names; otherwise answers why not. Either way it is recorded. */
async function enter(call: Call, policy: Policy, claims: Claims): Promise<ProblemError | null> {
  const value = claims.all[policy.oidc.claim];
  const loginName = typeof value === 'string' ? value : '';
  return call.db.transaction().execute(async db => {
    const note: AccessNote = call.record({
      what: 'session.sign_in',
      who: { accountId: null, loginName, name: null },
      details: { method: 'oidc', issuer: claims.issuer, subject: claims.subject },
    });
    const row = loginName === '' ? undefined : await queries.lockByLoginName(db, loginName);
    if (row !== undefined) note.who = { accountId: row.id, loginName: row.login_name, name: row.name };
    if (row === undefined || row.disabled_at !== null || !(await link(db, row.id, claims, call.now))) {
      const problem = new ProblemError('identity.oidc_unknown');
      call.refuseAfterCommit(problem);
      return problem;
    }
    await queries.updateSignedIn(db, row.id, call.now);
    await openSession({ ...call, db }, row.id, 'oidc');
    return null;
  });
}

/** Fixes the provider's subject to the account at the first sign-in; false when either belongs to another already. */
async function link(db: Db, accountId: string, { issuer, subject }: Claims, at: Instant): Promise<boolean> {
  const known = await db
    .selectFrom('identity.linked_login')
    .selectAll()
    .where('issuer', '=', issuer)
    .where(eb => eb.or([eb('subject', '=', subject), eb('account_id', '=', accountId)]))
    .execute();
  if (known.length > 0) return known.every(one => one.subject === subject && one.account_id === accountId);
  await db
    .insertInto('identity.linked_login')
    .values({ issuer, subject, account_id: accountId, linked_at: timestamptz(at) })
    .execute();
  return true;
}

export async function listLinks(db: Db, accountId: string) {
  const rows = await db
    .selectFrom('identity.linked_login')
    .selectAll()
    .where('account_id', '=', accountId)
    .orderBy('issuer')
    .execute();
  return rows.map(row => ({ issuer: row.issuer, subject: row.subject, linkedAt: row.linked_at }));
}

/** The next single sign-on links the account anew. Throws `platform.not_found` when it is not linked. */
export async function unlink(db: Db, accountId: string): Promise<void> {
  const gone = await db.deleteFrom('identity.linked_login').where('account_id', '=', accountId).executeTakeFirst();
  if (gone.numDeletedRows === 0n) throw new ProblemError('platform.not_found');
}

/** Asks a provider once for its metadata, until the settings change or it fails. */
function rememberConfiguration() {
  let known: { key: string; configuration: Promise<oidc.Configuration> } | undefined;
  return async ({ issuer, clientId }: Policy['oidc'], secret: string): Promise<oidc.Configuration> => {
    const key = JSON.stringify([issuer, clientId, secret]);
    if (known?.key !== key) known = { key, configuration: discover(issuer, clientId, secret) };
    const asked = known;
    try {
      return await asked.configuration;
    } catch {
      if (known === asked) known = undefined;
      throw new ProblemError('identity.oidc_unreachable');
    }
  };
}

/** The policy lets plain http through only for this machine. The library marks its switch as deprecated to make it stand out. */
const allowPlainHttp = Reflect.get<typeof oidc, 'allowInsecureRequests'>(oidc, 'allowInsecureRequests');

async function discover(issuer: string, clientId: string, secret: string): Promise<oidc.Configuration> {
  const server = new URL(issuer);
  const execute = server.protocol === 'http:' ? [allowPlainHttp] : [];
  return oidc.discovery(server, clientId, secret, undefined, { execute, timeout: timeoutSeconds });
}

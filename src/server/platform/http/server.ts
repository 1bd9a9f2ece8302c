import fastify from 'fastify';

import { problems } from '../../../contracts/problems.ts';
import { mayAnywhere, permissions } from '../../../domain/identity/permissions.ts';
import { seeTowns, townsOf } from '../database/town-sight.ts';
import { ProblemError, problemBody } from '../problem.ts';
import { randomToken, sha256 } from '../secrets.ts';
import { accessNotes } from './access-notes.ts';
import { makeCookie, readCookie, readNamedCookie, sessionCookie } from './cookie.ts';
import { drain } from './drain.ts';
import { openEventStreams } from './events-stream.ts';
import { localeOf } from './locale.ts';
import { parsePart } from './parse-input.ts';
import { problemOfError } from './problem-of-error.ts';

import type { Endpoint } from '../../../contracts/endpoint.ts';
import type { Permission } from '../../../domain/identity/permissions.ts';
import type { Instant } from '../../../domain/kernel/time.ts';
import type { Clock } from '../clock.ts';
import type { Tables } from '../database/tables.ts';
import type { AccessEntry, Call, EventsReply, FileReply, RedirectReply, Route, RouteInput, Session } from './route.ts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Kysely } from 'kysely';
import type { Logger } from 'pino';

export interface HttpParts {
  readonly db: Kysely<Tables>;
  readonly clock: Clock;
  readonly log: Logger;
  readonly routes: readonly Route[];
  /** Who holds this session secret now; null when it has expired or was revoked. */
  authenticate(db: Kysely<Tables>, token: string, now: Instant): Promise<Session | null>;
  /** Appends to the access record, in the transaction given. */
  record(trx: Kysely<Tables>, entries: readonly AccessEntry[]): Promise<void>;
  /** Whether this session is still one; does not count as a use of it. */
  isSessionLive(db: Kysely<Tables>, token: string, now: Instant): Promise<boolean>;
  /** Called after a writing call has committed: open screens and the worker look at once instead of at the next poll. */
  committed(): void;
}

const jsonLimit = 1024 * 1024;
const patienceMs = 5000;
const anonymous: Session = { actor: { kind: 'reporter' }, owes: null };
const owedProblems = { password: 'identity.password_owed', codes: 'identity.codes_owed' } as const;

const header = (value: string | string[] | undefined): string | null =>
  Array.isArray(value) ? (value[0] ?? null) : (value ?? null);

/** A page of another site cannot act with our cookie: browsers name the origin of every writing request. */
function checkOrigin(request: FastifyRequest): void {
  const origin = header(request.headers.origin);
  if (origin === null || request.method === 'GET') return;
  const host = URL.canParse(origin) ? new URL(origin).host : '';
  if (host !== request.headers.host) throw new ProblemError('identity.wrong_origin');
}

function checkAccess(endpoint: Endpoint, { actor, owes }: Session, locale: 'zh' | 'en'): void {
  const { access } = endpoint;
  if (access === 'public' || access === 'receipt') return;
  if (actor.kind !== 'account') throw new ProblemError('identity.not_signed_in');
  if (owes !== null && endpoint.whileOwing !== true) throw new ProblemError(owedProblems[owes]);
  if (access === 'signed_in' || mayAnywhere(actor, access)) return;
  throw new ProblemError('identity.not_permitted', { permission: permissions[access satisfies Permission][locale] });
}

function idempotencyKey(request: FastifyRequest, endpoint: Endpoint): string | null {
  const key = header(request.headers['idempotency-key']);
  if (endpoint.idempotent === undefined) return null;
  if (key === null || key === '') {
    if (endpoint.idempotent === 'required') throw new ProblemError('platform.idempotency_key_missing');
    return null;
  }
  if (!/^[\w-]{8,80}$/.test(key))
    throw new ProblemError('platform.invalid_input', { where: 'Idempotency-Key' }, [
      { path: 'Idempotency-Key', message: key.slice(0, 80) },
    ]);
  return key;
}

const megabytes = (bytes: number): string => `${Math.round(bytes / 1024 / 1024)} MB`;

/**
 * The one wrapper around every endpoint: language, origin, session, permission, parsing, transaction, reply and errors.
 * Handlers return values and throw `ProblemError`; a throw rolls the transaction back.
 */
export function buildServer(parts: HttpParts): FastifyInstance {
  const noSuchEndpoint = (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const problem = new ProblemError('platform.no_such_endpoint', { path: request.url.slice(0, 200) });
    return sendProblem(reply, problem, localeOf(request.headers['accept-language']));
  };
  const app = fastify({
    logger: false,
    bodyLimit: jsonLimit,
    trustProxy: 'loopback',
    routerOptions: { maxParamLength: 200 },
    // An address that cannot be decoded, or that is far too long, leads nowhere like any other.
    frameworkErrors: (_error, request, reply) => void noSuchEndpoint(request, reply),
  });
  app.removeAllContentTypeParsers();
  // The raw bytes are kept: photos are bytes anyway, and a resend is recognised by the digest of what was sent.
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => {
    done(null, body);
  });

  const streams = openEventStreams();
  // A stopping server answers what it has begun; streams are ended, and a client that has stopped reading is cut off.
  app.addHook('preClose', done => {
    streams.endAll();
    const sweep = setInterval(() => app.server.closeIdleConnections(), 50);
    const cut = setTimeout(() => app.server.closeAllConnections(), patienceMs);
    app.server.once('close', () => {
      clearInterval(sweep);
      clearTimeout(cut);
    });
    done();
  });

  app.setErrorHandler(async (error, request, reply) => {
    const locale = localeOf(request.headers['accept-language']);
    const known = problemOfError(error, request.routeOptions.bodyLimit, megabytes);
    if (known !== undefined && problems[known.code].status === 413) await drain(request.raw);
    const failure = known ?? new ProblemError('platform.internal', { reference: randomToken(6) });
    if (known === undefined)
      parts.log.error(
        { err: error, reference: failure.details['reference'], method: request.method, url: request.url },
        'request failed',
      );
    return sendProblem(reply, failure, locale);
  });
  app.setNotFoundHandler(noSuchEndpoint);

  for (const { endpoint, handle } of parts.routes) {
    app.route({
      method: endpoint.method,
      url: endpoint.path,
      bodyLimit: endpoint.binary?.maxBytes ?? jsonLimit,
      // A HEAD of an endless stream would never end.
      exposeHeadRoute: endpoint.replies !== 'events',
      handler: async (request, reply) => {
        const now = parts.clock.now();
        const locale = localeOf(request.headers['accept-language']);
        checkOrigin(request);
        const sessionToken = readCookie(request.headers.cookie);
        const needsSession = endpoint.access !== 'public' && endpoint.access !== 'receipt';
        const session =
          sessionToken === null || !needsSession
            ? anonymous
            : ((await parts.authenticate(parts.db, sessionToken, now)) ?? anonymous);
        const { actor } = session;
        const from = { at: now, actor, ip: request.ip, userAgent: header(request.headers['user-agent']) };
        const notes = accessNotes(parts, from);
        try {
          checkAccess(endpoint, session, locale);
        } catch (error) {
          await notes.denied(endpoint, error);
          throw error;
        }
        const raw = request.body instanceof Uint8Array ? request.body : new Uint8Array();
        const input: RouteInput<never> = {
          params: parsePart(endpoint.params, 'params', request.params, locale) as never,
          query: parsePart(endpoint.query, 'query', request.query, locale) as never,
          body: (endpoint.body === undefined
            ? undefined
            : parsePart(endpoint.body, 'body', parseJson(raw), locale)) as never,
          file: raw,
        };
        let refused: ProblemError | undefined;
        const base = {
          refuseAfterCommit: (problem: ProblemError) => {
            refused = problem;
          },
          record: notes.note,
          now,
          actor,
          locale,
          ip: from.ip,
          userAgent: from.userAgent,
          owes: session.owes,
          origin: `${request.protocol}://${request.host}`,
          cookie: (name: string) => readNamedCookie(request.headers.cookie, name),
          setCookie: (name: string, value: string | null, maxAgeSeconds: number) =>
            void reply.header(
              'set-cookie',
              makeCookie(name, value, '/api/', maxAgeSeconds, request.protocol === 'https'),
            ),
          idempotencyKey: idempotencyKey(request, endpoint),
          bodyDigest: endpoint.idempotent === undefined ? '' : sha256(raw),
          sessionToken,
          setSession: (token: string | null, maxAgeSeconds: number) =>
            void reply.header('set-cookie', sessionCookie(token, maxAgeSeconds, request.protocol === 'https')),
        };
        const towns = townsOf(actor);
        const seeing = async (db: Kysely<Tables>) => {
          if (towns.length > 0) await seeTowns(db, towns);
          return handle({ db, ...base } satisfies Call, input);
        };
        if (endpoint.method === 'GET') {
          const read =
            towns.length === 0 || endpoint.replies === 'events'
              ? handle({ db: parts.db, ...base } satisfies Call, input)
              : parts.db.transaction().setAccessMode('read only').execute(seeing);
          const result = await notes.failed(read);
          await notes.keepApart(refused);
          if (endpoint.replies !== 'events') return answer(endpoint, reply, result);
          return streams.send(reply, result as EventsReply<unknown>, () =>
            sessionToken === null
              ? Promise.resolve(false)
              : parts.isSessionLive(parts.db, sessionToken, parts.clock.now()),
          );
        }
        const result = await notes.failed(
          parts.db.transaction().execute(async db => {
            const done = await seeing(db);
            await notes.keep(db, refused);
            return done;
          }),
        );
        if (refused !== undefined) throw refused;
        parts.committed();
        return answer(endpoint, reply, result);
      },
    });
  }
  return app;
}

function parseJson(raw: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(raw)) as unknown;
  } catch {
    throw new ProblemError('platform.malformed_body');
  }
}

function answer(endpoint: Endpoint, reply: FastifyReply, result: unknown): unknown {
  if (endpoint.replies === 'redirect')
    return reply.header('cache-control', 'no-store').redirect((result as RedirectReply).to, 302);
  if (endpoint.replies === 'file') {
    const file = result as FileReply;
    return reply
      .header('content-type', file.contentType)
      .header('cache-control', file.cache)
      .header('x-content-type-options', 'nosniff')
      .send(file.bytes);
  }
  return reply
    .header('content-type', 'application/json; charset=utf-8')
    .header('cache-control', 'no-store')
    .send(JSON.stringify(result));
}

function sendProblem(reply: FastifyReply, problem: ProblemError, locale: 'zh' | 'en'): FastifyReply {
  const wait = problem.details['seconds'];
  if (typeof wait === 'number') void reply.header('retry-after', String(wait));
  return reply
    .status(problems[problem.code].status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .header('content-language', locale === 'zh' ? 'zh-CN' : 'en')
    .header('cache-control', 'no-store')
    .send(JSON.stringify(problemBody(problem, locale)));
}

import type { BodyOf, Endpoint, ParamsOf, QueryOf, ReplyOf } from '../../../contracts/endpoint.ts';
import type { Locale } from '../../../contracts/problems.ts';
import type { Actor } from '../../../domain/identity/permissions.ts';
import type { Instant } from '../../../domain/kernel/time.ts';
import type { Tables } from '../database/tables.ts';
import type { ProblemError } from '../problem.ts';
import type { Kysely } from 'kysely';

/** What the wrapper has prepared: who calls, when, in which language, and the connection to use (never another one). */
export interface Call {
  /** A transaction for everything but GET; the pool for GET. */
  readonly db: Kysely<Tables>;
  readonly now: Instant;
  readonly actor: Actor;
  readonly locale: Locale;
  readonly ip: string;
  readonly userAgent: string | null;
  readonly idempotencyKey: string | null;
  /** Digest of the raw body, to recognise a resend. */
  readonly bodyDigest: string;
  /** Secret of the session cookie, when there is one. */
  readonly sessionToken: string | null;
  setSession(token: string | null, maxAgeSeconds: number): void;
  /** The transaction is kept (a wrong password was counted), and the caller is told this problem instead of a reply. */
  refuseAfterCommit(problem: ProblemError): void;
}

/** Bytes with their type, for endpoints that reply with a file. */
export interface FileReply {
  readonly bytes: Uint8Array;
  readonly contentType: string;
  readonly cache: string;
}

/** A stream of server-sent events; `stop` is called when the client has gone. */
export interface EventsReply<Event> {
  start(send: (event: Event) => void): () => void;
}

export interface RouteInput<E> {
  readonly params: ParamsOf<E>;
  readonly query: QueryOf<E>;
  readonly body: BodyOf<E>;
  readonly file: Uint8Array;
}

export type Handler<E> = (call: Call, input: RouteInput<E>) => Promise<ReplyOf<E>>;

export interface Route {
  readonly endpoint: Endpoint;
  readonly handle: (call: Call, input: RouteInput<never>) => Promise<unknown>;
}

/** Binds an endpoint to its handler; the types of both come from the contract. */
export function route<E extends Endpoint>(endpoint: E, handle: Handler<E>): Route {
  return { endpoint, handle: handle };
}

export function fileRoute<E extends Endpoint>(
  endpoint: E,
  handle: (call: Call, input: RouteInput<E>) => Promise<FileReply>,
): Route {
  return { endpoint, handle: handle };
}

export function eventsRoute<E extends Endpoint>(
  endpoint: E,
  handle: (call: Call, input: RouteInput<E>) => Promise<EventsReply<ReplyOf<E>>>,
): Route {
  return { endpoint, handle: handle };
}

import type { BodyOf, Endpoint, ParamsOf, QueryOf, ReplyOf } from '../../../contracts/endpoint.ts';
import type { Locale } from '../../../contracts/problems.ts';
import type { AccessKind, AccessResult } from '../../../domain/identity/access-record.ts';
import type { Actor } from '../../../domain/identity/permissions.ts';
import type { Owed } from '../../../domain/identity/policy.ts';
import type { Instant } from '../../../domain/kernel/time.ts';
import type { Tables } from '../database/tables.ts';
import type { ProblemError } from '../problem.ts';
import type { Kysely } from 'kysely';

/** Who holds a session's secret, and what he must do before anything else. */
export interface Session {
  readonly actor: Actor;
  readonly owes: Owed | null;
}

/** What a call does that the access record keeps ([Note: The access record]). */
export interface AccessNote {
  what: AccessKind;
  /** Who acts, where it is not the call's actor: at a sign-in. */
  who?: { readonly accountId: string | null; readonly loginName: string | null; readonly name: string | null };
  object?: { readonly kind: string; readonly id: string; readonly name?: string | null };
  details?: Readonly<Record<string, unknown>>;
}

/** A note with what came of it. */
export interface AccessEntry extends AccessNote {
  readonly result: AccessResult;
  readonly problem: string | null;
  readonly at: Instant;
  readonly actor: Actor;
  readonly ip: string;
  readonly userAgent: string | null;
}

/** What the wrapper has prepared: who calls, when, in which language, and the connection to use (never another one). */
export interface Call {
  /** A transaction; for GET a read-only one, or the pool where the caller holds nothing in any town. */
  readonly db: Kysely<Tables>;
  readonly now: Instant;
  readonly actor: Actor;
  readonly locale: Locale;
  readonly ip: string;
  readonly userAgent: string | null;
  /** What the caller owes: only calls that are open to him meanwhile come here with something else than null. */
  readonly owes: Owed | null;
  /** `https://host` of this request, as the caller wrote it. */
  readonly origin: string;
  /** A cookie of the request that is not the session's, or null. */
  readonly cookie: (name: string) => string | null;
  readonly idempotencyKey: string | null;
  /** Digest of the raw body, to recognise a resend. */
  readonly bodyDigest: string;
  /** Secret of the session cookie, when there is one. */
  readonly sessionToken: string | null;
  /** Puts what is being done into the access record: as done with the reply, as refused or failed when the call throws. */
  readonly record: (note: AccessNote) => AccessNote;
  setSession(token: string | null, maxAgeSeconds: number): void;
  /** Sets a cookie for paths below `/api/`; null clears it. */
  setCookie(name: string, value: string | null, maxAgeSeconds: number): void;
  /** The transaction is kept (a wrong password was counted), and the caller is told this problem instead of a reply. */
  refuseAfterCommit(problem: ProblemError): void;
}

/** Bytes with their type, for endpoints that reply with a file. */
export interface FileReply {
  readonly bytes: Uint8Array;
  readonly contentType: string;
  readonly cache: string;
}

/** Where the browser is sent. */
export interface RedirectReply {
  readonly to: string;
}

/** A stream of server-sent events; `stop` is called when the client has gone. */
export interface EventsReply<Event> {
  /** `end` closes the stream from our side. */
  start(send: (event: Event) => void, end: () => void): () => void;
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

export function redirectRoute<E extends Endpoint>(
  endpoint: E,
  handle: (call: Call, input: RouteInput<E>) => Promise<RedirectReply>,
): Route {
  return { endpoint, handle: handle };
}

export function eventsRoute<E extends Endpoint>(
  endpoint: E,
  handle: (call: Call, input: RouteInput<E>) => Promise<EventsReply<ReplyOf<E>>>,
): Route {
  return { endpoint, handle: handle };
}

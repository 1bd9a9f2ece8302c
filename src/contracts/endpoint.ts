import type { Permission } from '../domain/identity/permissions.ts';
import type { ProblemCode } from './problems.ts';
import type * as z from 'zod/mini';

/**
 * Who may call: a permission of the who-may table, `signed_in` (any account), `receipt` (whoever holds a report's number
 * and query code; checked by the service) or `public`.
 */
export type Access = Permission | 'signed_in' | 'receipt' | 'public';

export interface Endpoint<
  Params extends z.ZodMiniType = z.ZodMiniType,
  Query extends z.ZodMiniType = z.ZodMiniType,
  Body extends z.ZodMiniType = z.ZodMiniType,
  Reply extends z.ZodMiniType = z.ZodMiniType,
> {
  /** `<module>.<verb>`; also the operationId of the printed OpenAPI document. */
  readonly id: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Path with `:name` parameters, below the server's root. */
  readonly path: string;
  readonly summary: { readonly zh: string; readonly en: string };
  readonly access: Access;
  readonly params?: Params;
  readonly query?: Query;
  /** JSON body; for `binary` endpoints the body is the raw file. */
  readonly body?: Body;
  readonly binary?: { readonly accepts: readonly string[]; readonly maxBytes: number };
  /** `json` unless said otherwise; `file` sends bytes, `events` is a text/event-stream of `reply` objects. */
  readonly replies?: 'json' | 'file' | 'events' | 'redirect';
  /** Media type of a file; a photo's when not said. */
  readonly fileType?: string;
  readonly reply: Reply;
  /** May be called by somebody who owes a password change or the setting up of codes. */
  readonly whileOwing?: true;
  /** Takes an `Idempotency-Key` header; a resend with the same key gets the same answer. */
  readonly idempotent?: 'required' | 'optional';
  /** Its own problems; `problemsOf` adds those that the wrapper answers for it. */
  readonly problems: readonly ProblemCode[];
}

/** Keeps the literal types of an endpoint's schemas, so that server and apps infer input and reply from one place. */
export function endpoint<
  const Params extends z.ZodMiniType = z.ZodMiniType<undefined>,
  const Query extends z.ZodMiniType = z.ZodMiniType<undefined>,
  const Body extends z.ZodMiniType = z.ZodMiniType<undefined>,
  const Reply extends z.ZodMiniType = z.ZodMiniType<undefined>,
>(definition: Endpoint<Params, Query, Body, Reply>): Endpoint<Params, Query, Body, Reply> {
  return definition;
}

// The four parts of an endpoint as types: `input` is what a caller writes, `output` what the handler reads after parsing.
export type ParamsOf<E> = E extends Endpoint<infer P, infer _Q, infer _B, infer _R> ? z.output<P> : never;
export type QueryOf<E> = E extends Endpoint<infer _P, infer Q, infer _B, infer _R> ? z.output<Q> : never;
export type QueryInputOf<E> = E extends Endpoint<infer _P, infer Q, infer _B, infer _R> ? z.input<Q> : never;
export type BodyOf<E> = E extends Endpoint<infer _P, infer _Q, infer B, infer _R> ? z.output<B> : never;
export type BodyInputOf<E> = E extends Endpoint<infer _P, infer _Q, infer B, infer _R> ? z.input<B> : never;
export type ReplyOf<E> = E extends Endpoint<infer _P, infer _Q, infer _B, infer R> ? z.output<R> : never;

import { currentLocale, tagOf } from '../i18n/locale.ts';
import { noteServerDate } from '../time/server-clock.ts';

import type { BodyInputOf, BodyOf, Endpoint, ParamsOf, QueryInputOf, ReplyOf } from '../../contracts/endpoint.ts';
import type { ProblemBody, ProblemCode, ProblemDetails } from '../../contracts/problems.ts';

/** A problem that the server named; `message` is in the user's language. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly status: number;
  readonly details: ProblemDetails;
  readonly fields: readonly { readonly path: string; readonly message: string }[];

  constructor(body: ProblemBody) {
    super(body.detail);
    this.name = 'Problem';
    this.code = body.code;
    this.status = body.status;
    this.details = body.details ?? {};
    this.fields = body.errors ?? [];
  }
}

/** The server could not be reached, or did not answer in time: nothing is known about what it did. */
export class Unreachable extends Error {
  constructor() {
    super('unreachable');
    this.name = 'Unreachable';
  }
}

// The page itself failed; the server's problems bring their own words.
const ownFault = {
  zh: '这个页面出错了，请刷新后再试',
  en: 'This page failed; please reload it and try again',
};

/** Words for any failure, for a person. */
export function failureText(error: unknown, unreachable: string): string {
  if (error instanceof Problem) return error.message;
  if (error instanceof Unreachable) return unreachable;
  return ownFault[currentLocale()];
}

type Part<Name extends string, Has, T> = [Has] extends [undefined]
  ? { readonly [K in Name]?: undefined }
  : { readonly [K in Name]: T };

/** What a caller gives: the path's parameters, the query, the body; each only where the endpoint has it. */
export type Input<E> = Part<'params', ParamsOf<E>, ParamsOf<E>> &
  (E extends { query?: unknown } ? { readonly query?: QueryInputOf<E> } : object) &
  Part<'body', BodyOf<E>, BodyInputOf<E>> & {
    readonly idempotencyKey?: string;
    readonly signal?: AbortSignal;
    /** Milliseconds before the call is given up; 20 s unless said. */
    readonly timeout?: number;
  };

interface AnyInput {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  readonly idempotencyKey?: string;
  readonly signal?: AbortSignal;
  readonly timeout?: number;
}

/** The address of an endpoint with its parameters filled in. */
export function addressOf(
  path: string,
  params: Readonly<Record<string, string>> = {},
  query: Readonly<Record<string, unknown>> = {},
): string {
  const filled = path.replaceAll(/:(\w+)/g, (_whole, name: string) => encodeURIComponent(params[name] ?? ''));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    if (typeof value === 'string' || typeof value === 'number') search.set(name, String(value));
  const tail = search.toString();
  return tail === '' ? filled : `${filled}?${tail}`;
}

// AbortSignal.timeout and AbortSignal.any are newer than the oldest WebView we serve (87).
function abortAfter(timeout: number, outer: AbortSignal | undefined): { signal: AbortSignal; done: () => void } {
  const controller = new AbortController();
  const abort = () => controller.abort();
  const timer = setTimeout(abort, timeout);
  if (outer?.aborted === true) abort();
  outer?.addEventListener('abort', abort);
  const done = () => {
    clearTimeout(timer);
    outer?.removeEventListener('abort', abort);
  };
  return { signal: controller.signal, done };
}

const isProblem = (body: unknown): body is ProblemBody =>
  typeof body === 'object' && body !== null && 'code' in body && 'detail' in body;

/** Headers that every call carries. */
export const commonHeaders = (): Record<string, string> => ({
  'accept-language': tagOf(currentLocale()),
  accept: 'application/json',
});

/** What a failed answer means: a named problem, or (a proxy's page, a cut answer) nothing that we know. */
export const failureOf = (answer: unknown): Problem | Unreachable =>
  isProblem(answer) ? new Problem(answer) : new Unreachable();

/**
 * Calls an endpoint of the contracts table. Throws `Problem` for what the server names and `Unreachable` when there was no
 * answer; a resend with the same `idempotencyKey` is harmless.
 */
export async function call<E extends Pick<Endpoint, 'method' | 'path'>>(
  endpoint: E,
  input: Input<E>,
): Promise<ReplyOf<E>> {
  const { params, query, body, idempotencyKey, signal, timeout = 20_000 } = input as AnyInput;
  const headers = commonHeaders();
  if (body !== undefined) headers['content-type'] = 'application/json';
  if (idempotencyKey !== undefined) headers['idempotency-key'] = idempotencyKey;
  const limit = abortAfter(timeout, signal);
  const sentAt = Date.now();
  let response: Response;
  let answer: unknown;
  try {
    response = await fetch(addressOf(endpoint.path, params, query), {
      method: endpoint.method,
      headers,
      credentials: 'same-origin',
      signal: limit.signal,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    noteServerDate(response.headers.get('date'), sentAt, Date.now());
    answer = await response.json();
  } catch {
    throw new Unreachable();
  } finally {
    limit.done();
  }
  if (response.ok) return answer as ReplyOf<E>;
  throw failureOf(answer);
}

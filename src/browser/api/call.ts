import { problemText } from '../../contracts/problems.ts';
import { currentLocale } from '../i18n/locale.ts';

import type { BodyInputOf, Endpoint, ParamsOf, QueryInputOf, ReplyOf } from '../../contracts/endpoint.ts';
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

/** Words for any failure, for a person. */
export function failureText(error: unknown, unreachable: string): string {
  if (error instanceof Problem) return error.message;
  if (error instanceof Unreachable) return unreachable;
  return problemText('platform.internal', currentLocale(), { reference: '–' });
}

type Part<Name extends string, T> = [T] extends [undefined]
  ? { readonly [K in Name]?: undefined }
  : { readonly [K in Name]: T };

/** What a caller gives: the path's parameters, the query, the body; each only where the endpoint has it. */
export type Input<E> = Part<'params', ParamsOf<E>> &
  (E extends { query?: unknown } ? { readonly query?: QueryInputOf<E> } : object) &
  Part<'body', BodyInputOf<E>> & {
    readonly file?: Blob;
    readonly idempotencyKey?: string;
    readonly signal?: AbortSignal;
    /** Milliseconds before the call is given up; 20 s unless said. */
    readonly timeout?: number;
  };

interface AnyInput {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  readonly file?: Blob;
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
    if (value !== undefined && value !== null) search.set(name, String(value as string | number));
  const tail = search.toString();
  return tail === '' ? filled : `${filled}?${tail}`;
}

const isProblem = (body: unknown): body is ProblemBody =>
  typeof body === 'object' && body !== null && 'code' in body && 'detail' in body;

/**
 * Calls an endpoint of the contracts table. Throws `Problem` for what the server names and `Unreachable` when there was no
 * answer; a resend with the same `idempotencyKey` is harmless.
 */
export async function call<E extends Pick<Endpoint, 'method' | 'path'>>(
  endpoint: E,
  input: Input<E>,
): Promise<ReplyOf<E>> {
  const { params, query, body, file, idempotencyKey, signal, timeout = 20_000 } = input as AnyInput;
  const headers: Record<string, string> = {
    'accept-language': currentLocale() === 'zh' ? 'zh-CN' : 'en',
    accept: 'application/json',
  };
  if (body !== undefined) headers['content-type'] = 'application/json';
  if (file !== undefined) headers['content-type'] = file.type === '' ? 'application/octet-stream' : file.type;
  if (idempotencyKey !== undefined) headers['idempotency-key'] = idempotencyKey;
  const limits = [AbortSignal.timeout(timeout), ...(signal === undefined ? [] : [signal])];
  let response: Response;
  let answer: unknown;
  try {
    response = await fetch(addressOf(endpoint.path, params, query), {
      method: endpoint.method,
      headers,
      credentials: 'same-origin',
      signal: AbortSignal.any(limits),
      ...(file === undefined ? (body === undefined ? {} : { body: JSON.stringify(body) }) : { body: file }),
    });
    answer = await response.json();
  } catch {
    throw new Unreachable();
  }
  if (response.ok) return answer as ReplyOf<E>;
  if (isProblem(answer)) throw new Problem(answer);
  throw new Unreachable();
}

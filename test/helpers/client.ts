import assert from 'node:assert/strict';

import { problemsOf } from '../../src/contracts/problems.ts';

import type { BodyInputOf, Endpoint, ParamsOf, QueryInputOf, ReplyOf } from '../../src/contracts/endpoint.ts';
import type { ProblemBody, ProblemCode } from '../../src/contracts/problems.ts';

/** What goes into a call. `body` and `query` as the contract says; `raw` instead of `body` to send anything at all. */
export interface Input<E> {
  readonly params?: ParamsOf<E>;
  readonly query?: QueryInputOf<E>;
  readonly body?: BodyInputOf<E>;
  readonly raw?: NonNullable<RequestInit['body']>;
  /** Idempotency-Key. */
  readonly key?: string;
  readonly language?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One person's browser: real requests over the loopback, with the session's cookie kept. */
export interface Client {
  /** Sends and returns whatever comes back. */
  send<E extends Endpoint>(endpoint: E, input?: Input<E>): Promise<Response>;
  /** Expects success and a reply as the contract describes it. */
  ok<E extends Endpoint>(endpoint: E, input?: Input<E>): Promise<ReplyOf<E>>;
  /** Expects this problem, told as RFC 9457 says, and declared in the contract. */
  refused<E extends Endpoint>(endpoint: E, code: ProblemCode, input?: Input<E>): Promise<ProblemBody>;
  readonly cookie: () => string;
}

export function openClient(url: string, cookie = ''): Client {
  let jar = cookie;

  async function send<E extends Endpoint>(endpoint: E, input: Input<E> = {}): Promise<Response> {
    const response = await fetch(url + addressOf(endpoint, input), {
      method: endpoint.method,
      headers: headersOf(input, jar),
      ...bodyOf(input),
    });
    const set = response.headers.get('set-cookie')?.split(';')[0];
    if (set !== undefined) jar = set.endsWith('=') ? '' : set;
    return response;
  }

  return {
    send,
    cookie: () => jar,
    async ok(endpoint, input) {
      const response = await send(endpoint, input);
      const text = await response.text();
      assert.equal(response.status, 200, `${endpoint.id} answered ${response.status}: ${text}`);
      const body: unknown = JSON.parse(text);
      const parsed = endpoint.reply.safeParse(body);
      assert.ok(parsed.success, `${endpoint.id}: the reply is not what the contract says: ${parsed.error?.message}`);
      return body as never;
    },
    async refused(endpoint, code, input) {
      const response = await send(endpoint, input);
      const body = await readProblem(response);
      assert.equal(body.code, code, `${endpoint.id}: ${JSON.stringify(body)}`);
      assert.ok(problemsOf(endpoint).includes(code), `${endpoint.id} does not declare ${code}`);
      return body;
    },
  };
}

/** The problem in a response, which must be one in form: type, status, title and detail, never half-filled words. */
export async function readProblem(response: Response): Promise<ProblemBody> {
  const text = await response.text();
  assert.equal(response.headers.get('content-type'), 'application/problem+json; charset=utf-8', text);
  const body = JSON.parse(text) as ProblemBody;
  assert.equal(body.status, response.status);
  assert.ok(body.type.length > 0 && body.title.length > 0, text);
  assert.doesNotMatch(body.detail, /\{\w+\}/, 'a placeholder was left');
  return body;
}

function addressOf<E extends Endpoint>(endpoint: E, { params, query }: Input<E>): string {
  const path = endpoint.path.replaceAll(/:(\w+)/g, (_whole, name: string) =>
    encodeURIComponent(String((params as Record<string, unknown> | undefined)?.[name])),
  );
  const given = Object.entries((query ?? {}) as Record<string, unknown>).filter(([, value]) => value !== undefined);
  const search = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return search === '' ? path : `${path}?${search}`;
}

function headersOf<E>(input: Input<E>, cookie: string): Record<string, string> {
  return {
    'accept-language': input.language ?? 'zh-CN',
    ...(cookie === '' ? {} : { cookie }),
    ...(input.body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(input.key === undefined ? {} : { 'idempotency-key': input.key }),
    ...input.headers,
  };
}

/** `duplex` is what Node asks for when a stream is sent. */
function bodyOf<E>(input: Input<E>): RequestInit & { readonly duplex?: 'half' } {
  if (input.raw !== undefined) return { body: input.raw, duplex: 'half' };
  return input.body === undefined ? {} : { body: JSON.stringify(input.body) };
}

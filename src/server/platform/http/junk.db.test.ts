import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { openApp } from '../../../../test/helpers/app.ts';
import { readProblem } from '../../../../test/helpers/client.ts';
import { conditionWith, leadTo, photoBytes, reportBody, reportCase } from '../../../../test/helpers/journey.ts';
import { allEndpoints } from '../../../contracts/endpoints.ts';
import { problemsOf } from '../../../contracts/problems.ts';

import type { TestApp } from '../../../../test/helpers/app.ts';
import type { Endpoint } from '../../../contracts/endpoint.ts';

let app: TestApp;
beforeAll(async () => (app = await openApp()));
afterAll(() => app.close());

const people = ['', 'zhihui', 'zilaishui', 'wangge', 'anquan', 'lin.zhihui'];
const endpoints = allEndpoints.filter(({ replies, id }) => replies !== 'events' && id !== 'identity.signOut');

/** Things that have broken programs before. */
const nasty = fc.constantFrom<unknown>(
  '',
  ' ',
  '0',
  '-1',
  '1e309',
  'NaN',
  'null',
  'undefined',
  '\u0000',
  '\uD800',
  '%',
  "'; drop table cases.case_file; --",
  '../../keys/installation.key',
  '__proto__',
  '<script>',
  '𠮷'.repeat(100),
  'a'.repeat(500),
  '00000000-0000-0000-0000-000000000000',
  'ffffffff-ffff-ffff-ffff-ffffffffffff',
  '2026-02-30',
  0,
  -1,
  1.5,
  2 ** 31,
  2 ** 53,
  1e308,
  -0,
  true,
  null,
  [],
  {},
  [[[]]],
  { toString: 'x' },
  ['a', 'b'],
);
const anything: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 3, arbitrary: nasty },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
);

/** Cursors of the queue are opaque to callers, who may send any that they like. */
const cursor = fc
  .array(fc.oneof(nasty, fc.constant('never'), fc.integer()), { maxLength: 4 })
  .map(parts => Buffer.from(JSON.stringify(parts)).toString('base64url'));

/** Parameters of each endpoint that has some: good values, of which some are exchanged. */
const queries: Readonly<Record<string, Readonly<Record<string, fc.Arbitrary<unknown>>>>> = {
  'cases.list': {
    queue: fc.constantFrom('to_accept', 'open', 'ended'),
    mine: fc.constantFrom('unit', 'check'),
    states: fc.constantFrom('closed', 'closed,reported', ',,'),
    search: fc.constantFrom('灯', '%', '410105001', '\\'),
    sort: fc.constantFrom('due', 'newest', 'urgency'),
    limit: fc.constantFrom('1', '500', '501'),
    after: cursor,
  },
  'cases.count': { mine: fc.constantFrom('unit', 'check') },
  'grids.locate': {
    lng: fc.constantFrom('113.68', '0', '-180', '180'),
    lat: fc.constantFrom('34.77', '0', '-90', '90'),
    datum: fc.constantFrom('GCJ02', 'BD09', 'WGS84'),
  },
  'intake.readPhoto': {
    size: fc.constantFrom('full', 'thumb'),
    until: fc.constantFrom('9999999999999'),
    key: fc.constantFrom('A'.repeat(32)),
  },
};
const queryOf = (id: string): fc.Arbitrary<Record<string, unknown>> =>
  fc.record(
    Object.fromEntries(
      Object.entries(queries[id] ?? { search: nasty }).map(([name, good]) => [
        name,
        fc.oneof({ weight: 4, arbitrary: good }, { weight: 1, arbitrary: nasty }),
      ]),
    ),
    { requiredKeys: [] },
  );

/** A body that is nearly right: some good one with one place exchanged for anything. */
function spoil(body: unknown, where: readonly number[], thing: unknown): unknown {
  if (typeof body !== 'object' || body === null || where.length === 0) return thing;
  const keys = Object.keys(body);
  const key = keys[(where[0] ?? 0) % Math.max(1, keys.length)];
  if (key === undefined) return thing;
  const changed = Array.isArray(body) ? [...(body as unknown[])] : { ...body };
  (changed as Record<string, unknown>)[key] = spoil((body as Record<string, unknown>)[key], where.slice(1), thing);
  return changed;
}

/** Good bodies of the endpoints that take one. */
async function goodBodies(): Promise<Readonly<Record<string, readonly unknown[]>>> {
  const { number, queryCode } = await leadTo(app, 'closed');
  const base = { version: 1, note: '好', attachments: [] };
  const leader = { role: 'leader', townId: app.grid('410105001000000').id, gridId: null, unitId: null };
  const account = { loginName: 'fuzzed', name: '某人', password: 'Jingwei-2026', grants: [leader] };
  return {
    'intake.report': [reportBody(app, { categoryCode: '0701', contact: { name: '张三', phone: '13812345678' } })],
    'intake.readProgress': [{ number, queryCode }],
    'intake.giveVerdict': [
      { number, queryCode, verdict: 'contest', words: '没修好' },
      { number, queryCode, verdict: 'confirm', rating: 5, words: '好' },
    ],
    'identity.signIn': [{ loginName: 'nobody-here', password: 'x' }],
    'identity.setUp': [{ token: 'x', loginName: 'someone', name: '某人', password: 'Jingwei-2026' }],
    'identity.createAccount': [account],
    'cases.act': [
      { action: 'accept', ...base, categoryCode: '0701' },
      { action: 'file', ...base, ...conditionWith(app, false) },
      { action: 'dispatch', ...base, unitId: app.unit('water').id },
      { action: 'send_check', ...base, checkerId: '00000000-0000-0000-0000-000000000000' },
      { action: 'remark', ...base },
      { action: 'reveal', ...base },
    ],
  };
}

test('no input of anybody, to any endpoint, makes the server fail', async () => {
  const { caseId } = await reportCase(app);
  const bodies = await goodBodies();
  const cookies = await Promise.all(people.map(async who => (who === '' ? '' : (await app.as(who)).cookie())));
  const photo = await photoBytes();
  const statuses = new Map<number, number>();
  const called = new Set<string>();

  const bodyOf = (id: string): fc.Arbitrary<string | Uint8Array> =>
    fc.oneof(
      {
        weight: 6,
        arbitrary: fc
          .tuple(
            fc.constantFrom(...(bodies[id] ?? [{}])),
            fc.array(fc.nat(6), { maxLength: 3 }),
            anything,
            fc.boolean(),
          )
          .map(([good, where, thing, whole]) => plain(whole ? good : spoil(good, where, thing))),
      },
      { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
      {
        weight: 1,
        arbitrary: fc.uint8Array({ maxLength: 200 }).map(tail => Buffer.concat([photo.subarray(0, 150), tail])),
      },
    );
  const sent = fc.constantFrom(...endpoints.map(({ id }) => id)).chain(id =>
    fc.record({
      id: fc.constant(id),
      cookie: fc.oneof(fc.constant(cookies[1] ?? ''), fc.constantFrom(...cookies)),
      param: fc.oneof({ weight: 3, arbitrary: fc.constant(caseId) }, fc.uuid(), nasty),
      query: queryOf(id),
      body: bodyOf(id),
      key: fc.oneof(fc.uuid(), fc.constantFrom('', 'same-key-always', 'é', 'x'.repeat(300))),
      type: fc.constantFrom('application/json', 'text/plain', 'multipart/form-data; boundary=x', 'image/jpeg', ''),
      language: fc.constantFrom('zh', 'en', ''),
    }),
  );

  await fc.assert(
    fc.asyncProperty(sent, async ({ id, cookie, param, body, key, type, language, ...rest }) => {
      const endpoint = endpoints.find(one => one.id === id);
      if (endpoint === undefined) throw new Error(id);
      const response = await fetch(app.url + addressOf(endpoint, plain(param), rest.query), {
        method: endpoint.method,
        headers: headersOf({ cookie, 'idempotency-key': key, 'content-type': type, 'accept-language': language }),
        ...(endpoint.method === 'GET' || endpoint.method === 'DELETE' ? {} : { body: body as BodyInit }),
      });
      statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
      called.add(endpoint.id);
      expect(response.status, `${endpoint.id}: ${await response.clone().text()}`).toBeLessThan(500);
      if (response.status < 400) return;
      const { code } = await readProblem(response);
      if (code !== 'platform.no_such_endpoint') expect(problemsOf(endpoint)).toContain(code);
    }),
    { seed: 2013, numRuns: 2000 },
  );
  // It was no test if nothing was reached, or nothing refused.
  expect(called.size).toBe(endpoints.length);
  for (const status of [200, 401, 403, 404, 409, 422]) expect([status, statuses.get(status) ?? 0]).not.toContain(0);
});

function addressOf(endpoint: Endpoint, param: string, given: Readonly<Record<string, unknown>>): string {
  const path = endpoint.path.replaceAll(/:\w+/g, () => encodeURIComponent(param.toWellFormed()));
  const search = new URLSearchParams(Object.entries(given).map(([name, value]) => [name, plain(value)]));
  return `${path}?${search.toString()}`;
}

const plain = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** What HTTP itself cannot carry in a header is left out. */
function headersOf(wanted: Readonly<Record<string, string>>): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(wanted)) if (value !== '') headers.set(name, value);
  return headers;
}

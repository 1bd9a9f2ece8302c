import { connect } from 'node:net';

import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';

import { openApp } from '../../../../test/helpers/app.ts';
import { readProblem } from '../../../../test/helpers/client.ts';
import { reportBody } from '../../../../test/helpers/journey.ts';
import { locate } from '../../../contracts/grids.ts';
import { readSession } from '../../../contracts/identity.ts';
import { report } from '../../../contracts/intake.ts';
import { health } from '../../../contracts/platform.ts';
import { readCase } from '../../../contracts/cases.ts';

import type { TestApp } from '../../../../test/helpers/app.ts';

let app: TestApp;
beforeAll(async () => (app = await openApp()));
afterAll(() => app.close());

describe('the language of an answer', () => {
  test.each([
    [undefined, 'zh-CN', '请先登录'],
    ['', 'zh-CN', '请先登录'],
    ['zh-CN,zh;q=0.9', 'zh-CN', '请先登录'],
    ['zh-TW', 'zh-CN', '请先登录'],
    ['en', 'en', 'Please sign in'],
    ['EN-us;q=0.8', 'en', 'Please sign in'],
    ['fr-FR, en;q=0.7, zh;q=0.3', 'en', 'Please sign in'],
    ['de, ja', 'zh-CN', '请先登录'],
    ['*', 'zh-CN', '请先登录'],
    [';;;=,,,', 'zh-CN', '请先登录'],
  ])('asked for as %s is %s', async (asked, language, title) => {
    const headers: HeadersInit = asked === undefined ? {} : { 'accept-language': asked };
    const response = await fetch(`${app.url}/api/session`, { headers });
    expect(response.headers.get('content-language')).toBe(language);
    expect(await readProblem(response)).toMatchObject({ title, status: 401, code: 'identity.not_signed_in' });
  });
});

describe('addresses that are none', () => {
  /** Fetch repairs addresses before it sends them; a socket does not. */
  function ask(line: string): Promise<{ status: number; head: string; body: string }> {
    const { hostname, port } = new URL(app.url);
    return new Promise((resolve, reject) => {
      const socket = connect(Number(port), hostname, () =>
        socket.end(`${line} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`),
      );
      let text = '';
      socket.setEncoding('utf8');
      socket.on('data', (chunk: string) => (text += chunk));
      socket.on('error', reject);
      socket.on('close', () => {
        const [head = '', body = ''] = text.split('\r\n\r\n');
        resolve({ status: Number(head.split(' ')[1]), head, body });
      });
    });
  }

  test.each([
    ['GET /api/cases/%zz', 404],
    ['GET /api/cases/%c0%ae%c0%ae', 404],
    ['GET /api/photos/..%2f..%2fkeys%2finstallation.key', 422],
    ['GET /../../etc/passwd', 404],
    ['GET /api//cases', 404],
    [`GET /api/cases/${'a'.repeat(500)}`, 404],
    ['GET /api/locate?lng=%zz&lat=1', 422],
    ['GET /api/cases/01970000-0000-7000-8000-000000000000;x=1', 401],
  ])('%s is answered %i, as a problem', async (line, status) => {
    const answer = await ask(line);
    expect(answer.status).toBe(status);
    expect(answer.head.toLowerCase()).toContain('content-type: application/problem+json');
    expect(JSON.parse(answer.body)).toMatchObject({ status });
  });
});

describe('what a caller sends too much, or twice', () => {
  test('unknown fields of a body are not stored, a parameter given twice is refused', async () => {
    const body = { ...reportBody(app), state: 'closed', channel: 'phone', townId: 'x', actor: { kind: 'system' } };
    await app.anybody.ok(report, { body, key: 'unknown-fields-1' });
    const response = await fetch(`${app.url}/api/locate?lng=113&lng=114&lat=34`);
    expect(await readProblem(response)).toMatchObject({ code: 'platform.invalid_input' });
  });

  test('keys that poison objects do nothing', async () => {
    const raw = `{"__proto__": {"words": "x"}, "constructor": {"prototype": {"polluted": 1}}, "words": "灯", "place": {}}`;
    await app.anybody.refused(report, 'intake.place_missing', { raw, key: 'poisoned-keys-1' });
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  test('a body nested a hundred thousand deep', async () => {
    const raw = `{"words": ${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    await app.anybody.refused(report, 'platform.invalid_input', { raw, key: 'deep-nesting-1' });
  });

  test('headers in any case, cookies of others beside ours', async () => {
    const ours = (await app.as('zhihui')).cookie();
    const response = await fetch(`${app.url}/api/session`, { headers: { Cookie: `a=b; ${ours}; jingweix=1` } });
    expect(response.status).toBe(200);
  });
});

describe('every answer', () => {
  test('of data is never kept by a proxy', async () => {
    const desk = await app.as('zhihui');
    for (const response of [
      await desk.send(readSession),
      await app.anybody.send(locate, { query: { lng: '113.68', lat: '34.77' } }),
      await app.anybody.send(health),
      await desk.send(readCase, { params: { id: '01970000-0000-7000-8000-000000000000' } }),
    ])
      expect(response.headers.get('cache-control')).toBe('no-store');
  });

  test('names no software and no version', async () => {
    const { headers } = await app.anybody.send(health);
    expect([headers.get('server'), headers.get('x-powered-by')]).toEqual([null, null]);
  });
});

describe('the pulse', () => {
  test('is 200 while the database answers, 503 while it does not, 200 again after', async () => {
    expect(await app.anybody.ok(health)).toMatchObject({ status: 'ok', database: { state: 'up' } });
    const { pool } = app.database;
    const { rows } = await pool.query<{ name: string }>('select current_database() as name');
    const name = rows[0]?.name ?? '';
    const admin = new pg.Client({ connectionString: inject('testServer').adminUrl });
    await admin.connect();
    try {
      await admin.query(`alter database ${name} with allow_connections false`);
      await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name]);
      const down = await app.anybody.send(health, { language: 'en' });
      expect(down.status).toBe(503);
      expect(await down.json()).toMatchObject({ status: 'database_down', database: { state: 'down' } });
      // Whoever reports now is asked to try again, and is not told of an inner failure.
      await app.anybody.refused(report, 'platform.busy', { body: reportBody(app), key: 'while-it-is-down' });
    } finally {
      await admin.query(`alter database ${name} with allow_connections true`);
      await admin.end();
    }
    expect(await app.anybody.ok(health)).toMatchObject({ status: 'ok' });
    await app.anybody.ok(report, { body: reportBody(app), key: 'while-it-is-down' });
  });
});

test('a server that stops answers what it has begun', async () => {
  const stopping = await openApp();
  const holder = new pg.Client({ connectionString: stopping.database.url });
  await holder.connect();
  const townId = stopping.grid('410105001000000').id;
  await stopping.anybody.ok(report, { body: reportBody(stopping), key: 'the-first-one' });
  // Whoever holds the counter of the day keeps the next report waiting in the middle of its transaction.
  await holder.query('begin');
  await holder.query('select 1 from cases.number_counter where town_id = $1 for update', [townId]);
  const waiting = stopping.client().send(report, { body: reportBody(stopping), key: 'the-second-one' });
  await waitUntilSomebodyWaits(holder);
  const closed = stopping.close();
  await holder.query('commit');
  await holder.end();
  expect((await waiting).status).toBe(200);
  await closed;
});

async function waitUntilSomebodyWaits(client: pg.Client): Promise<void> {
  for (;;) {
    const { rowCount } = await client.query(
      "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
    );
    if (rowCount !== 0) return;
  }
}

import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { demoPassword } from '../db/seed/staff.ts';
import { searchAccess } from '../src/contracts/access.ts';
import { listCases, live } from '../src/contracts/cases.ts';
import { createAccount, disableAccount, readSession, signIn } from '../src/contracts/identity.ts';
import { report } from '../src/contracts/intake.ts';
import { changeGrants, endSessions } from '../src/contracts/security.ts';
import { changeGrants as decide } from '../src/domain/identity/grant-change.ts';
import { administrators, canHoldTogether, roleNames } from '../src/domain/identity/permissions.ts';
import { openApp } from './helpers/app.ts';
import { otherTown } from './helpers/house.ts';

import type { Grant, Role } from '../src/domain/identity/permissions.ts';
import type { TestApp } from './helpers/app.ts';
import type { Client } from './helpers/client.ts';

let app: TestApp;
beforeAll(async () => (app = await openApp()));
afterAll(() => app.close());

const admin = (role: Role): Grant => ({ role, townId: null, gridId: null, unitId: null });
const inTown = (role: Role, code = '410105001000000'): Grant => ({ ...admin(role), townId: app.grid(code).id });
const idOf = async (client: Client) => (await client.ok(readSession)).accountId;

test('no sequence of changes brings administrators’ rights together', () => {
  const grant = fc.record({
    role: fc.constantFrom(...roleNames),
    townId: fc.constantFrom(null, 'a', 'b'),
    gridId: fc.constant(null),
    unitId: fc.constant(null),
  });
  const change = fc.record({ add: fc.array(grant, { maxLength: 4 }), remove: fc.array(grant, { maxLength: 4 }) });
  fc.assert(
    fc.property(fc.array(change, { maxLength: 30 }), changes => {
      let held: readonly Grant[] = [];
      for (const one of changes) {
        const result = decide(held, one);
        if (result === null) continue;
        expect(canHoldTogether(result.after.map(({ role }) => role))).toBe(true);
        // What is said to be added and taken is the difference, nothing is held twice.
        expect(new Set(result.after.map(after => JSON.stringify(after))).size).toBe(result.after.length);
        expect(held.length - result.removed.length + result.added.length).toBe(result.after.length);
        held = result.after;
      }
    }),
  );
});

describe('three administrators', () => {
  test('are never one person: not at the making of an account, not by a change, not by two changes at once', async () => {
    const security = await app.as('anquan');
    for (const first of administrators)
      for (const second of [...administrators, 'acceptor' as const]) {
        if (first === second) continue;
        const grants = [admin(first), second === 'acceptor' ? inTown(second) : admin(second)];
        await security.refused(createAccount, 'identity.roles_conflict', {
          body: { loginName: 'both', name: '两者', password: demoPassword, grants },
        });
      }
    const id = await idOf(await app.as('xitong'));
    for (const role of ['audit_admin', 'security_admin'] as const)
      await security.refused(changeGrants, 'identity.roles_conflict', {
        params: { id },
        body: { add: [admin(role)], remove: [] },
      });
    // Either change alone is allowed: both at once must leave one.
    const handler = await idOf(await app.as('ducha'));
    const swaps = administrators.map(role =>
      security.send(changeGrants, {
        params: { id: handler },
        body: { add: [admin(role)], remove: [inTown('supervisor')] },
      }),
    );
    const statuses = (await Promise.all(swaps)).map(({ status }) => status);
    expect(statuses.toSorted()).toEqual([200, 422, 422]);
    const { grants } = await (await app.as('ducha')).ok(readSession);
    expect(grants).toHaveLength(1);
  });

  test('do not change their own rights, and cannot shut each other out at once', async () => {
    const security = await app.as('anquan');
    const own = await idOf(security);
    await security.refused(changeGrants, 'identity.not_your_own', {
      params: { id: own },
      body: { add: [admin('audit_admin')], remove: [admin('security_admin')] },
    });
    await security.refused(disableAccount, 'identity.not_your_own', { params: { id: own } });
    await security.ok(createAccount, {
      body: { loginName: 'anquan2', name: '安二', password: 'Second-2026', grants: [admin('security_admin')] },
    });
    await app.database.pool.query('update identity.account set must_change_password = false');
    const second = app.client();
    await second.ok(signIn, { body: { loginName: 'anquan2', password: 'Second-2026' } });
    const answers = await Promise.all([
      security.send(disableAccount, { params: { id: await idOf(second) } }),
      second.send(disableAccount, { params: { id: own } }),
    ]);
    expect(answers.map(({ status }) => status).filter(status => status === 200)).toHaveLength(1);
    await app.database.pool.query('update identity.account set disabled_at = null');
  });
});

describe('a change of grants', () => {
  test('counts from the next call on, and is recorded with what was given and taken', async () => {
    const worker = await app.as('wangge');
    const id = await idOf(worker);
    const before = (await worker.ok(readSession)).grants;
    const security = app.client();
    await security.ok(signIn, { body: { loginName: 'anquan', password: demoPassword } });
    await security.ok(changeGrants, { params: { id }, body: { add: [inTown('leader')], remove: before } });
    expect((await worker.ok(readSession)).grants).toEqual([inTown('leader')]);
    await security.refused(changeGrants, 'identity.no_grants_left', {
      params: { id },
      body: { add: [], remove: [inTown('leader')] },
    });
    await security.refused(changeGrants, 'identity.scope_missing', {
      params: { id },
      body: { add: [admin('leader')], remove: [] },
    });
    await security.refused(changeGrants, 'grids.unknown_grid', {
      params: { id },
      body: { add: [{ ...inTown('grid_worker'), gridId: app.grid(otherTown.courtyard).id }], remove: [] },
    });
    await security.ok(changeGrants, { params: { id }, body: { add: before, remove: [inTown('leader')] } });
    const { entries } = await (
      await app.as('shenji')
    ).ok(searchAccess, { query: { what: 'account.grants', result: 'done' } });
    expect(JSON.parse(entries[0]?.details ?? '')).toEqual({ added: before, removed: [inTown('leader')] });
    expect(entries[0]?.object).toMatchObject({ id, name: 'wangge' });
  });
});

/** The events of a stream as they come; `ended` when the server closed it. */
async function openStream(client: Client): Promise<{ seen: unknown[]; ended: Promise<void>; close: () => void }> {
  const abort = new AbortController();
  const response = await fetch(`${app.url}${live.path}`, {
    headers: { cookie: client.cookie() },
    signal: abort.signal,
  });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  const seen: { kind: string }[] = [];
  let rest = '';
  const ended = (async () => {
    for (;;) {
      const part = await reader?.read().catch(() => undefined);
      if (part?.value === undefined) return;
      const lines = (rest + part.value).split('\n\n');
      rest = lines.pop() ?? '';
      for (const line of lines) seen.push(JSON.parse(line.replace('data: ', '')) as { kind: string });
    }
  })();
  await until(() => seen.some(({ kind }) => kind === 'hello'));
  return { seen, ended, close: () => abort.abort() };
}

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 400 && !holds(); tries++) await new Promise(resolve => setTimeout(resolve, 20));
  expect(holds()).toBe(true);
}

describe('an open event stream', () => {
  let reports = 0;
  const reportIn = (code: string) =>
    app.anybody.ok(report, {
      body: { words: `路灯不亮 ${++reports}`, place: { gridId: app.grid(code).id }, photos: [] },
      key: `grants-live-${reports}`,
    });
  const casesIn = (seen: unknown[]) => (seen as { kind: string }[]).filter(({ kind }) => kind === 'case').length;

  test('follows the grants: a town taken away is silent, a town given is heard', async () => {
    const client = await app.as('paiqian');
    const stream = await openStream(client);
    await reportIn('410105001015003');
    await until(() => casesIn(stream.seen) === 1);
    const security = app.client();
    await security.ok(signIn, { body: { loginName: 'anquan', password: demoPassword } });
    await security.ok(changeGrants, {
      params: { id: await idOf(client) },
      body: { add: [inTown('dispatcher', otherTown.town)], remove: [inTown('dispatcher')] },
    });
    await reportIn('410105001015003');
    await reportIn(otherTown.courtyard);
    await until(() => casesIn(stream.seen) === 2);
    expect(JSON.stringify(stream.seen)).not.toContain('路灯不亮 2');
    expect(JSON.stringify(stream.seen)).toContain('路灯不亮 3');
    expect((await client.ok(listCases, { query: {} })).cases).toHaveLength(1);
    stream.close();
  });

  test('ends with the session', async () => {
    const client = await app.as('shouli');
    const stream = await openStream(client);
    const security = app.client();
    await security.ok(signIn, { body: { loginName: 'anquan', password: demoPassword } });
    await security.ok(endSessions, { params: { id: await idOf(client) } });
    await stream.ended;
    await client.refused(readSession, 'identity.not_signed_in');
  });
});

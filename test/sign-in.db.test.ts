import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { demoPassword } from '../db/seed/staff.ts';
import { createAccount, disableAccount, readSession, signIn } from '../src/contracts/identity.ts';
import {
  beginCodes,
  changePassword,
  confirmCodes,
  endOtherSessions,
  endOwnSession,
  listOwnSessions,
  passwordRules,
  readCodes,
  removeCodes,
} from '../src/contracts/own-account.ts';
import {
  changePolicy,
  enableAccount,
  endSession,
  endSessions,
  readAccount,
  readPolicy,
  resetCodes,
  resetPassword,
} from '../src/contracts/security.ts';
import { searchAccess } from '../src/contracts/access.ts';
import { listCases } from '../src/contracts/cases.ts';
import { defaultPolicy } from '../src/domain/identity/policy.ts';
import { openApp } from './helpers/app.ts';
import { codeAt } from './helpers/authenticator.ts';

import type { BodyOf } from '../src/contracts/endpoint.ts';
import type { Policy } from '../src/domain/identity/policy.ts';
import type { TestApp } from './helpers/app.ts';
import type { Client } from './helpers/client.ts';

const minute = 60_000;
const hour = 60 * minute;

let app: TestApp;
beforeAll(async () => (app = await openApp()));
afterAll(() => app.close());

type PolicyBody = BodyOf<typeof changePolicy>['policy'];

/** Puts a policy in force; everything not named is as by default. */
async function setPolicy(change: Partial<Policy>): Promise<void> {
  const security = await freshSession('anquan');
  const { version } = await security.ok(readPolicy);
  await security.ok(changePolicy, { body: { version, policy: { ...defaultPolicy, ...change } as PolicyBody } });
}

async function freshSession(loginName: string, password = demoPassword): Promise<Client> {
  const client = app.client();
  await client.ok(signIn, { body: { loginName, password } });
  return client;
}

let made = 0;
/** A person of his own for one test, with a password nobody has to change. */
async function newPerson(role: 'acceptor' | 'audit_admin' = 'acceptor'): Promise<{ id: string; loginName: string }> {
  made += 1;
  const loginName = `person${made}`;
  const townId = role === 'acceptor' ? app.grid('410105001000000').id : null;
  await setPolicy({ password: { ...defaultPolicy.password, changeAtFirstUse: false } });
  const account = await (
    await freshSession('anquan')
  ).ok(createAccount, {
    body: { loginName, name: '某人', password: demoPassword, grants: [{ role, townId, gridId: null, unitId: null }] },
  });
  await setPolicy({});
  return { id: account.id, loginName };
}

describe('sessions', () => {
  test('are listed with the device in words, and ended one by one or all but this one', async () => {
    const { loginName } = await newPerson();
    const body = { loginName, password: demoPassword };
    const [here, phone, third] = [app.client(), app.client(), app.client()];
    await here.ok(signIn, {
      body,
      headers: { 'user-agent': 'Mozilla/5.0 (Windows NT 10.0; Win64) Chrome/140 Safari/5' },
    });
    await phone.ok(signIn, { body, headers: { 'user-agent': 'Mozilla/5.0 (Linux; Android 15) MicroMessenger/8' } });
    await third.ok(signIn, { body });
    const { sessions } = await here.ok(listOwnSessions);
    expect(sessions.map(({ device }) => device).toSorted()).toEqual(
      ['Chrome · Windows', '微信 · Android', null].toSorted(),
    );
    expect(sessions.filter(({ current }) => current).map(({ device }) => device)).toEqual(['Chrome · Windows']);
    const onPhone = sessions.find(({ device }) => device === '微信 · Android')?.id ?? '';
    expect(await here.ok(endOwnSession, { params: { id: onPhone } })).toEqual({ ended: 1 });
    await phone.refused(readSession, 'identity.not_signed_in');
    await here.refused(endOwnSession, 'platform.not_found', { params: { id: onPhone } });
    expect(await here.ok(endOtherSessions)).toEqual({ ended: 1 });
    await third.refused(readSession, 'identity.not_signed_in');
    await here.ok(readSession);
  });

  test('of others cannot be ended by knowing their number', async () => {
    const mine = await freshSession((await newPerson()).loginName);
    const theirs = await freshSession((await newPerson()).loginName);
    const [session] = (await theirs.ok(listOwnSessions)).sessions;
    await mine.refused(endOwnSession, 'platform.not_found', { params: { id: session?.id ?? '' } });
    await mine.refused(endSessions, 'identity.not_permitted', { params: { id: (await newPerson()).id } });
    await theirs.ok(readSession);
  });

  test('are ended by the security administrator, one or all; disabling ends them at once', async () => {
    const { id, loginName } = await newPerson();
    const security = await freshSession('anquan');
    const [first, second] = [await freshSession(loginName), await freshSession(loginName)];
    const { sessions } = await security.ok(readAccount, { params: { id } });
    expect(sessions).toHaveLength(2);
    await security.ok(endSession, { params: { id, session: sessions[0]?.id ?? '' } });
    const alive = await Promise.all([first, second].map(async one => (await one.send(readSession)).status));
    expect(alive.toSorted()).toEqual([200, 401]);
    expect(await security.ok(endSessions, { params: { id } })).toEqual({ ended: 1 });
    const third = await freshSession(loginName);
    await security.ok(disableAccount, { params: { id } });
    await third.refused(readSession, 'identity.not_signed_in');
    await app.client().refused(signIn, 'identity.wrong_credentials', { body: { loginName, password: demoPassword } });
    await security.ok(enableAccount, { params: { id } });
    await freshSession(loginName);
  });

  test('end when nobody uses them, and when they are too old, as the policy says now', async () => {
    const { loginName } = await newPerson();
    const idle = await freshSession(loginName);
    const used = await freshSession(loginName);
    await setPolicy({ session: { idleMinutes: 30, absoluteHours: 2 } });
    for (const step of [20, 20, 20, 20, 20]) {
      app.clock.advance(step * minute);
      await used.ok(readSession);
    }
    await idle.refused(readSession, 'identity.not_signed_in');
    app.clock.advance(19 * minute);
    await used.ok(readSession);
    app.clock.advance(1 * minute);
    await used.refused(readSession, 'identity.not_signed_in');
    await setPolicy({});
  });
});

describe('passwords', () => {
  test('are changed by whoever knows the present one; other devices are out', async () => {
    const { loginName } = await newPerson();
    const [here, there] = [await freshSession(loginName), await freshSession(loginName)];
    await here.refused(changePassword, 'identity.wrong_credentials', {
      body: { current: 'x', next: 'Neu-Passwort-1' },
    });
    await here.refused(changePassword, 'identity.password_weak', { body: { current: demoPassword, next: 'short' } });
    expect(await here.ok(changePassword, { body: { current: demoPassword, next: 'Neu-Passwort-1' } })).toEqual({
      otherSessionsEnded: 1,
    });
    await here.ok(readSession);
    await there.refused(readSession, 'identity.not_signed_in');
    await app.client().refused(signIn, 'identity.wrong_credentials', { body: { loginName, password: demoPassword } });
    await freshSession(loginName, 'Neu-Passwort-1');
  });

  test('of the last five do not come back; the sixth does', async () => {
    const { loginName } = await newPerson();
    const client = await freshSession(loginName);
    const all = [demoPassword, ...[1, 2, 3, 4, 5].map(no => `Passwort-${no}`)];
    for (const [index, next] of all.entries()) {
      if (index === 0) continue;
      app.clock.advance(1000);
      const current = all[index - 1] ?? '';
      for (const earlier of all.slice(0, index))
        expect(
          (await client.refused(changePassword, 'identity.password_reused', { body: { current, next: earlier } }))
            .details,
        ).toEqual({ count: 5 });
      await client.ok(changePassword, { body: { current, next } });
    }
    await client.ok(changePassword, { body: { current: 'Passwort-5', next: demoPassword } });
  });

  test('cannot be guessed by whoever found a screen unlocked', async () => {
    const { loginName } = await newPerson();
    const client = await freshSession(loginName);
    const body = { current: 'guess', next: 'Neu-Passwort-1' };
    for (let guess = 1; guess < 5; guess++)
      await client.refused(changePassword, 'identity.wrong_credentials', { body });
    await client.refused(changePassword, 'identity.locked', { body });
    await client.refused(changePassword, 'identity.locked', { body: { ...body, current: demoPassword } });
    app.clock.advance(30 * minute);
    await client.ok(changePassword, { body: { ...body, current: demoPassword } });
  });

  test('that somebody else chose are changed before anything else', async () => {
    const security = await freshSession('anquan');
    const townId = app.grid('410105001000000').id;
    const account = await security.ok(createAccount, {
      body: {
        loginName: 'newcomer',
        name: '新人',
        password: demoPassword,
        grants: [{ role: 'acceptor', townId, gridId: null, unitId: null }],
      },
    });
    const client = await freshSession('newcomer');
    expect((await client.ok(readSession)).owes).toBe('password');
    await client.refused(listCases, 'identity.password_owed', { query: {} });
    await client.refused(listOwnSessions, 'identity.password_owed');
    await client.ok(changePassword, { body: { current: demoPassword, next: 'My-own-1' } });
    expect((await client.ok(readSession)).owes).toBeNull();
    await client.ok(listCases, { query: {} });

    const { password } = await security.ok(resetPassword, { params: { id: account.id } });
    await client.refused(readSession, 'identity.not_signed_in');
    const again = await freshSession('newcomer', password);
    await again.refused(listCases, 'identity.password_owed', { query: {} });
    await again.ok(changePassword, { body: { current: password, next: 'My-own-2' } });
    await again.ok(listCases, { query: {} });
  });

  test('grow old where the policy says so', async () => {
    const { loginName } = await newPerson();
    await setPolicy({ password: { ...defaultPolicy.password, ageDays: 90 } });
    app.clock.advance(89 * 24 * hour);
    expect((await (await freshSession(loginName)).ok(readSession)).owes).toBeNull();
    app.clock.advance(2 * 24 * hour);
    expect((await (await freshSession(loginName)).ok(readSession)).owes).toBe('password');
    const security = await freshSession('anquan');
    await security.refused(readPolicy, 'identity.password_owed');
    await app.database.pool.query('update identity.account set password_changed_at = $1', [
      new Date(app.clock.now()).toISOString(),
    ]);
    await setPolicy({});
  });

  test('keep to the rules in force, which the form may read', async () => {
    await setPolicy({ password: { ...defaultPolicy.password, minLength: 12, kinds: 4 } });
    expect((await app.anybody.ok(passwordRules)).password).toEqual({ minLength: 12, kinds: 4, history: 5 });
    const client = await freshSession((await newPersonUnder()).loginName);
    const problem = await client.refused(changePassword, 'identity.password_weak', {
      body: { current: demoPassword, next: 'Short-1' },
    });
    expect(problem.detail).toContain('至少 12 位');
    await setPolicy({});
  });
});

/** Somebody of the demonstration: no account has to be made under rules that its password does not keep. */
const newPersonUnder = () => Promise.resolve({ loginName: 'ducha' });

describe('one-time codes', () => {
  async function enrol(loginName: string): Promise<{ client: Client; secret: string; recovery: readonly string[] }> {
    const client = await freshSession(loginName);
    const { secret, uri } = await client.ok(beginCodes, { body: { password: demoPassword } });
    expect(uri).toContain(secret);
    const { recoveryCodes } = await client.ok(confirmCodes, { body: { code: codeAt(secret, app.clock.now()) } });
    return { client, secret, recovery: recoveryCodes };
  }

  test('are set up, asked for at the next sign-in, and count once', async () => {
    const { loginName } = await newPerson();
    const { secret, recovery } = await enrol(loginName);
    expect(new Set(recovery).size).toBe(10);
    const body = { loginName, password: demoPassword };
    const client = app.client();
    await client.refused(signIn, 'identity.code_needed', { body });
    // The one that confirmed the device has been used.
    const used = codeAt(secret, app.clock.now());
    await client.refused(signIn, 'identity.code_wrong', { body: { ...body, code: used } });
    app.clock.advance(30_000);
    const code = codeAt(secret, app.clock.now());
    await client.ok(signIn, { body: { ...body, code: `${code.slice(0, 3)} ${code.slice(3)}` } });
    await app.client().refused(signIn, 'identity.code_wrong', { body: { ...body, code } });
  });

  test('used twice in the same instant open one session', async () => {
    const { loginName } = await newPerson();
    const { secret } = await enrol(loginName);
    app.clock.advance(30_000);
    const body = { loginName, password: demoPassword, code: codeAt(secret, app.clock.now()) };
    const answers = await Promise.all([1, 2, 3].map(async () => (await app.client().send(signIn, { body })).status));
    expect(answers.toSorted()).toEqual([200, 401, 401]);
  });

  test('give way to recovery codes, each once', async () => {
    const { loginName } = await newPerson();
    const { recovery, client } = await enrol(loginName);
    const body = { loginName, password: demoPassword, code: (recovery[3] ?? '').toLowerCase() };
    await app.client().ok(signIn, { body });
    await app.client().refused(signIn, 'identity.code_wrong', { body });
    expect(await client.ok(readCodes)).toEqual({ mode: 'optional', setUp: true, recoveryLeft: 9 });
  });

  test('lock the account like wrong passwords, and a right password does not wipe out the count', async () => {
    const { loginName } = await newPerson();
    await enrol(loginName);
    const body = { loginName, password: demoPassword };
    for (let guess = 1; guess < 5; guess++) {
      await app.client().refused(signIn, 'identity.code_wrong', { body: { ...body, code: '000000' } });
      await app.client().refused(signIn, 'identity.code_needed', { body });
    }
    await app.client().refused(signIn, 'identity.locked', { body: { ...body, code: '000000' } });
    await app.client().refused(signIn, 'identity.locked', { body });
  });

  test('are removed with the password, reset by the security administrator, and kept where they are required', async () => {
    const { id, loginName } = await newPerson('audit_admin');
    const { client, secret } = await enrol(loginName);
    await client.refused(beginCodes, 'identity.codes_set_up', { body: { password: demoPassword } });
    await client.refused(removeCodes, 'identity.wrong_credentials', { body: { password: 'x' } });
    await setPolicy({ codes: { mode: 'required', roles: ['audit_admin'] } });
    await client.refused(removeCodes, 'identity.codes_required', { body: { password: demoPassword } });
    await (await freshSession('anquan')).ok(resetCodes, { params: { id } });
    // Without a device he may do nothing but set one up.
    const again = await freshSession(loginName);
    expect((await again.ok(readSession)).owes).toBe('codes');
    await again.refused(searchAccess, 'identity.codes_owed', { query: {} });
    await setPolicy({});
    await again.ok(searchAccess, { query: {} });
    await setPolicy({ codes: { mode: 'off', roles: [] } });
    await again.refused(beginCodes, 'identity.codes_off', { body: { password: demoPassword } });
    await setPolicy({});
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
  });

  test('are kept sealed, recovery codes as digests', async () => {
    const { loginName, id } = await newPerson();
    const { secret, recovery } = await enrol(loginName);
    const { rows } = await app.database.pool.query<{ text: string }>(
      `select f::text || (select string_agg(r::text, '') from identity.recovery_code r where r.account_id = f.account_id) as text
       from identity.second_factor f where account_id = $1`,
      [id],
    );
    expect(rows).toHaveLength(1);
    for (const known of [secret, ...recovery]) expect(rows[0]?.text).not.toContain(known);
  });
});

describe('the policy', () => {
  test('is changed from the version in force, and every change is recorded with what it was', async () => {
    const security = await freshSession('anquan');
    const before = await security.ok(readPolicy);
    const policy = { ...before.policy, lock: { failures: 3, minutes: 60 } };
    const after = await security.ok(changePolicy, { body: { version: before.version, policy } });
    expect(after).toMatchObject({ version: before.version + 1, policy, changedAt: app.clock.now() });
    await security.refused(changePolicy, 'identity.policy_moved', { body: { version: before.version, policy } });
    const both = [1, 2].map(minutes =>
      security.send(changePolicy, {
        body: { version: after.version, policy: { ...policy, lock: { failures: 3, minutes } } },
      }),
    );
    expect((await Promise.all(both)).map(({ status }) => status).toSorted()).toEqual([200, 409]);
    const { entries } = await (await freshSession('shenji')).ok(searchAccess, { query: { what: 'policy.change' } });
    const entry = entries.find(({ object }) => object?.id === String(after.version));
    expect(JSON.parse(entry?.details ?? '')).toEqual({
      lock: { from: before.policy.lock, to: { failures: 3, minutes: 60 } },
    });
    expect(entry).toMatchObject({ loginName: 'anquan', result: 'done' });
    await setPolicy({});
  });

  test('is the security administrator’s alone, and refuses what would shut everybody out', async () => {
    for (const name of ['shenji', 'xitong', 'zhihui', 'wangge'])
      await (await freshSession(name)).refused(readPolicy, 'identity.not_permitted');
    const security = await freshSession('anquan');
    const { version, policy } = await security.ok(readPolicy);
    for (const wrong of [
      { ...policy, password: { ...policy.password, minLength: 4 } },
      { ...policy, lock: { failures: 0, minutes: 1 } },
      { ...policy, session: { idleMinutes: 0, absoluteHours: 1 } },
    ])
      await security.refused(changePolicy, 'platform.invalid_input', { body: { version, policy: wrong } });
    for (const issuer of ['', 'http://provider.example', 'ftp://x', 'not an address'])
      await security.refused(changePolicy, 'identity.policy_invalid', {
        body: {
          version,
          policy: { ...policy, oidc: { ...policy.oidc, enabled: true, issuer, clientId: 'x' } },
          oidcSecret: 'x',
        },
      });
  });
});

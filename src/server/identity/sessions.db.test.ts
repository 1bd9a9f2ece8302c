import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { demoPassword } from '../../../db/seed/staff.ts';
import { openApp } from '../../../test/helpers/app.ts';
import { readProblem } from '../../../test/helpers/client.ts';
import { demoAccounts, disableAccount, readSession, signIn, signOut } from '../../contracts/identity.ts';
import { listCases } from '../../contracts/cases.ts';
import { report } from '../../contracts/intake.ts';
import { deleteExpiredSessions } from './index.ts';

import type { TestApp } from '../../../test/helpers/app.ts';

let app: TestApp;
beforeAll(async () => (app = await openApp()));
afterAll(() => app.close());

const minutes = (count: number): number => count * 60_000;
const enter = (loginName: string, password = demoPassword) =>
  app.client().send(signIn, { body: { loginName, password } });

describe('signing in', () => {
  test('opens a session in a cookie that scripts and other sites cannot use', async () => {
    const response = await enter('zhihui');
    const cookie = response.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/^jingwei=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=86400$/);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await response.json()).toMatchObject({ loginName: 'zhihui', demo: true });
    const me = await app.client(cookie.split(';')[0]).ok(readSession);
    expect(me.grants.map(({ role }) => role).toSorted()).toEqual(['acceptor', 'dispatcher', 'shift_leader']);
  });

  test('behind a proxy that speaks https the cookie is only for https', async () => {
    const response = await app.client().send(signIn, {
      body: { loginName: 'zhihui', password: demoPassword },
      headers: { 'x-forwarded-proto': 'https' },
    });
    expect(response.headers.get('set-cookie')).toMatch(/; Secure$/);
  });

  test('takes the name as a phone writes it: capitals, spaces around', async () => {
    expect((await enter(' Zhihui ')).status).toBe(200);
  });

  test('stores no secret: not the cookie’s, not the password', async () => {
    const cookie = (await enter('shouli')).headers.get('set-cookie') ?? '';
    const token = /=([\w-]+)/.exec(cookie)?.[1] ?? '';
    const { rows } = await app.database.pool.query<{ all: string }>(
      `select string_agg(s::text, '') || (select string_agg(a::text, '') from identity.account a) as all from identity.session s`,
    );
    expect(rows[0]?.all).not.toContain(token);
    expect(rows[0]?.all).not.toContain(demoPassword);
    expect(rows[0]?.all).toContain('$argon2id$');
  });

  test.each([
    ['a wrong password', 'lingdao', 'wrong-password'],
    ['an unknown name', 'nobody', demoPassword],
    ['nothing', '', ''],
    ['a name that is no name', "' or 1=1 --", demoPassword],
    ['the placeholder of an account without a password', 'lingdao', '!'],
  ])('with %s gives away nothing', async (_what, loginName, password) => {
    const response = await enter(loginName, password);
    expect(response.headers.get('set-cookie')).toBeNull();
    expect(await readProblem(response)).toMatchObject({
      code: 'identity.wrong_credentials',
      title: '用户名或密码不对',
    });
  });
});

describe('after five wrong passwords', () => {
  test('the account is locked for half an hour, also for the right one, and says so', async () => {
    for (let attempt = 1; attempt <= 4; attempt += 1)
      expect(await readProblem(await enter('ducha', 'wrong'))).toMatchObject({ code: 'identity.wrong_credentials' });
    expect(await readProblem(await enter('ducha', 'wrong'))).toMatchObject({
      code: 'identity.locked',
      details: { minutes: 30 },
    });
    app.clock.advance(minutes(29));
    expect(await readProblem(await enter('ducha'))).toMatchObject({ code: 'identity.locked', details: { minutes: 1 } });
    app.clock.advance(minutes(1));
    expect((await enter('ducha')).status).toBe(200);
  });

  test('sent at once they all count', async () => {
    const answers = await Promise.all(Array.from({ length: 7 }, () => enter('shenji', 'wrong')));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([401, 401, 401, 401, 429, 429, 429]);
  });

  test('a right one in between begins the count anew', async () => {
    for (let round = 0; round < 2; round += 1) {
      for (let attempt = 1; attempt <= 4; attempt += 1) await enter('wenlian', 'wrong');
      expect((await enter('wenlian')).status).toBe(200);
    }
  });
});

describe('a session', () => {
  test('ends after eight hours without use, and goes on while it is used', async () => {
    const client = app.client();
    await client.ok(signIn, { body: { loginName: 'zhihui', password: demoPassword } });
    for (let use = 0; use < 3; use += 1) {
      app.clock.advance(minutes(7 * 60));
      await client.ok(readSession);
    }
    app.clock.advance(minutes(8 * 60));
    await client.refused(readSession, 'identity.not_signed_in');
    await deleteExpiredSessions(app.database.kysely, app.clock.now());
    const { rows } = await app.database.pool.query<{ count: number }>(
      'select count(*) as count from identity.session where expires_at <= to_timestamp($1::double precision / 1000)',
      [app.clock.now()],
    );
    expect(rows[0]?.count).toBe(0);
  });

  test('ends when its holder signs out, and only that one', async () => {
    const [one, other] = [app.client(), app.client()];
    for (const client of [one, other])
      await client.ok(signIn, { body: { loginName: 'paiqian', password: demoPassword } });
    const old = one.cookie();
    await one.ok(signOut);
    expect(one.cookie()).toBe('');
    await app.client(old).refused(readSession, 'identity.not_signed_in');
    await other.ok(readSession);
  });

  test('ends when the account is disabled, which then cannot sign in', async () => {
    const client = await app.as('xitong');
    const { accountId } = await client.ok(readSession);
    await (await app.as('anquan')).ok(disableAccount, { params: { id: accountId } });
    await client.refused(readSession, 'identity.not_signed_in');
    expect(await readProblem(await enter('xitong'))).toMatchObject({ code: 'identity.wrong_credentials' });
  });

  test.each([
    ['no cookie', ''],
    ['another cookie', 'session=abc'],
    ['a made-up secret', `jingwei=${'A'.repeat(43)}`],
    ['a secret that is none', "jingwei=' or true --"],
    ['an empty secret', 'jingwei='],
  ])('is not opened by %s', async (_what, cookie) => {
    await app.client(cookie).refused(listCases, 'identity.not_signed_in');
  });
});

describe('a page of another site', () => {
  const foreign = { origin: 'https://evil.example' };

  test('cannot write, neither with our cookie nor without', async () => {
    const client = await app.as('zhihui');
    const body = { words: '灯', place: {} };
    for (const origin of ['https://evil.example', 'null', `${app.url}.evil.example`])
      await client.refused(signOut, 'identity.wrong_origin', { headers: { origin } });
    await app.anybody.refused(signIn, 'identity.wrong_origin', {
      body: { loginName: 'zhihui', password: demoPassword },
      headers: foreign,
    });
    await app.anybody.refused(report, 'identity.wrong_origin', { body, key: 'some-key-1', headers: foreign });
    await client.ok(readSession);
  });

  test('our own page can', async () => {
    const client = app.client();
    const own = { origin: app.url };
    await client.ok(signIn, { body: { loginName: 'zhihui', password: demoPassword }, headers: own });
    await client.ok(signOut, { headers: own });
  });
});

describe('the passwords of the demonstration', () => {
  test('are shown in demonstration mode, and open a session each', async () => {
    const { demo, accounts } = await app.anybody.ok(demoAccounts);
    expect(demo).toBe(true);
    expect(accounts.map(({ loginName }) => loginName)).toContain('zhihui');
    for (const { loginName, password } of accounts.filter(account => !['xitong', 'shenji'].includes(account.loginName)))
      expect([loginName, (await enter(loginName, password)).status]).toEqual([loginName, 200]);
  });

  test('are not shown outside it', async () => {
    const real = await openApp({ demo: false });
    try {
      expect(await real.anybody.ok(demoAccounts)).toEqual({ demo: false, accounts: [] });
    } finally {
      await real.close();
    }
  });
});

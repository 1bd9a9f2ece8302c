import { createServer } from 'node:http';

import Provider from 'oidc-provider';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { searchAccess } from '../src/contracts/access.ts';
import { disableAccount, readSession } from '../src/contracts/identity.ts';
import { passwordRules } from '../src/contracts/own-account.ts';
import {
  changePolicy,
  oidcCallback,
  oidcStart,
  readAccount,
  readPolicy,
  unlinkAccount,
} from '../src/contracts/security.ts';
import { openApp } from './helpers/app.ts';

import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import type { TestApp } from './helpers/app.ts';

let app: TestApp;
let provider: Server;
let issuer: string;
const secret = 'a-secret-of-the-client';

/** People of the provider: subject → the login name that its claim says. Changed by tests. */
const people = new Map([
  ['subject-1', 'paiqian'],
  ['subject-2', 'stranger'],
  ['subject-3', 'ducha'],
  ['subject-4', 'shouli'],
  ['subject-5', 'minzheng'],
]);

/** A real OpenID provider on the loopback, with the login page that its makers ship for development. */
async function openProvider(redirectUri: string): Promise<void> {
  provider = createServer();
  await new Promise<void>(resolve => provider.listen(0, '127.0.0.1', resolve));
  issuer = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`;
  const oidc = new Provider(issuer, {
    clients: [{ client_id: 'jingwei', client_secret: secret, redirect_uris: [redirectUri] }],
    claims: { openid: ['sub'], profile: ['preferred_username'] },
    pkce: { required: () => true },
    cookies: { keys: ['test'] },
    findAccount: (_context: unknown, sub: string) => ({
      accountId: sub,
      claims: () => ({ sub, preferred_username: people.get(sub) }),
    }),
  });
  const answer = oidc.callback();
  provider.on('request', (request, response) => void answer(request, response));
}

beforeAll(async () => {
  app = await openApp();
  await openProvider(`${app.url}${oidcCallback.path}`);
  const security = await app.as('anquan');
  const { version, policy, redirectUri } = await security.ok(readPolicy);
  expect(redirectUri).toBe(`${app.url}${oidcCallback.path}`);
  expect((await app.anybody.ok(passwordRules)).oidc).toBeNull();
  const off = await fetch(`${app.url}${oidcStart.path}`, { redirect: 'manual' });
  expect(off.headers.get('location')).toBe('/login?problem=identity.oidc_off');
  const oidc = { ...policy.oidc, enabled: true, issuer, clientId: 'jingwei', label: '政务统一认证' };
  await security.ok(changePolicy, { body: { version, policy: { ...policy, oidc }, oidcSecret: secret } });
});
afterAll(async () => {
  await app.close();
  provider.closeAllConnections();
  await new Promise(resolve => provider.close(resolve));
});

/** A browser with one jar of cookies for each host, that follows redirects until it is back at the application. */
function openBrowser() {
  const jars = new Map<string, Map<string, string>>();
  const jarOf = (url: string) => {
    const { host } = new URL(url);
    const jar = jars.get(host) ?? new Map<string, string>();
    jars.set(host, jar);
    return jar;
  };
  async function visit(url: string, init: RequestInit = {}): Promise<Response> {
    const jar = jarOf(url);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, { ...init, redirect: 'manual', headers: { cookie } });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '') jar.delete(name);
      else jar.set(name, value);
    }
    return response;
  }
  /** Goes on until the application's callback is asked for, and answers its address. */
  async function throughProvider(start: string, subject: string): Promise<string> {
    let url = start;
    for (let step = 0; step < 12; step++) {
      let response = await visit(url);
      if (response.status === 200) {
        const page = await response.text();
        const action = /action="([^"]+)"/.exec(page)?.[1] ?? '';
        const prompt = page.includes('name="login"')
          ? { prompt: 'login', login: subject, password: 'any' }
          : { prompt: 'consent' };
        response = await visit(new URL(action, url).href, { method: 'POST', body: new URLSearchParams(prompt) });
      }
      url = new URL(response.headers.get('location') ?? '', url).href;
      if (url.startsWith(`${app.url}${oidcCallback.path}`)) return url;
    }
    throw new Error(`the provider did not send back: ${url}`);
  }
  const start = async (back?: string) => {
    const query = back === undefined ? '' : `?back=${encodeURIComponent(back)}`;
    return (await visit(`${app.url}${oidcStart.path}${query}`)).headers.get('location') ?? '';
  };
  return {
    visit,
    start,
    throughProvider,
    async signIn(subject: string, back?: string): Promise<string | null> {
      const callback = await throughProvider(await start(back), subject);
      return (await visit(callback)).headers.get('location');
    },
    session: () => `jingwei=${jarOf(app.url).get('jingwei') ?? ''}`,
  };
}

const unknown = '/login?problem=identity.oidc_unknown';
const refused = '/login?problem=identity.oidc_refused';

describe('single sign-on', () => {
  test('signs in the account that the claim names, and comes back to the page that asked', async () => {
    expect((await app.anybody.ok(passwordRules)).oidc).toEqual({ label: '政务统一认证', startUrl: oidcStart.path });
    const browser = openBrowser();
    expect(await browser.signIn('subject-1', '/desk?queue=to_file')).toBe('/desk?queue=to_file');
    const me = await app.client(browser.session()).ok(readSession);
    expect(me).toMatchObject({ loginName: 'paiqian', owes: null });
    const { entries } = await (await app.as('shenji')).ok(searchAccess, { query: { who: 'paiqian' } });
    expect(entries[0]).toMatchObject({ what: 'session.sign_in', result: 'done', loginName: 'paiqian' });
    expect(JSON.parse(entries[0]?.details ?? '')).toEqual({ method: 'oidc', issuer, subject: 'subject-1' });
    const again = openBrowser();
    expect(await again.signIn('subject-1')).toBe('/');
  });

  test('gives nobody an account, and tells why on the sign-in page', async () => {
    const browser = openBrowser();
    expect(await browser.signIn('subject-2')).toBe(unknown);
    await app.client(browser.session()).refused(readSession, 'identity.not_signed_in');
    const { entries } = await (await app.as('shenji')).ok(searchAccess, { query: { who: 'stranger' } });
    expect(entries[0]).toMatchObject({ result: 'refused', problem: 'identity.oidc_unknown' });
  });

  test('refuses a claim that was given to somebody else, until the security administrator unlinks', async () => {
    expect(await openBrowser().signIn('subject-3')).toBe('/');
    people.set('subject-3', 'gone').set('subject-6', 'ducha');
    expect(await openBrowser().signIn('subject-6')).toBe(unknown);
    // The former holder has a new name now: he does not get into another's account by it either.
    people.set('subject-3', 'lingdao');
    expect(await openBrowser().signIn('subject-3')).toBe(unknown);
    const security = await app.as('anquan');
    const { accountId: id } = await (await app.as('ducha')).ok(readSession);
    expect((await security.ok(readAccount, { params: { id } })).linked).toEqual([
      { issuer, subject: 'subject-3', linkedAt: app.clock.now() },
    ]);
    await security.ok(unlinkAccount, { params: { id } });
    await security.refused(unlinkAccount, 'platform.not_found', { params: { id } });
    expect(await openBrowser().signIn('subject-6')).toBe('/');
  });

  test('lets no disabled account in', async () => {
    const { accountId: id } = await (await app.as('minzheng')).ok(readSession);
    await (await app.as('anquan')).ok(disableAccount, { params: { id } });
    expect(await openBrowser().signIn('subject-5')).toBe(unknown);
  });

  test('ends only in the browser that began, once, and in time', async () => {
    const [honest, other] = [openBrowser(), openBrowser()];
    const callback = await honest.throughProvider(await honest.start(), 'subject-4');
    // Somebody else's browser is sent to the honest one's return address.
    expect((await other.visit(callback)).headers.get('location')).toBe(refused);
    await other.start();
    expect((await other.visit(callback)).headers.get('location')).toBe(refused);
    const wrongState = callback.replace(/state=[^&]+/, 'state=forged');
    const forged = openBrowser();
    await forged.start();
    expect((await forged.visit(wrongState)).headers.get('location')).toBe(refused);
    expect((await honest.visit(callback)).headers.get('location')).toBe('/');
    expect((await honest.visit(callback)).headers.get('location')).toBe(refused);

    const slow = openBrowser();
    const late = await slow.throughProvider(await slow.start(), 'subject-4');
    app.clock.advance(11 * 60_000);
    expect((await slow.visit(late)).headers.get('location')).toBe(refused);
  });

  test('never leads to another site', async () => {
    for (const back of ['https://evil.example/', '//evil.example', '/\\evil.example', 'javascript:alert(1)'])
      expect(await openBrowser().signIn('subject-4', back)).toBe('/');
  });

  test('sends code, state, nonce and challenge, and a provider that is away does not break the sign-in page', async () => {
    const to = new URL(await openBrowser().start());
    expect(to.origin).toBe(issuer);
    for (const name of ['state', 'nonce', 'code_challenge']) expect(to.searchParams.get(name)).toMatch(/^[\w-]{43}$/);
    expect(to.searchParams.get('code_challenge_method')).toBe('S256');
    expect(to.searchParams.get('response_type')).toBe('code');
    const security = await app.as('anquan');
    const { version, policy } = await security.ok(readPolicy);
    const oidc = { ...policy.oidc, issuer: 'http://127.0.0.1:9' };
    await security.ok(changePolicy, { body: { version, policy: { ...policy, oidc } } });
    expect(await openBrowser().start()).toBe('/login?problem=identity.oidc_unreachable');
  });
});

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { openApp } from '../../../test/helpers/app.ts';
import { listAccounts, readSession, setUp, signIn } from '../../contracts/identity.ts';
import { offerSetup } from './index.ts';

import type { TestApp } from '../../../test/helpers/app.ts';

let app: TestApp;
beforeEach(async () => (app = await openApp({ empty: true, demo: false })));
afterEach(() => app.close());

const first = { loginName: 'guanli', name: '管理员', password: 'Jingwei-2026' };

async function offer(): Promise<string> {
  const token = await offerSetup(app.database.kysely, app.clock.now());
  if (token === null) throw new Error('no link was offered');
  return token;
}

describe('the set-up link of an installation without accounts', () => {
  test('makes the first administrator once, who is signed in and may create accounts', async () => {
    const token = await offer();
    const client = app.client();
    const me = await client.ok(setUp, { body: { ...first, token } });
    expect(me.grants).toEqual([{ role: 'security_admin', townId: null, gridId: null, unitId: null }]);
    expect((await client.ok(readSession)).loginName).toBe('guanli');
    expect((await client.ok(listAccounts)).accounts).toHaveLength(1);
    await app.anybody.refused(setUp, 'identity.setup_done', { body: { ...first, loginName: 'second', token } });
    await app.anybody.ok(signIn, { body: { loginName: 'guanli', password: first.password } });
    expect(await offerSetup(app.database.kysely, app.clock.now())).toBeNull();
  });

  test('used twice in the same instant makes one', async () => {
    const token = await offer();
    const answers = await Promise.all(
      ['one', 'two', 'three'].map(loginName => app.client().send(setUp, { body: { ...first, loginName, token } })),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409]);
  });

  test('is refused when wrong, expired, or replaced by a newer one', async () => {
    await app.anybody.refused(setUp, 'identity.setup_token_wrong', { body: { ...first, token: '' } });
    const old = await offer();
    await app.anybody.refused(setUp, 'identity.setup_token_wrong', { body: { ...first, token: 'x'.repeat(32) } });
    const token = await offer();
    await app.anybody.refused(setUp, 'identity.setup_token_wrong', { body: { ...first, token: old } });
    app.clock.advance(24 * 3_600_000 + 1);
    await app.anybody.refused(setUp, 'identity.setup_token_wrong', { body: { ...first, token } });
  });

  test.each(['short-1', 'onlylowercase', 'lower-and-sign', '12345678'])('asks for more than %s', async password => {
    const token = await offer();
    await app.anybody.refused(setUp, 'identity.password_weak', { body: { ...first, password, token } });
    await app.anybody.ok(setUp, { body: { ...first, token } });
  });

  test.each([' ', 'a', 'two words', '名'.repeat(41), 'a\u0000b'])('takes no login name like %j', async loginName => {
    const token = await offer();
    await app.anybody.refused(setUp, 'platform.invalid_input', { body: { ...first, loginName, token } });
  });
});

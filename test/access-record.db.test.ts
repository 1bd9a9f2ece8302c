import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { demoPassword } from '../db/seed/staff.ts';
import { openApp } from './helpers/app.ts';
import { verifyAccess } from '../tools/verify-access.ts';
import { exportAccess, searchAccess } from '../src/contracts/access.ts';
import { actOnCase, listCases } from '../src/contracts/cases.ts';
import { createAccount, listAccounts, signIn, signOut } from '../src/contracts/identity.ts';
import { report } from '../src/contracts/intake.ts';

import type { TestApp } from './helpers/app.ts';

let app: TestApp;
beforeAll(async () => (app = await openApp()));
afterAll(() => app.close());

const search = async (query = {}) => (await (await app.as('shenji')).ok(searchAccess, { query })).entries;

describe('what is recorded', () => {
  test('a sign-in, a wrong password, an unknown name, and the leaving', async () => {
    const client = app.client();
    const headers = { 'user-agent': 'Mozilla/5.0 (Windows NT 10.0) Chrome/140\u00e9' };
    await client.refused(signIn, 'identity.wrong_credentials', {
      body: { loginName: 'paiqian', password: 'wrong' },
      headers,
    });
    await client.refused(signIn, 'identity.wrong_credentials', { body: { loginName: 'no body\u0000', password: 'x' } });
    await client.ok(signIn, { body: { loginName: 'paiqian', password: demoPassword } });
    await client.ok(signOut);
    const entries = await search();
    expect(
      entries.slice(0, 5).map(({ what, loginName, result, problem }) => [what, loginName, result, problem]),
    ).toEqual([
      ['session.sign_in', 'shenji', 'done', null],
      ['session.sign_out', 'paiqian', 'done', null],
      ['session.sign_in', 'paiqian', 'done', null],
      ['session.sign_in', 'no body', 'refused', 'identity.wrong_credentials'],
      ['session.sign_in', 'paiqian', 'refused', 'identity.wrong_credentials'],
    ]);
    expect(entries[4]).toMatchObject({ ip: '127.0.0.1', userAgent: headers['user-agent'] });
  });

  test('an account made, with its grants; a second one refused', async () => {
    const grants = [{ role: 'audit_admin' as const, townId: null, gridId: null, unitId: null }];
    const body = { loginName: 'shenji2', name: '沈二', password: 'Audit-2026', grants };
    const security = await app.as('anquan');
    const made = await security.ok(createAccount, { body });
    await security.refused(createAccount, 'identity.login_name_taken', { body });
    const [refused, done] = await search({ what: 'account.create' });
    expect(done).toMatchObject({ loginName: 'anquan', result: 'done', object: { id: made.id, name: 'shenji2' } });
    expect(JSON.parse(done?.details ?? '')).toEqual({ name: '沈二', grants });
    expect(refused).toMatchObject({ result: 'refused', problem: 'identity.login_name_taken' });
  });

  test('a contact revealed, with the reason', async () => {
    await app.anybody.ok(report, {
      body: {
        words: '井盖缺失',
        place: { gridId: app.grid('410105001015003').id, address: '文化路' },
        photos: [],
        contact: { name: '王五', phone: '13800001234' },
      },
      key: 'access-record-1',
    });
    const desk = await app.as('zhihui');
    const row = (await desk.ok(listCases, { query: {} })).cases.find(({ title }) => title === '井盖缺失');
    const reply = await desk.ok(actOnCase, {
      params: { id: row?.id ?? '' },
      body: { action: 'reveal', version: row?.version ?? 0, note: '回访', attachments: [] },
      key: 'access-reveal-1',
    });
    expect(reply.contact).toEqual({ name: '王五', phone: '13800001234' });
    const [entry] = await search({ what: 'contact.reveal' });
    expect(entry).toMatchObject({ loginName: 'zhihui', object: { kind: 'case', id: row?.id }, result: 'done' });
    expect(entry?.details).toBe('{"reason":"回访"}');
    expect(JSON.stringify(await search())).not.toContain('13800001234');
  });

  test('a call beyond one’s permissions', async () => {
    await (await app.as('wangge')).refused(listAccounts, 'identity.not_permitted');
    expect((await search({ what: 'access.denied' }))[0]).toMatchObject({
      loginName: 'wangge',
      object: { kind: 'endpoint', id: 'identity.listAccounts' },
      problem: 'identity.not_permitted',
    });
  });
});

describe('searching', () => {
  test('is the audit administrator’s alone', async () => {
    for (const name of ['anquan', 'xitong', 'zhihui', 'lingdao', 'wangge', 'zilaishui'])
      for (const endpoint of [searchAccess, exportAccess])
        await (await app.as(name)).refused(endpoint, 'identity.not_permitted');
    await app.anybody.refused(searchAccess, 'identity.not_signed_in');
  });

  test('by person, result and time, page by page without gap or repeat', async () => {
    const audit = await app.as('shenji');
    const all = (await audit.ok(searchAccess, { query: { limit: '200' } })).entries;
    const paged: string[] = [];
    let after: string | undefined;
    do {
      const page = await audit.ok(searchAccess, {
        query: { limit: '2', ...(after === undefined ? {} : { after }) },
      });
      paged.push(...page.entries.map(({ id }) => id));
      after = page.next ?? undefined;
    } while (after !== undefined);
    expect(paged).toEqual(all.map(({ id }) => id));
    const refused = await search({ who: 'PAIQ', result: 'refused' });
    expect(refused.map(({ loginName }) => loginName)).toEqual(['paiqian']);
    const at = app.clock.now();
    expect(await search({ until: String(at) })).toEqual([]);
    expect(await search({ from: String(at + 1) })).toEqual([]);
    expect((await search({ who: '%' })).length).toBe(0);
    await audit.refused(searchAccess, 'platform.invalid_input', { query: { after: 'x' } });
  });

  test('exports a table that a spreadsheet opens and does not run, and records that', async () => {
    const audit = await app.as('shenji');
    await app.client().send(signIn, { body: { loginName: '=cmd|A1', password: 'x' } });
    const response = await audit.send(exportAccess, { query: { what: 'session.sign_in' } });
    const bytes = new Uint8Array(await response.arrayBuffer());
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    const lines = new TextDecoder().decode(bytes).trimEnd().split('\r\n');
    expect(lines[0]).toMatch(/^时间,用户名,姓名,操作/);
    expect(lines[1]).toContain(",'=cmd|A1,");
    const [entry] = await search({ what: 'access.export' });
    expect(JSON.parse(entry?.details ?? '')).toEqual({ what: 'session.sign_in', rows: lines.length - 1 });
  });
});

describe('the chains', () => {
  test('hold, also when many write at once', async () => {
    const before = (await verifyAccess(app.database.kysely)).entries;
    await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        app.client().send(signIn, { body: { loginName: `nobody${index % 7}`, password: 'x' } }),
      ),
    );
    const after = await verifyAccess(app.database.kysely);
    expect(after.broken).toEqual([]);
    expect(after.entries).toBe(before + 40);
  });

  test('cannot be changed or emptied by the program’s own role', async () => {
    const db = app.database.kysely;
    for (const statement of [
      sql`update identity.access_entry set result = 'done'`,
      sql`delete from identity.access_entry`,
      sql`truncate identity.access_entry`,
    ])
      await expect(statement.execute(db)).rejects.toThrow(/permission denied/);
  });

  test('show what a stronger hand did', async () => {
    const db = app.database.kysely;
    const { heads } = await verifyAccess(db);
    const head = heads.find(({ seq }) => seq >= 3);
    if (head === undefined || head.hash === null) throw new Error('no chain is long enough');
    const { chain, seq } = head;
    const last = sql`identity.access_entry where chain = ${chain} and seq = ${seq}`;

    /** Does it with the right taken back, looks, and undoes it. */
    const tamper = async (...statements: ReturnType<typeof sql>[]): Promise<unknown> => {
      let result: unknown;
      const undo = new Error('undo');
      await db
        .transaction()
        .execute(async trx => {
          await sql`grant update, delete on identity.access_entry to current_user`.execute(trx);
          for (const statement of statements) await statement.execute(trx);
          result = [await verifyAccess(trx), await verifyAccess(trx, heads)].map(({ broken }) => broken);
          throw undo;
        })
        .catch((error: unknown) => {
          if (error !== undo) throw error;
        });
      return result;
    };
    const both = (fault: object) => [[fault], [fault]];
    const where = sql`where chain = ${chain} and seq = ${seq - 1}`;
    expect(await tamper(sql`update identity.access_entry set ip = '10.0.0.1' ${where}`)).toEqual(
      both({ chain, seq: seq - 1, reason: 'hash' }),
    );
    expect(await tamper(sql`delete from identity.access_entry ${where}`)).toEqual(
      both({ chain, seq: seq - 1, reason: 'sequence' }),
    );
    expect(await tamper(sql`delete from ${last}`)).toEqual(both({ chain, seq, reason: 'head' }));
    expect(await tamper(sql`update identity.access_chain set hash = 'x' where chain = ${chain}`)).toEqual(
      both({ chain, seq: seq + 1, reason: 'head' }),
    );
    // A tail taken away together with its head: only the anchor knows.
    const shortened = sql`update identity.access_chain set seq = ${seq - 1},
      hash = (select hash from identity.access_entry ${where}) where chain = ${chain}`;
    expect(await tamper(sql`delete from ${last}`, shortened)).toEqual([[], [{ chain, seq, reason: 'anchor' }]]);
    expect((await verifyAccess(db, heads)).broken).toEqual([]);
  });
});

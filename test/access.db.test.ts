import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { demoPassword } from '../db/seed/staff.ts';
import {
  actOnCase,
  countCases,
  listCases,
  listCategories,
  listCheckers,
  live,
  readCase,
  staffActions,
  verifyRecord,
} from '../src/contracts/cases.ts';
import { allEndpoints } from '../src/contracts/endpoints.ts';
import { listUnits } from '../src/contracts/grids.ts';
import {
  createAccount,
  disableAccount,
  listAccounts,
  readSession,
  signIn,
  signOut,
} from '../src/contracts/identity.ts';
import { openApp } from './helpers/app.ts';
import { otherTown } from './helpers/house.ts';
import { courtyard, leadTo, reportCase } from './helpers/journey.ts';

import type { Endpoint } from '../src/contracts/endpoint.ts';
import type { TestApp } from './helpers/app.ts';
import type { Client, Input } from './helpers/client.ts';

/**
 * Every endpoint × every kind of caller × {own place, another place of the town, another town}, as written down here.
 * `+` may, `1` not signed in, `3` not permitted, `4` does not exist for him.
 *
 * The cases: A in the courtyard of `wangge`, dispatched to the water company; B in another community, dispatched to
 * sanitation; C in another town.
 */
const matrix = `
                              read  remark checkers verify | list count categories units accounts create disable live session
                              A B C A B C  A B C    A B C  |
nobody                        1 1 1 1 1 1  1 1 1    1 1 1  | 1    1     1          1     1        1      1       1    1
an expired session            1 1 1 1 1 1  1 1 1    1 1 1  | 1    1     1          1     1        1      1       1    1
zhiban                        + + 4 + + 4  3 3 3    + + 4  | +    +     +          +     3        3      3       +    +
shouli                        + + 4 + + 4  + + 4    + + 4  | +    +     +          +     3        3      3       +    +
paiqian                       + + 4 + + 4  + + 4    + + 4  | +    +     +          +     3        3      3       +    +
ducha                         + + 4 + + 4  3 3 3    + + 4  | +    +     +          +     3        3      3       +    +
lingdao                       + + 4 + + 4  3 3 3    + + 4  | +    +     +          +     3        3      3       +    +
wenlian                       + 4 4 + 4 4  3 3 3    3 3 3  | +    +     +          +     3        3      3       +    +
wangge                        + 4 4 + 4 4  3 3 3    3 3 3  | +    +     +          +     3        3      3       +    +
zilaishui                     + 4 4 + 4 4  3 3 3    3 3 3  | +    +     +          +     3        3      3       +    +
g015004                       4 4 4 4 4 4  3 3 3    3 3 3  | +    +     +          +     3        3      3       +    +
g012000                       4 + 4 4 + 4  3 3 3    3 3 3  | +    +     +          +     3        3      3       +    +
huanwei                       4 + 4 4 + 4  3 3 3    3 3 3  | +    +     +          +     3        3      3       +    +
minzheng                      4 4 4 4 4 4  3 3 3    3 3 3  | +    +     +          +     3        3      3       +    +
lin.zhihui                    4 4 + 4 4 +  3 3 3    4 4 +  | +    +     +          +     3        3      3       +    +
lin.shouli                    4 4 + 4 4 +  4 4 +    4 4 +  | +    +     +          +     3        3      3       +    +
lin.wangge                    4 4 + 4 4 +  3 3 3    3 3 3  | +    +     +          +     3        3      3       +    +
lin.zilaishui                 4 4 4 4 4 4  3 3 3    3 3 3  | +    +     +          +     3        3      3       +    +
xitong                        3 3 3 3 3 3  3 3 3    3 3 3  | 3    3     3          +     3        3      3       3    +
anquan                        3 3 3 3 3 3  3 3 3    3 3 3  | 3    3     3          +     +        +      +       3    +
shenji                        3 3 3 3 3 3  3 3 3    3 3 3  | 3    3     3          3     +        3      3       3    +
`;

const [head = '', , ...lines] = matrix.trim().split('\n');
const columns = head.replace('|', ' ').trim().split(/\s+/);
const rows = lines.map(line => ({
  who: line.slice(0, 30).trim(),
  cells: line.slice(30).replace('|', ' ').trim().split(/\s+/),
}));
const statusOf: Readonly<Record<string, number>> = { '+': 200, '1': 401, '3': 403, '4': 404 };

let app: TestApp;
const cases: Record<'A' | 'B' | 'C', string> = { A: '', B: '', C: '' };
const clients = new Map<string, Client>();

beforeAll(async () => {
  app = await openApp();
  const expired = app.client();
  await expired.ok(signIn, { body: { loginName: 'zhihui', password: demoPassword } });
  app.clock.advance(9 * 3_600_000);
  const admin = await app.as('anquan');
  const town = app.grid('410105001000000').id;
  const shiftLeader = { role: 'shift_leader' as const, townId: town, gridId: null, unitId: null };
  await admin.ok(createAccount, {
    body: { loginName: 'zhiban', name: '值班人', password: demoPassword, grants: [shiftLeader] },
  });
  clients.set('nobody', app.client());
  clients.set('an expired session', expired);
  for (const { who } of rows) if (!clients.has(who)) clients.set(who, await app.as(who));
  const elsewhere = { place: { gridId: app.grid('410105001012001').id } };
  cases.A = (await leadTo(app, 'to_sign')).caseId;
  cases.B = (await leadTo(app, 'to_sign', { report: elsewhere, unit: 'sanitation' })).caseId;
  const other = { place: { gridId: app.grid(otherTown.courtyard).id } };
  cases.C = (await reportCase(app, other, 'lin.zhihui')).caseId;
});
afterAll(() => app.close());

const clientOf = (who: string): Client => {
  const client = clients.get(who);
  if (client === undefined) throw new Error(`nobody is called ${who}`);
  return client;
};

/** Calls that need a case; the others stand for themselves. */
const onCase: Readonly<Record<string, (id: string) => [Endpoint, Input<Endpoint>]>> = {
  read: id => [readCase, { params: { id } }],
  remark: id => [actOnCase, { params: { id }, body: { action: 'remark', version: 1, note: '看过' } }],
  checkers: id => [listCheckers, { params: { id } }],
  verify: id => [verifyRecord, { params: { id } }],
};

let made = 0;
const alone: Readonly<Record<string, () => [Endpoint, Input<Endpoint>]>> = {
  list: () => [listCases, {}],
  count: () => [countCases, {}],
  categories: () => [listCategories, {}],
  units: () => [listUnits, {}],
  accounts: () => [listAccounts, {}],
  create: () => {
    const grants = [{ role: 'leader', townId: app.grid('410105001000000').id, gridId: null, unitId: null }];
    return [createAccount, { body: { loginName: `made-${(made += 1)}`, name: '新', password: demoPassword, grants } }];
  },
  disable: () => [disableAccount, { params: { id: '' } }],
  live: () => [live, {}],
  session: () => [readSession, {}],
};

/** Sends and looks at the status only; a stream is left at once. */
async function statusFor(client: Client, [endpoint, input]: [Endpoint, Input<Endpoint>]): Promise<number> {
  const response = await client.send(endpoint, input);
  await response.body?.cancel();
  return response.status;
}

async function throwawayAccount(): Promise<string> {
  const [endpoint, input] = alone['create']?.() ?? [];
  if (endpoint === undefined) throw new Error('no such call');
  return ((await clientOf('anquan').ok(endpoint, input)) as { id: string }).id;
}

describe.each(rows)('$who', ({ who, cells }) => {
  test('may exactly what is written', async () => {
    const client = clientOf(who);
    const got: string[] = [];
    const expected: string[] = [];
    let cell = 0;
    for (const column of columns) {
      const call = onCase[column];
      const calls: [string, [Endpoint, Input<Endpoint>]][] =
        call === undefined
          ? [[column, alone[column]?.() ?? [readSession, {}]]]
          : (['A', 'B', 'C'] as const).map(name => [`${column} ${name}`, call(cases[name])]);
      for (const [told, [endpoint, input]] of calls) {
        const given = column === 'disable' ? { params: { id: await throwawayAccount() } } : input;
        got.push(`${told}: ${await statusFor(client, [endpoint, given])}`);
        expected.push(`${told}: ${statusOf[cells[cell] ?? '']}`);
        cell += 1;
      }
    }
    expect(got).toEqual(expected);
    expect(cell).toBe(cells.length);
  });

  test('finds in lists and counts exactly what may be read', async () => {
    const client = clientOf(who);
    if (statusOf[cells[12] ?? ''] !== 200) return;
    const readable = (['A', 'B', 'C'] as const).filter((_name, index) => cells[index] === '+').map(name => cases[name]);
    const { cases: listed } = await client.ok(listCases);
    expect(listed.map(({ id }) => id).toSorted()).toEqual(readable.toSorted());
    const { counts } = await client.ok(countCases);
    expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(readable.length);
    const { units } = await client.ok(listUnits);
    expect(units.some(({ code }) => code === otherTown.unit)).toBe(who.startsWith('lin.'));
  });

  test('may not take one step on a case that does not exist for him', async () => {
    const client = clientOf(who);
    for (const [index, name] of (['A', 'B', 'C'] as const).entries()) {
      const status = statusOf[cells[index] ?? ''];
      if (status === 200) continue;
      for (const action of staffActions) {
        const all = { note: '越权', unitId: app.unit('water').id, checkerId: cases.A, categoryCode: '0701' };
        const body = { action, version: 4, conditionNo: 1, attachments: [], ...all } as never;
        const input = { params: { id: cases[name] }, body };
        expect([name, action, await statusFor(client, [actOnCase, input])]).toEqual([name, action, status]);
      }
    }
  });
});

/** Endpoints that anybody may call; whoever calls, the answer is the same. */
const forAnybody = [
  'platform.health',
  'platform.openApi',
  'identity.signIn',
  'identity.demoAccounts',
  'identity.setUp',
  'grids.locate',
  'grids.territory',
  'intake.uploadPhoto',
  'intake.readPhoto',
  'intake.report',
  'intake.readProgress',
  'intake.giveVerdict',
  'intake.everydayCategories',
];

test('the table and the list name every endpoint there is', () => {
  const tested = [...Object.values(onCase).map(call => call('')), ...Object.values(alone).map(call => call())];
  const named = [...forAnybody, ...tested.map(([{ id }]) => id), signOut.id];
  expect(named.toSorted()).toEqual(allEndpoints.map(({ id }) => id).toSorted());
});

test.each(forAnybody)('%s answers everybody alike', async id => {
  const endpoint = allEndpoints.find(one => one.id === id);
  if (endpoint === undefined) throw new Error(id);
  const params = Object.fromEntries(
    [...endpoint.path.matchAll(/:(\w+)/g)].map(([, name = '']) => [name, '01970000-0000-7000-8000-000000000000']),
  );
  const answers = new Set<string>();
  for (const { who } of rows) {
    const input = { params, ...(endpoint.method === 'GET' ? {} : { body: {} }), key: 'the-same-for-all' } as never;
    const response = await app.client(clientOf(who).cookie()).send(endpoint, input);
    expect([401, 403]).not.toContain(response.status);
    answers.add(`${response.status} ${(await response.text()).slice(0, 500)}`);
  }
  expect(answers.size).toBe(1);
});

describe('who acts is told by the session alone', () => {
  test('a name, a role or an actor in the body or in headers changes nothing', async () => {
    const { caseId } = await reportCase(app);
    const worker = clientOf('wangge');
    const forged = {
      actor: { kind: 'system' },
      actorId: '01970000-0000-7000-8000-000000000000',
      actorName: '市长',
      accountId: '01970000-0000-7000-8000-000000000000',
      role: 'shift_leader',
      grants: [{ role: 'shift_leader', townId: app.grid('410105001000000').id }],
      post: '市长',
      at: 0,
      townId: app.grid(otherTown.town).id,
    };
    const headers = {
      'x-user': 'zhihui',
      'x-forwarded-user': 'zhihui',
      authorization: 'Bearer zhihui',
      'x-role': 'shift_leader',
    };
    const params = { id: caseId };
    const accept = { action: 'accept' as const, version: 1, ...forged };
    await worker.refused(actOnCase, 'identity.not_permitted', { params, body: accept, headers });
    const remark = { action: 'remark' as const, version: 1, note: '我是网格员', ...forged };
    const { case: after } = await worker.ok(actOnCase, { params, body: remark, headers });
    const { name } = await worker.ok(readSession);
    expect(after.steps.at(-1)).toMatchObject({ actorName: name, post: '三级网格长', at: app.clock.now() });
  });

  test('a check given to somebody opens that one case to him, until it is given to another', async () => {
    const { caseId } = await leadTo(app, 'checking', {
      report: { place: { gridId: app.grid('410105001012001').id } },
      checker: 'g015004',
    });
    const checker = clientOf('g015004');
    const params = { id: caseId };
    expect((await checker.ok(readCase, { params })).state).toBe('checking');
    expect((await checker.ok(listCases, { query: { mine: 'check' } })).cases.map(({ id }) => id)).toEqual([caseId]);
    await clientOf('wangge').refused(readCase, 'platform.not_found', { params });
    await checker.refused(actOnCase, 'identity.not_permitted', {
      params,
      body: { action: 'reveal', version: 7, note: '想看电话' },
    });
  });

  test('a role in one town is worth nothing in another where one only reads', async () => {
    const [here, there] = [app.grid('410105001000000').id, app.grid(otherTown.town).id];
    const grants = [
      { role: 'leader' as const, townId: here, gridId: null, unitId: null },
      { role: 'dispatcher' as const, townId: there, gridId: null, unitId: null },
    ];
    await clientOf('anquan').ok(createAccount, {
      body: { loginName: 'liangdi', name: '两地', password: demoPassword, grants },
    });
    const client = await app.as('liangdi');
    const { caseId } = await leadTo(app, 'to_dispatch');
    const body = { action: 'dispatch' as const, version: 3, unitId: app.unit('water').id };
    await client.refused(actOnCase, 'identity.not_permitted', { params: { id: caseId }, body });
    await client.refused(listCheckers, 'platform.not_found', { params: { id: caseId } });
    await client.refused(actOnCase, 'identity.not_permitted', {
      params: { id: caseId },
      body: { action: 'reveal', version: 3, note: '想看电话' },
    });
    expect(app.grid(courtyard).town_id).toBe(here);
  });
});

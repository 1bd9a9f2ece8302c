import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { listCases, readCase } from '../src/contracts/cases.ts';
import { report } from '../src/contracts/intake.ts';
import { seeAllTowns, seeTowns } from '../src/server/platform/database/town-sight.ts';
import { checkRole } from '../src/server/platform/database/check-server.ts';
import { cityWide } from '../src/server/platform/database/query-walk.ts';
import { createLog } from '../src/server/platform/log.ts';
import { openApp } from './helpers/app.ts';
import { otherTown } from './helpers/house.ts';

import type { Tables } from '../src/server/platform/database/tables.ts';
import type { TestApp } from './helpers/app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openApp();
  for (const [code, name] of [
    ['410105001015003', '本街人'],
    [otherTown.courtyard, '邻街人'],
  ] as const)
    await app.anybody.ok(report, {
      body: { words: name, place: { gridId: app.grid(code).id }, photos: [], contact: { name, phone: '13800001234' } },
      key: `row-security-${code}`,
    });
});
afterAll(() => app.close());

const own = () => app.grid('410105001000000').id;
const other = () => app.grid(otherTown.town).id;
const townsRead = sql<{ town_id: string }>`select town_id from cases.reporter order by town_id`;

describe('personal data, asked for as the program’s role with a query that names no town', () => {
  test('without sight there is nothing, inside a transaction or out', async () => {
    const db = app.database.kysely;
    expect((await townsRead.execute(cityWide<Tables>(db))).rows).toEqual([]);
    expect(await db.transaction().execute(async trx => (await townsRead.execute(cityWide<Tables>(trx))).rows)).toEqual(
      [],
    );
  });

  test('with sight of a town there is that town, and sight ends with the transaction', async () => {
    const db = app.database.kysely;
    for (const town of [own(), other()]) {
      const rows = await db.transaction().execute(async trx => {
        await seeTowns(trx, [town]);
        return (await townsRead.execute(cityWide<Tables>(trx))).rows;
      });
      expect(rows).toEqual([{ town_id: town }]);
      expect((await townsRead.execute(cityWide<Tables>(db))).rows).toEqual([]);
    }
    const all = await db.transaction().execute(async trx => {
      await seeAllTowns(trx);
      return (await townsRead.execute(cityWide<Tables>(trx))).rows;
    });
    expect(all).toEqual([own(), other()].toSorted().map(town_id => ({ town_id })));
  });

  test('nothing is written, changed or taken away beyond the sight', async () => {
    const undone = app.database.kysely.transaction().execute(async trx => {
      await seeTowns(trx, [own()]);
      for (const statement of [sql`update cases.reporter set name_sealed = null`, sql`delete from cases.reporter`])
        expect((await statement.execute(cityWide<Tables>(trx))).numAffectedRows).toBe(1n);
      await seeTowns(trx, [other()]);
      expect((await townsRead.execute(cityWide<Tables>(trx))).rows).toEqual([{ town_id: other() }]);
      await seeTowns(trx, [own()]);
      const foreign = sql`insert into cases.reporter (town_id, case_id, id)
        select town_id, id, gen_random_uuid() from cases.case_file where town_id = ${other()}`;
      await foreign.execute(cityWide<Tables>(trx));
    });
    await expect(undone).rejects.toThrow(/row-level security/);
  });
});

test('whoever works in a town sees its reporters through the interface', async () => {
  for (const [loginName, words, masked] of [
    ['zhihui', '本街人', '本**'],
    ['lin.zhihui', '邻街人', '邻**'],
  ] as const) {
    const client = await app.as(loginName);
    const { cases } = await client.ok(listCases, { query: {} });
    expect(cases.map(row => row.title)).toEqual([words]);
    const detail = await client.ok(readCase, { params: { id: cases[0]?.id ?? '' } });
    expect(detail.reporter.anonymous).toBe(false);
    expect(detail.reporter.name).toHaveLength(masked.length);
  }
});

describe('the role', () => {
  const log = createLog({ logLevel: 'silent' });
  test('that the program uses can bypass nothing', async () => {
    await checkRole(app.database.pool, log, false);
  });

  test('that bypasses row-level security is refused for real data, and told of in a demonstration', async () => {
    const pool = { query: () => Promise.resolve({ rows: [{ name: 'postgres', unbound: true }] }) } as never;
    await expect(checkRole(pool, log, false)).rejects.toThrow(/postgres/);
    await checkRole(pool, log, true);
  });
});

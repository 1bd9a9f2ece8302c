import { sql } from 'kysely';
import pg from 'pg';
import { inject } from 'vitest';

import { seedAccounts } from '../../db/seed/accounts.ts';
import { seedId } from '../../db/seed/random.ts';
import { seedCategories, seedTerritory } from '../../db/seed/territory.ts';
import { BEIJING, instant } from '../../src/domain/kernel/time.ts';
import { openCatalogue } from '../../src/server/cases/index.ts';
import { addGrid, addUnit, openTerritory } from '../../src/server/grids/index.ts';
import { createAccount } from '../../src/server/identity/index.ts';
import { settableClock } from '../../src/server/platform/clock.ts';
import { readConfig } from '../../src/server/platform/config.ts';
import { openDatabase } from '../../src/server/platform/database/connect.ts';
import { createLog } from '../../src/server/platform/log.ts';
import { withDatabase } from './database-url.ts';

import type { Grant, Role } from '../../src/domain/identity/permissions.ts';
import type { Instant, LocalDate } from '../../src/domain/kernel/time.ts';
import type { Tables } from '../../src/server/platform/database/tables.ts';
import type { Kysely } from 'kysely';

/** When the accounts of the template were made: a Monday morning. */
export const builtAt = instant(Date.UTC(2026, 3, 13, 1, 0));

/** Codes of the second town, which has nothing to do with the first: one community, two courtyards, one unit. */
export const otherTown = {
  town: '410105002000000',
  community: '410105002001000',
  courtyard: '410105002001001',
  sibling: '410105002001002',
  unit: 'other_water',
} as const;

/** Everybody of the second town; the first town's people are those of the demonstration (db/seed/staff.ts). */
const otherStaff: readonly (readonly [loginName: string, role: Role, place: 'town' | 'courtyard' | 'unit'])[] = [
  ['lin.zhihui', 'shift_leader', 'town'],
  ['lin.shouli', 'acceptor', 'town'],
  ['lin.paiqian', 'dispatcher', 'town'],
  ['lin.ducha', 'supervisor', 'town'],
  ['lin.lingdao', 'leader', 'town'],
  ['lin.wangge', 'grid_worker', 'courtyard'],
  ['lin.zilaishui', 'unit_handler', 'unit'],
];

/**
 * Name of a template database with the demonstration's territory, categories and accounts, a second town, and no cases. Every
 * account has the demonstration's password. Made once for each run, by whoever asks first (about 2 s); the others wait.
 */
export async function houseTemplate(): Promise<string> {
  const { adminUrl, template } = inject('testServer');
  const name = `${template.replace(/_template$/, '')}_house`;
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  try {
    await admin.query('select pg_advisory_lock(hashtext($1))', [name]);
    const known = await admin.query('select 1 from pg_database where datname = $1', [name]);
    if (known.rowCount === 0) {
      const half = `${name}_half`;
      await admin.query(`drop database if exists ${half}`);
      await admin.query(`create database ${half} template ${template}`);
      await furnish(withDatabase(adminUrl, half));
      await admin.query(`alter database ${half} with allow_connections false`);
      await admin.query(`alter database ${half} rename to ${name}`);
    }
    return name;
  } finally {
    await admin.end();
  }
}

async function furnish(url: string): Promise<void> {
  const config = readConfig({ DATABASE_URL: url, NODE_ENV: 'test', JINGWEI_POOL: '1' });
  const database = await openDatabase(config, createLog({ logLevel: 'warn' }));
  try {
    const db = database.kysely;
    await db.transaction().execute(async trx => {
      await seedTerritory(trx);
      await seedCategories(trx);
      await openCatalogue(trx);
      await seedAccounts(trx, await openTerritory(trx, settableClock(builtAt), BEIJING), builtAt);
      await seedOtherTown(trx);
      // Holders of the other courtyards have no password in the demonstration; here everybody can sign in.
      await sql`update identity.account set password_digest =
        (select password_digest from identity.account where login_name = 'zhihui')`.execute(trx);
    });
  } finally {
    await database.close();
  }
}

async function seedOtherTown(db: Kysely<Tables>): Promise<void> {
  const id = (code: string): string => seedId(`grid/${code}`);
  const townId = id(otherTown.town);
  // Five kilometres east of the first town: no point of one is near the other.
  const [west, south, step] = [113.76, 34.76, 0.004];
  const levels = [
    { code: otherTown.town, level: 1, ancestors: [], from: 0, columns: 2, name: '邻街街道' },
    { code: otherTown.community, level: 2, ancestors: [townId], from: 0, columns: 2, name: '邻街社区' },
    {
      code: otherTown.courtyard,
      level: 3,
      ancestors: [townId, id(otherTown.community)],
      from: 0,
      columns: 1,
      name: '邻街第一院落',
    },
    {
      code: otherTown.sibling,
      level: 3,
      ancestors: [townId, id(otherTown.community)],
      from: 1,
      columns: 1,
      name: '邻街第二院落',
    },
  ] as const;
  for (const { code, level, ancestors, from, columns, name } of levels) {
    const [left, right] = [west + from * step, west + (from + columns) * step];
    await addGrid(db, {
      id: id(code),
      code,
      level,
      divisionCode: level === 1 ? '410105' : null,
      ancestors,
      name,
      officialName: name,
      households: null,
      address: null,
      boundary: { type: 'Polygon', coordinates: [ringOf(left, south, right, south + step)] },
      label: [(left + right) / 2, south + step / 2],
      source: 'test',
      note: null,
      validFrom: '2012-02-01' as LocalDate,
    });
  }
  const water = { code: otherTown.unit, name: '邻街自来水站', nameThen: '邻街自来水站', kind: 'company', phone: null };
  const unitId = await addUnit(db, townId, water);
  for (const [loginName, role, place] of otherStaff) {
    const grant: Grant = {
      role,
      townId,
      gridId: place === 'courtyard' ? id(otherTown.courtyard) : null,
      unitId: place === 'unit' ? unitId : null,
    };
    await addPerson(db, loginName, [grant], builtAt);
  }
}

const ringOf = (west: number, south: number, east: number, north: number): [number, number][] => [
  [west, south],
  [east, south],
  [east, north],
  [west, north],
  [west, south],
];

async function addPerson(db: Kysely<Tables>, loginName: string, grants: readonly Grant[], at: Instant): Promise<void> {
  await createAccount(db, { loginName, name: `邻${loginName.slice(4, 6)}`, password: null, grants }, at, 'zh');
}

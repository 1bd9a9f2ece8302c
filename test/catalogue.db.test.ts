import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '../src/server/platform/database/connect.ts';
import { tableKinds, type TableKind } from '../src/server/platform/database/table-kinds.ts';
import { findCatalogueFaults } from './helpers/catalogue-faults.ts';
import { openFreshDatabase } from './helpers/database.ts';

let database: Database;
beforeAll(async () => (database = await openFreshDatabase()));
afterAll(() => database.close());

test('every table keeps to its kind', async () => {
  expect(await findCatalogueFaults(database.pool, tableKinds)).toEqual([]);
  expect(Object.keys(tableKinds).length).toBeGreaterThanOrEqual(5);
});

const kinds: Record<string, TableKind> = {
  'scratch.house': 'distributed',
  'scratch.kind': 'reference',
  'scratch.note': 'local',
};

const sound = `create schema scratch;
  create table scratch.kind (code text primary key);
  create table scratch.note (id int primary key);
  create table scratch.house (
    town_id uuid not null, id uuid not null, number int not null, parent_id uuid, kind text references scratch.kind,
    primary key (town_id, id), unique (number, town_id),
    foreign key (town_id, parent_id) references scratch.house (town_id, id));
  create index on scratch.house (number);`;

/** Each is one planted defect and what must be said about it. */
const defects: readonly (readonly [string, string])[] = [
  ['create table scratch.forgotten (id int primary key)', 'scratch.forgotten is not declared in table-kinds.ts'],
  ['drop table scratch.note', 'scratch.note is declared and does not exist'],
  [
    'create table scratch.other (a int); drop table scratch.note; alter table scratch.other rename to note',
    'scratch.note has no primary key',
  ],
  ['alter table scratch.house drop column town_id cascade', 'scratch.house has no town_id uuid not null'],
  [
    'alter table scratch.house drop constraint house_pkey cascade; alter table scratch.house alter town_id drop not null',
    'scratch.house has no town_id uuid not null',
  ],
  ['alter table scratch.house add constraint one unique (number)', 'scratch.house: one is unique without town_id'],
  ['create unique index two on scratch.house (id)', 'scratch.house: two is unique without town_id'],
  [
    'create unique index three on scratch.house (id) include (town_id)',
    'scratch.house: three is unique without town_id',
  ],
  [
    'alter table scratch.house drop constraint house_pkey cascade, add constraint four primary key (id)',
    'scratch.house: four is unique without town_id',
  ],
  [
    'alter table scratch.house add constraint five exclude using btree (number with =)',
    'scratch.house: five is unique without town_id',
  ],
  [
    `create unique index shown on scratch.house (town_id, id, number);
     alter table scratch.house add other_town uuid;
     alter table scratch.house add constraint six foreign key (other_town, id, number) references scratch.house (town_id, id, number)`,
    'scratch.house: six does not pair town_id',
  ],
  [
    `alter table scratch.kind add town_id uuid, add id uuid;
     alter table scratch.kind add constraint seven foreign key (town_id, id) references scratch.house (town_id, id)`,
    'scratch.kind: seven points from a reference to a distributed table',
  ],
  [
    'alter table scratch.house add constraint eight foreign key (number) references scratch.note (id)',
    'scratch.house: eight points from a distributed to a local table',
  ],
  [
    `create function scratch.nothing() returns trigger language plpgsql as 'begin return new; end';
     create trigger nine before insert on scratch.house for each row execute function scratch.nothing()`,
    'scratch.house has the trigger nine',
  ],
];

describe('the check sees what is planted', () => {
  const all = { ...tableKinds, ...kinds };

  test('and nothing in sound tables', async () => {
    const faults = await faultsAfter('select 1');
    expect(faults.filter(fault => fault.includes('scratch'))).toEqual([]);
  });

  test.each(defects)('%s', async (planted, expected) => {
    expect(await faultsAfter(planted)).toContain(expected);
  });

  /** The scratch schema of one check, gone afterwards. */
  async function faultsAfter(statements: string): Promise<string[]> {
    await database.pool.query(`${sound} ${statements}`);
    try {
      return await findCatalogueFaults(database.pool, all);
    } finally {
      await database.pool.query('drop schema scratch cascade');
    }
  }
});

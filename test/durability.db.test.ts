import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { report } from '../src/contracts/intake.ts';
import { cityWide } from '../src/server/platform/database/query-walk.ts';
import { attachToDatabase } from '../src/server/platform/database/attach.ts';
import { readConfig } from '../src/server/platform/config.ts';
import { createLog } from '../src/server/platform/log.ts';
import { verifyRecords } from '../tools/verify-record.ts';
import { openClient } from './helpers/client.ts';
import { freshDatabase } from './helpers/database.ts';
import { launch } from './helpers/program.ts';

import type { FreshDatabase } from './helpers/database.ts';

/**
 * Nothing acknowledged is lost, nothing counted twice: the real program is killed in the middle of 200 reports and started again.
 * On the embedded database (which fsyncs, unlike the tests' throw-away server), or on the server that DATABASE_URL names.
 */
const onServer = (process.env['DATABASE_URL'] ?? '') !== '';
const reports = 200;
const callers = 16;
const killAfter = 70;

let data: string;
let fresh: FreshDatabase | undefined;
let settings: Record<string, string>;

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'jingwei-durability-'));
  fresh = onServer ? await freshDatabase() : undefined;
  settings = { JINGWEI_DATA: data, DATABASE_URL: fresh?.url ?? '' };
});

afterAll(async () => {
  await fresh?.drop();
  await rm(data, { recursive: true, force: true });
});

const keyOf = (index: number): string => `durability-${String(index).padStart(4, '0')}`;
const wordsOf = (index: number): string => `第${index}件：门口的路灯不亮`;

async function send(url: string, gridId: string, index: number): Promise<string> {
  const reply = await openClient(url).ok(report, {
    key: keyOf(index),
    body: { words: wordsOf(index), place: { gridId, address: '三号楼前' } },
  });
  return reply.number;
}

async function aGrid(url: string): Promise<string> {
  const response = await fetch(`${url}/api/territory`);
  const { grids } = (await response.json()) as { grids: { id: string; level: number }[] };
  const grid = grids.find(({ level }) => level === 3);
  if (grid === undefined) throw new Error('the demonstration has no courtyard');
  return grid.id;
}

test(`kill -9 in the middle of ${reports} reports loses none that was acknowledged and doubles none`, async () => {
  const first = await launch(settings);
  const gridId = await aGrid(first.url);
  const acknowledged = new Map<number, string>();
  let next = 0;
  let killed: Promise<void> | undefined;
  const caller = async () => {
    while (killed === undefined && next < reports) {
      const index = next++;
      try {
        acknowledged.set(index, await send(first.url, gridId, index));
      } catch {
        // The program was gone before it answered: nothing is known of this one, and it is sent again below.
        continue;
      }
      if (acknowledged.size >= killAfter) killed ??= first.kill();
    }
  };
  await Promise.all(Array.from({ length: callers }, caller));
  await killed;
  expect(acknowledged.size).toBeGreaterThanOrEqual(killAfter);
  expect(acknowledged.size).toBeLessThan(reports);

  const second = await launch(settings);
  const numbers = new Map<number, string>();
  for (let index = 0; index < reports; index++) numbers.set(index, await send(second.url, gridId, index));
  // A resend gets the number that was acknowledged before the kill.
  for (const [index, number] of acknowledged) expect(numbers.get(index)).toBe(number);
  expect(new Set(numbers.values()).size).toBe(reports);

  const database = await attachToDatabase(readConfig(settings), createLog({ logLevel: 'silent' }));
  try {
    const rows = await cityWide(database.kysely)
      .selectFrom('cases.case_file')
      .select(['number', 'words', 'town_id'])
      .orderBy('number')
      .execute();
    const ours = rows.filter(({ words }) => words.endsWith('件：门口的路灯不亮'));
    expect(ours.length).toBe(reports);
    for (const [, serials] of Map.groupBy(rows, ({ number }) => number.slice(0, 17)))
      expect(serials.map(({ number }) => Number(number.slice(17)))).toEqual(serials.map((_row, index) => index + 1));
    const verified = await verifyRecords(database.kysely, [...new Set(rows.map(row => row.town_id))]);
    expect(verified.broken).toEqual([]);
    expect(verified.cases).toBe(rows.length);
  } finally {
    await database.close();
    await second.stop();
  }
}, 300_000);

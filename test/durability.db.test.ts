import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import path from 'node:path';

import { afterEach, describe, expect, test } from 'vitest';

import { territory } from '../src/contracts/grids.ts';
import { report } from '../src/contracts/intake.ts';
import { readConfig } from '../src/server/platform/config.ts';
import { attachToDatabase } from '../src/server/platform/database/attach.ts';
import { findHome } from '../src/server/platform/database/embedded/home.ts';
import { findPostmaster } from '../src/server/platform/database/embedded/postmaster.ts';
import { createLog } from '../src/server/platform/log.ts';
import { verifyRecords } from '../tools/verify-record.ts';
import { openClient } from './helpers/client.ts';
import { emptyDatabase } from './helpers/database.ts';
import { makeDataFolder, startProgram } from './helpers/program.ts';

import type { ReplyOf } from '../src/contracts/endpoint.ts';
import type { Client, Input } from './helpers/client.ts';
import type { Program, ProgramSettings } from './helpers/program.ts';

const given = process.env['TEST_DATABASE_URL'] ?? process.env['DATABASE_URL'] ?? '';
type Kind = 'embedded' | 'embedded, killed with it' | 'server';
const kinds: readonly Kind[] = ['embedded', 'embedded, killed with it', ...(given === '' ? [] : (['server'] as const))];

const reports = 200;
/** The program is killed when so many of them have been acknowledged. */
const killAfter = 80;
const atOnce = 32;

type Reply = ReplyOf<typeof report>;
type Sent = Input<typeof report>;

const cleanUp: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const clean of cleanUp.splice(0).reverse()) await clean();
});

async function settingsFor(kind: Kind): Promise<ProgramSettings> {
  const dataFolder = await makeDataFolder();
  cleanUp.push(() => rm(path.dirname(dataFolder), { recursive: true, force: true }));
  if (kind !== 'server') return { dataFolder };
  const database = await emptyDatabase();
  cleanUp.push(() => database.drop());
  return { dataFolder, databaseUrl: database.url };
}

async function start(settings: ProgramSettings): Promise<Program> {
  const program = await startProgram(settings);
  cleanUp.push(() => program.end('SIGTERM'));
  return program;
}

/** Reports in the middle of all courtyards in turn, each under a key of its own. */
async function prepare(client: Client): Promise<Sent[]> {
  const { grids } = await client.ok(territory);
  const courtyards = grids.filter(({ level }) => level === 3);
  return Array.from({ length: reports }, (_, index) => {
    const [lng = 0, lat = 0] = courtyards[index % courtyards.length]?.label ?? [];
    return {
      body: { words: `第 ${index} 件，断电时也不能丢`, place: { point: { lng, lat, datum: 'WGS84' } } },
      key: randomUUID(),
    };
  });
}

/** Sends them, so many at once, and gives back what was acknowledged; the others broke with the connection. */
async function sendAll(client: Client, all: readonly Sent[], acknowledged: (count: number) => void) {
  const replies = new Map<string, Reply>();
  const queue = [...all];
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
        const reply = await client.ok(report, next).catch(isBrokenConnection);
        if (reply === undefined) continue;
        replies.set(next.key ?? '', reply);
        acknowledged(replies.size);
      }
    }),
  );
  return replies;
}

function isBrokenConnection(error: unknown): undefined {
  if (error instanceof TypeError && /fetch failed|terminated/.test(error.message)) return undefined;
  throw error;
}

/** What the database holds, asked beside the running program. */
async function inspect({ dataFolder, databaseUrl }: ProgramSettings) {
  const config = readConfig({ JINGWEI_DATA: dataFolder, DATABASE_URL: databaseUrl, JINGWEI_POOL: '1' });
  const database = await attachToDatabase(config, createLog({ logLevel: 'error' }));
  try {
    const { rows: towns } = await database.pool.query<{ id: string }>('select id from grids.grid where level = 1');
    const { rows: numbers } = await database.pool.query<{ number: string; words: string }>(
      'select number, words from cases.case_file order by number',
    );
    return {
      numbers,
      verified: await verifyRecords(
        database.kysely,
        towns.map(({ id }) => id),
      ),
    };
  } finally {
    await database.close();
  }
}

/** Serials of each day in a row from 1, without a gap. */
function expectConsecutive(numbers: readonly string[]): void {
  for (const [day, ofDay] of Map.groupBy(numbers, number => number.slice(0, 17)))
    expect([day, ofDay.map(number => Number(number.slice(17)))]).toEqual([day, ofDay.map((_, index) => index + 1)]);
}

/** As when the power fails: the database's own process ends too, without a word. */
async function killDatabase({ dataFolder }: ProgramSettings): Promise<void> {
  const running = await findPostmaster(path.join(await findHome(dataFolder), 'cluster'));
  if (running === undefined) throw new Error('the database did not run');
  process.kill(running.pid, 'SIGKILL');
}

describe.each(kinds)('on the database: %s', kind => {
  test(
    'kill -9 in the middle of 200 reports loses none that was acknowledged and doubles none',
    { timeout: 240_000 },
    async () => {
      const settings = await settingsFor(kind);
      const first = await start(settings);
      const all = await prepare(openClient(first.url));
      const before = (await inspect(settings)).numbers.length;

      let killed: Promise<unknown> | undefined;
      const acknowledged = await sendAll(openClient(first.url), all, count => {
        if (count < killAfter || killed !== undefined) return;
        killed = Promise.all([first.end('SIGKILL'), kind === 'embedded, killed with it' && killDatabase(settings)]);
      });
      await killed;
      expect(acknowledged.size).toBeGreaterThanOrEqual(killAfter);
      expect(acknowledged.size).toBeLessThan(reports);

      const second = await start(settings);
      const afterwards = await inspect(settings);
      const stored = new Set(afterwards.numbers.map(({ number }) => number));
      for (const { number } of acknowledged.values()) expect(stored).toContain(number);
      expectConsecutive([...stored]);
      expect(afterwards.verified.broken).toEqual([]);

      // Whoever got no answer sends again, and so do those who got one: each report is there once, with its first answer.
      const again = await sendAll(openClient(second.url), all, () => undefined);
      expect(again.size).toBe(reports);
      for (const [key, reply] of acknowledged) expect(again.get(key)).toEqual(reply);
      const atLast = await inspect(settings);
      expect(atLast.numbers).toHaveLength(before + reports);
      expect(new Set(atLast.numbers.map(({ words }) => words)).size).toBe(before + reports);
      expectConsecutive(atLast.numbers.map(({ number }) => number));
      expect(atLast.verified).toMatchObject({ cases: before + reports, broken: [] });
      expect(await second.end('SIGTERM')).toBe(0);
    },
  );
});

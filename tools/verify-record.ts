/**
 * Re-computes the chain of every case's record and names the first broken link of each that does not hold.
 *
 *   node tools/verify-record.ts [--town CODE] [--json]
 *
 * Opens the same database as the server (same settings), beside it when it runs. Exit status 0 when all chains hold, 1 when one is
 * broken, 2 when it could not look.
 */
import { createHash } from 'node:crypto';
import { parseArgs } from 'node:util';

import { findBrokenLink } from '../src/domain/cases/record.ts';
import { attachToDatabase } from '../src/server/platform/database/attach.ts';
import { readConfig } from '../src/server/platform/config.ts';
import { cityWide } from '../src/server/platform/database/query-walk.ts';
import { createLog } from '../src/server/platform/log.ts';
import { storedFile, storedStep } from '../src/server/cases/record.ts';

import type { StepRow } from '../src/server/cases/index.ts';
import type { Tables } from '../src/server/platform/database/tables.ts';
import type { Kysely } from 'kysely';

export interface BrokenCase {
  readonly number: string;
  readonly seq: number;
  readonly reason: string;
}

export interface Verification {
  readonly cases: number;
  readonly steps: number;
  readonly broken: readonly BrokenCase[];
}

const pageSize = 500;
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const why: Readonly<Record<string, string>> = {
  hash: '内容与哈希不符 / the content does not match its hash',
  previous: '与上一步的链接断开 / the link to the step before is broken',
  sequence: '缺少这一步 / this step is missing',
  note: '文字被改动 / the text was changed',
  photos: '照片与记录不符 / the photos are not those of the record',
  head: '末尾缺步 / steps are missing at the end',
  state: '案卷状态与记录不符 / the state of the case is not that of its record',
  words: '反映内容与记录不符 / the words reported are not those of the record',
};

/** Verifies all cases of the towns, page by page; steady memory, any number of cases. */
export async function verifyRecords(db: Kysely<Tables>, towns: readonly string[]): Promise<Verification> {
  const result = { cases: 0, steps: 0, broken: [] as BrokenCase[] };
  for (const townId of towns) {
    for (let after = ''; ;) {
      const page = await db
        .selectFrom('cases.case_file as c')
        .select(['c.id', 'c.number', 'c.head_seq', 'c.head_hash', 'c.state', 'c.words'])
        .where('c.town_id', '=', townId)
        .where('c.number', '>', after)
        .orderBy('c.number')
        .limit(pageSize)
        .execute();
      const last = page.at(-1);
      if (last === undefined) break;
      after = last.number;
      const ids = page.map(({ id }) => id);
      const steps = await db
        .selectFrom('cases.step')
        .selectAll()
        .where('town_id', '=', townId)
        .where('case_id', 'in', ids)
        .orderBy('case_id')
        .orderBy('seq')
        .execute();
      const photos = await db
        .selectFrom('cases.attachment')
        .select(['case_id', 'seq', 'sha256'])
        .where('town_id', '=', townId)
        .where('case_id', 'in', ids)
        .execute();
      const stepsOf = Map.groupBy(steps, step => step.case_id);
      const photosOf = Map.groupBy(photos, photo => photo.case_id);
      for (const row of page) {
        const { number } = row;
        const own: readonly StepRow[] = stepsOf.get(row.id) ?? [];
        const broken = findBrokenLink(own.map(storedStep), storedFile(row, photosOf.get(row.id) ?? []), sha256);
        result.cases += 1;
        result.steps += own.length;
        if (broken !== null) result.broken.push({ number, seq: broken.seq, reason: broken.reason });
      }
    }
  }
  return result;
}

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { town: { type: 'string' }, json: { type: 'boolean', default: false } } });
  const config = readConfig(process.env);
  const database = await attachToDatabase(config, createLog({ logLevel: 'warn' }));
  try {
    const grids = await cityWide(database.kysely)
      .selectFrom('grids.grid_state')
      .select(['town_id', 'code'])
      .where('level', '=', 1)
      .where('valid_to', 'is', null)
      .execute();
    const towns = grids.filter(({ code }) => values.town === undefined || code.startsWith(values.town));
    const result = await verifyRecords(
      database.kysely,
      towns.map(({ town_id: townId }) => townId),
    );
    if (values.json) console.log(JSON.stringify(result));
    else {
      console.log(`案卷 ${result.cases} 件，记录 ${result.steps} 步 / ${result.cases} cases, ${result.steps} steps`);
      for (const { number, seq, reason } of result.broken)
        console.log(`${number} 第 ${seq} 步断开 / broken at step ${seq}: ${why[reason] ?? reason}`);
      if (result.broken.length === 0) console.log('全部完整 / all chains hold');
    }
    return result.broken.length === 0 ? 0 : 1;
  } finally {
    await database.close();
  }
}

if (import.meta.main)
  try {
    process.exitCode = await main();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 2;
  }

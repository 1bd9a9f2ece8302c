/**
 * Re-computes the chains of the access record and names the first broken entry of each that does not hold.
 *
 *   node tools/verify-access.ts [--anchor FILE] [--json]
 *
 * `--anchor` names a file kept away from the database: the heads that earlier runs wrote there must still be part of the chains,
 * and today's are added. Without it, a tail that was removed together with its head does not show.
 *
 * Opens the same database as the server (same settings), beside it when it runs. Exit status 0 when all chains hold, 1 when one is
 * broken, 2 when it could not look.
 */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { parseArgs } from 'node:util';

import { chainStart, followChain } from '../src/domain/identity/access-record.ts';
import { toIso } from '../src/domain/kernel/time.ts';
import { systemClock } from '../src/server/platform/clock.ts';
import { attachToDatabase } from '../src/server/platform/database/attach.ts';
import { readConfig } from '../src/server/platform/config.ts';
import { createLog } from '../src/server/platform/log.ts';
import { storedEntry } from '../src/server/identity/index.ts';

import type { BrokenEntry, Link } from '../src/domain/identity/access-record.ts';
import type { Tables } from '../src/server/platform/database/tables.ts';
import type { Kysely } from 'kysely';

/** Where a chain stood when an anchor was written. */
export interface Anchor {
  readonly chain: number;
  readonly seq: number;
  readonly hash: string | null;
}

export type BrokenChain = Omit<BrokenEntry, 'reason'> & { readonly reason: BrokenEntry['reason'] | 'anchor' };

export interface AccessVerification {
  readonly entries: number;
  readonly heads: readonly Anchor[];
  readonly broken: readonly BrokenChain[];
}

const pageSize = 2000;
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Verifies every chain, page by page, against its head and against the anchors given. */
export async function verifyAccess(db: Kysely<Tables>, anchors: readonly Anchor[] = []): Promise<AccessVerification> {
  const broken: BrokenChain[] = [];
  const heads: Anchor[] = [];
  let entries = 0;
  const stored = await db.selectFrom('identity.access_chain').selectAll().orderBy('chain').execute();
  const rootless = await db
    .selectFrom('identity.access_entry')
    .select('chain')
    .distinct()
    .where('chain', 'not in', [-1, ...stored.map(({ chain }) => chain)])
    .execute();
  for (const { chain } of rootless) broken.push({ chain, seq: 1, reason: 'head' });
  for (const anchor of anchors)
    if (!stored.some(({ chain }) => chain === anchor.chain)) broken.push({ ...anchor, reason: 'anchor' });
  for (const { chain, ...head } of stored) {
    const due = anchors.filter(anchor => anchor.chain === chain);
    let reached: Link = chainStart;
    let fault: BrokenChain | null = null;
    while (fault === null) {
      const page = await db
        .selectFrom('identity.access_entry')
        .selectAll()
        .where('chain', '=', chain)
        .where('seq', '>', reached.seq)
        // What is appended while we read is the next run's.
        .where('seq', '<=', head.seq)
        .orderBy('seq')
        .limit(pageSize)
        .execute();
      if (page.length === 0) break;
      const followed = followChain(reached, page.map(storedEntry), sha256);
      const moved = due.find(({ seq, hash }) => page.find(row => row.seq === seq)?.hash !== hash && isIn(page, seq));
      entries += followed.reached.seq - reached.seq;
      reached = followed.reached;
      fault = followed.broken ?? (moved === undefined ? null : { chain, seq: moved.seq, reason: 'anchor' });
    }
    if (fault === null && (reached.seq !== head.seq || reached.hash !== head.hash))
      fault = { chain, seq: reached.seq + 1, reason: 'head' };
    const beyond = due.find(({ seq }) => seq > reached.seq);
    if (fault === null && beyond !== undefined) fault = { chain, seq: reached.seq + 1, reason: 'anchor' };
    if (fault === null) heads.push({ chain, ...reached });
    else broken.push(fault);
  }
  return { entries, heads, broken };
}

const isIn = (page: readonly { readonly seq: number }[], seq: number): boolean =>
  seq >= (page[0]?.seq ?? Infinity) && seq <= (page.at(-1)?.seq ?? 0);

/** One line for each run: when, and where every chain stood. */
function readAnchors(file: string | undefined): Anchor[] {
  if (file === undefined || !existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter(line => line !== '')
    .flatMap(line => (JSON.parse(line) as { heads: Anchor[] }).heads);
}

const why: Readonly<Record<BrokenChain['reason'], string>> = {
  hash: '内容与哈希不符 / the content does not match its hash',
  previous: '与上一条的链接断开 / the link to the entry before is broken',
  sequence: '缺少这一条 / this entry is missing',
  head: '末尾缺少记录 / entries are missing at the end',
  anchor: '与以前留存的锚点不符 / it is not what an earlier anchor says',
};

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { anchor: { type: 'string' }, json: { type: 'boolean', default: false } } });
  const database = await attachToDatabase(readConfig(process.env), createLog({ logLevel: 'warn' }));
  try {
    const result = await verifyAccess(database.kysely, readAnchors(values.anchor));
    if (values.json) console.log(JSON.stringify(result));
    else {
      console.log(`访问记录 ${result.entries} 条 / ${result.entries} entries`);
      for (const { chain, seq, reason } of result.broken)
        console.log(`第 ${chain} 链第 ${seq} 条断开 / chain ${chain} is broken at entry ${seq}: ${why[reason]}`);
      if (result.broken.length === 0) console.log('全部完整 / all chains hold');
    }
    if (result.broken.length === 0 && values.anchor !== undefined)
      appendFileSync(values.anchor, `${JSON.stringify({ at: toIso(systemClock.now()), heads: result.heads })}\n`);
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

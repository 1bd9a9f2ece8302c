/**
 * The life of a case over HTTP, closed loop, against the real program in a process of its own:
 * `npm run bench -- case-lifecycle [--database embedded|server] [--url postgres://…] [--seconds 20] [--callers 16] [--profile] [--json]`.
 * A server database needs a role that may create databases: the run makes its own and drops it. `--profile` only creates, and tells
 * where the server process spends its time. The goal is 3 ms of processor time for a create, server and database together.
 */
import { parseArgs } from 'node:util';

import { kinds, openCalls } from './case-calls.ts';
import { profileWhile } from './cpu-profile.ts';
import { startProgram } from './program.ts';
import { measureCeiling } from './raw-ceiling.ts';

import type { Case, CaseCalls, Kind } from './case-calls.ts';
import type { Program } from './program.ts';

const goalMs = 3;
const { values } = parseArgs({
  options: {
    database: { type: 'string', default: 'embedded' },
    url: { type: 'string' },
    seconds: { type: 'string', default: '20' },
    callers: { type: 'string', default: '16' },
    profile: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
const seconds = Number(values.seconds);
const callers = Number(values.callers);
const serverUrl = values.database === 'server' ? (values.url ?? process.env['DATABASE_URL'] ?? '') : undefined;
const wrong =
  values.database !== 'embedded' && values.database !== 'server'
    ? '--database is embedded or server'
    : serverUrl === ''
      ? '--database server needs --url or DATABASE_URL'
      : !(seconds > 0) || !Number.isInteger(callers) || callers < 1
        ? '--seconds and --callers are numbers above 0'
        : undefined;

const round = (value: number, digits = 2): number => Number(value.toFixed(digits));

function percentile(sorted: readonly number[], part: number): number {
  return round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0);
}

/** Each caller begins its next piece of work when the last is done, until `more` says no. */
async function loop(more: () => boolean, work: () => Promise<void>): Promise<number> {
  const begin = performance.now();
  const one = async () => {
    while (more()) await work();
  };
  await Promise.all(Array.from({ length: callers }, one));
  return (performance.now() - begin) / 1000;
}

const forSeconds = (length: number): (() => boolean) => {
  const until = performance.now() + length * 1000;
  return () => performance.now() < until;
};

interface Cost {
  readonly calls: number;
  readonly perSecond: number;
  /** Milliseconds of processor time for each call; null where it cannot be seen. */
  readonly serverMs: number | null;
  readonly databaseMs: number | null;
}

/** Processor time of a phase in which only one kind of call is made. */
async function costOf(program: Program, calls: () => number, work: () => Promise<number>): Promise<Cost> {
  const [callsBefore, before] = [calls(), program.cpu()];
  const passed = await work();
  const [made, after] = [calls() - callsBefore, program.cpu()];
  const each = (from: number | null, to: number | null) =>
    from === null || to === null ? null : round((to - from) / made);
  return {
    calls: made,
    perSecond: round(made / passed, 1),
    serverMs: each(before.server, after.server),
    databaseMs: each(before.database, after.database),
  };
}

async function live(calls: CaseCalls): Promise<void> {
  const one = await calls.create();
  await calls.find(one);
  for (const action of ['accept', 'file', 'dispatch', 'sign', 'feed back'] as const) await calls.act(one, action);
}

async function measure(program: Program) {
  const times = new Map<Kind, number[]>(kinds.map(kind => [kind, []]));
  let made = 0;
  const calls = await openCalls(program.url, callers, (kind, ms) => {
    made += 1;
    times.get(kind)?.push(ms);
  });
  await loop(forSeconds(2), () => live(calls)); // Until compiled code and caches are warm.
  for (const list of times.values()) list.length = 0;

  let lives = 0;
  const passed = await loop(forSeconds(seconds), async () => {
    await live(calls);
    lives += 1;
  });
  const latency = [...times].map(([kind, list]) => {
    const sorted = list.toSorted((a, b) => a - b);
    return {
      kind,
      perSecond: round(list.length / passed, 1),
      p50: percentile(sorted, 0.5),
      p99: percentile(sorted, 0.99),
    };
  });

  // The same calls again, one kind after the other over the same cases: only so can their processor time be told apart.
  const cases: Case[] = [];
  const cost = new Map<Kind, Cost>();
  const phase = async (kind: Kind, work: () => Promise<number>) =>
    cost.set(kind, await costOf(program, () => made, work));
  await phase('create', () =>
    loop(forSeconds(Math.max(2, seconds / 4)), async () => void cases.push(await calls.create())),
  );
  const each = (work: (one: Case) => Promise<void>) => {
    const left = [...cases];
    return loop(
      () => left.length > 0,
      async () => {
        const one = left.pop();
        if (one !== undefined) await work(one);
      },
    );
  };
  await phase('find', () => each(one => calls.find(one)));
  for (const action of ['accept', 'file', 'dispatch', 'sign', 'feed back'] as const)
    await phase(action, () => each(one => calls.act(one, action)));
  calls.close();

  const [model] = cases;
  if (model === undefined) throw new Error('no case was created');
  const ceiling = await measureCeiling(
    program.databaseUrl,
    model,
    Math.max(2, seconds / 4),
    () => program.cpu().database,
  );
  return {
    livesPerSecond: round(lives / passed, 1),
    ceiling: {
      perSecond: round(ceiling.perSecond, 1),
      databaseMs: ceiling.databaseMs === null ? null : round(ceiling.databaseMs),
    },
    calls: latency.map(line => ({ ...line, cost: cost.get(line.kind) })),
  };
}

function print({ livesPerSecond, ceiling, calls }: Awaited<ReturnType<typeof measure>>): void {
  const ms = (value: number | null | undefined) => (value ?? null)?.toFixed(2) ?? '?';
  const line = (cells: readonly string[]) =>
    console.log(cells.map((cell, index) => (index === 0 ? cell.padEnd(10) : cell.padStart(11))).join(''));
  console.log(`all calls mixed, ${callers} callers${' '.repeat(8)}one kind of call at a time, CPU ms a call`);
  line(['call', 'calls/s', 'p50 ms', 'p99 ms', 'calls/s', 'server', 'database']);
  for (const { kind, perSecond, p50, p99, cost } of calls)
    line([
      kind,
      perSecond.toFixed(1),
      p50.toFixed(2),
      p99.toFixed(2),
      cost?.perSecond.toFixed(1) ?? '?',
      ms(cost?.serverMs),
      ms(cost?.databaseMs),
    ]);
  console.log('\ndispatch needs accept and file before it; resolving is sign and feed back');
  console.log(`lifecycles/s (seven calls each): ${livesPerSecond}`);
  console.log(
    `the rows of one report by pg alone: ${ceiling.perSecond} tx/s, database ${ms(ceiling.databaseMs)} CPU ms each`,
  );
}

async function run(): Promise<void> {
  const program = await startProgram(serverUrl, values.profile);
  try {
    if (values.profile) {
      const calls = await openCalls(program.url, callers, () => undefined);
      const create = async () => {
        await calls.create();
      };
      await loop(forSeconds(3), create);
      const selfTimes = await profileWhile(program.inspector, () => loop(forSeconds(seconds), create));
      calls.close();
      const most = selfTimes.slice(0, 25).map(({ where, percent }) => ({ where, percent: round(percent, 1) }));
      for (const { where, percent } of most) console.log(`${percent.toFixed(1).padStart(5)} %  ${where}`);
      if (values.json) console.log(JSON.stringify({ bench: 'case-lifecycle', profile: most }));
      return;
    }
    const found = await measure(program);
    print(found);
    const create = found.calls.find(({ kind }) => kind === 'create')?.cost;
    const createMs =
      create?.serverMs == null || create.databaseMs === null ? null : round(create.serverMs + create.databaseMs);
    console.log(`create, server and database together, CPU ms ${createMs ?? '?'} (goal: ${goalMs})`);
    if (values.json)
      console.log(
        JSON.stringify({
          bench: 'case-lifecycle',
          database: values.database,
          seconds,
          callers,
          goalMs,
          createMs,
          ...found,
        }),
      );
  } finally {
    await program.stop();
  }
}

if (wrong === undefined) await run();
else {
  console.error(wrong);
  process.exitCode = 2;
}

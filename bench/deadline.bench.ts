/**
 * Due times per second on one core, with the shipped calendar and hours: `node bench/deadline.bench.ts [--json]`.
 * The goal is a million a second, so that a change of the calendar can recompute every open case of a city at once.
 */
import { parseArgs } from 'node:util';
import { computeDue, elapsed, type DueRequest, type LimitUnit } from '../src/domain/kernel/deadline.ts';
import { proveDue } from '../src/domain/kernel/proof.ts';
import { proofText } from '../src/domain/kernel/proof-text.ts';
import { DEFAULT_SCHEDULE } from '../src/domain/kernel/schedule.ts';
import { BEIJING, HOUR_MS, MINUTE_MS, daysFromCivil, instant, instantAt } from '../src/domain/kernel/time.ts';
import { compileWorkTime } from '../src/domain/kernel/work-time.ts';
import { loadCalendar } from '../src/server/platform/calendar.ts';

const REQUESTS = 100_000;
const SECONDS = 1;

const loadStart = performance.now();
const calendar = loadCalendar();
const compileStart = performance.now();
const compiled = compileWorkTime(calendar, [DEFAULT_SCHEDULE], BEIJING);
if (!compiled.ok) throw new Error(compiled.refused);
const { workTime } = compiled;
const ready = performance.now();

/** Mulberry32: the same requests on every machine. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function requests(units: readonly LimitUnit[], most: number, withPauses: boolean): DueRequest[] {
  const next = chance(20_140_121);
  const first = instantAt(daysFromCivil(2004, 1, 1), 0, BEIJING);
  const span = instantAt(daysFromCivil(2026, 6, 1), 0, BEIJING) - first;
  return Array.from({ length: REQUESTS }, () => {
    const start = instant(first + Math.floor(next() * span));
    const unit = units[Math.floor(next() * units.length)] ?? 'WH';
    const limit = { unit, n: 1 + Math.floor(next() * most) };
    if (!withPauses) return { limit, start };
    const from = instant(start + Math.floor(next() * 48) * HOUR_MS);
    const pause = {
      from,
      to: instant(from + Math.floor(next() * 5000) * MINUTE_MS),
      reason: { zh: '暂停', en: 'pause' },
    };
    return { limit, start, pauses: [pause] };
  });
}

/** Calls until a second is over, best of three, after one round to warm up. */
function rate(list: readonly DueRequest[], call: (request: DueRequest) => unknown): number {
  let best = 0;
  for (let round = 0; round < 4; round += 1) {
    const begin = performance.now();
    let calls = 0;
    while (performance.now() - begin < SECONDS * 1000)
      for (let index = 0; index < 1000; index += 1) {
        const request = list[(calls + index) % list.length];
        if (request === undefined || call(request) === undefined) throw new Error('nothing computed');
        if (index === 999) calls += 1000;
      }
    if (round > 0) best = Math.max(best, calls / ((performance.now() - begin) / 1000));
  }
  return Math.round(best);
}

const due = (request: DueRequest): unknown => computeDue(workTime, request);
const hours = requests(['WH'], 40, false);
const results = {
  'WH 1–40': rate(hours, due),
  'WD 1–15': rate(requests(['WD'], 15, false), due),
  'UH 1–48': rate(requests(['UH'], 48, false), due),
  'FWD 1–10': rate(requests(['FWD'], 10, false), due),
  'all units mixed': rate(requests(['UH', 'WH', 'WD', 'UD', 'ND', 'FWD', 'MIN', 'WMIN'], 15, false), due),
  'WH, one pause each': rate(requests(['WH'], 40, true), due),
  'elapsed over two weeks': rate(hours, ({ start }) =>
    elapsed(workTime, 'working', start, instant(start + 336 * HOUR_MS)),
  ),
  'with proof line (zh)': rate(hours, request => {
    const proven = proveDue(workTime, request);
    return proven.ok ? proofText({ ...request, due: proven.due, proof: proven.proof }, BEIJING, 'zh') : undefined;
  }),
};

console.log(
  `calendar loaded in ${(compileStart - loadStart).toFixed(0)} ms, compiled in ${(ready - compileStart).toFixed(0)} ms\n`,
);
for (const [name, perSecond] of Object.entries(results))
  console.log(
    `${name.padEnd(24)} ${perSecond.toLocaleString('en').padStart(12)} /s  ${(1e9 / perSecond).toFixed(0).padStart(6)} ns`,
  );
const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } });
if (values.json)
  console.log(
    JSON.stringify({
      bench: 'deadline',
      unit: 'due times per second per core',
      goal: 1_000_000,
      duePerSecond: results['all units mixed'],
      results,
    }),
  );

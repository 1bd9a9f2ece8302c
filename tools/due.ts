/**
 * When does a limit run out, and why? For officials and for checks:
 *
 *   node tools/due.ts --unit WH --n 4 --start "2014-01-24 17:00"
 *
 * prints the due time and its proof line. Exit code 2 and a sentence on stderr when the question cannot be answered.
 */
import { parseArgs } from 'node:util';
import type { Language } from '../src/domain/kernel/bilingual.ts';
import type { DueRefusal, Limit, LimitUnit, Pause } from '../src/domain/kernel/deadline.ts';
import { proveDue } from '../src/domain/kernel/proof.ts';
import { proofText } from '../src/domain/kernel/proof-text.ts';
import type { RefusalDetails } from '../src/domain/kernel/decision.ts';
import { DEFAULT_SCHEDULE } from '../src/domain/kernel/schedule.ts';
import { BEIJING, MINUTE_MS, parseLocalDateTime, toInstant, toLocal, type Instant } from '../src/domain/kernel/time.ts';
import { compileWorkTime } from '../src/domain/kernel/work-time.ts';
import { loadCalendar } from '../src/server/platform/calendar.ts';

const USAGE = `node tools/due.ts --unit <UNIT> --n <NUMBER> --start "YYYY-MM-DD HH:mm" [--pause "FROM/TO"]… [--lang zh|en] [--json]

  UNIT   UH 紧急工作时   UD 紧急工作日   ND 自然日   MIN 分钟           (continuous / 连续计时)
         WH 工作时       WD 工作日       WMIN 工作分钟                  (08:00–12:00, 14:00–18:00)
         FWD 整工作日: 次日为第1日, 第n日下班时到期 (day 1 is the day after, due at close of business)
         WD(8WH) = WD, 7WD-inquiry = FWD with n 7
  --pause  local times, clock stopped from FROM to TO; may be repeated`;

const UNITS: readonly LimitUnit[] = ['UH', 'UD', 'ND', 'MIN', 'WH', 'WD', 'WMIN', 'FWD'];

class Unanswerable extends Error {}

function main(): void {
  const { values } = parseArgs({
    options: {
      unit: { type: 'string' },
      n: { type: 'string' },
      start: { type: 'string' },
      pause: { type: 'string', multiple: true, default: [] },
      lang: { type: 'string', default: 'zh' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return;
  }
  if (values.lang !== 'zh' && values.lang !== 'en')
    throw new Unanswerable(`--lang 只能是 zh 或 en / must be zh or en: ${values.lang}`);
  const limit = readLimit(values.unit, values.n);
  const start = readMoment(values.start, '--start');
  answer(limit, start, values.pause.map(readPause), values.lang, values.json);
}

function answer(limit: Limit, start: Instant, pauses: readonly Pause[], language: Language, json: boolean): void {
  const compiled = compileWorkTime(loadCalendar(), [DEFAULT_SCHEDULE], BEIJING);
  if (!compiled.ok) throw new Unanswerable(compiled.refused);
  const decided = proveDue(compiled.workTime, { limit, start, pauses });
  if (!decided.ok) throw new Unanswerable(sayRefusal(decided.refused, decided.details, limit));
  const { due, proof } = decided;
  const line = proofText({ limit, start, due, proof }, BEIJING, language);
  if (!json) {
    console.log(
      `${language === 'zh' ? '到期时间' : 'Due'}: ${toLocal(due, BEIJING)}\n${language === 'zh' ? '计时依据' : 'Proof'}: ${line}`,
    );
    return;
  }
  const segments = proof.map(({ from, to, counted, why, name }) => ({
    from: toLocal(from, BEIJING),
    to: toLocal(to, BEIJING),
    minutes: (to - from) / MINUTE_MS,
    counted,
    why,
    ...(name === undefined ? {} : { name: name[language] }),
  }));
  const { unit, n } = limit;
  console.log(
    JSON.stringify({ unit, n, start: toLocal(start, BEIJING), due: toLocal(due, BEIJING), proof: line, segments }),
  );
}

/** `7WD-inquiry` carries its number; everything else needs --n. */
function readLimit(unitText: string | undefined, nText: string | undefined): Limit {
  if (unitText === undefined) throw new Unanswerable(`缺少 --unit / --unit is missing\n\n${USAGE}`);
  const folded = unitText.trim().toUpperCase();
  const inquiry = /^(\d+)WD-INQUIRY$/.exec(folded);
  const name = inquiry === null ? folded.replace(/^WD\(8WH\)$/, 'WD') : 'FWD';
  const unit = UNITS.find(known => known === name);
  if (unit === undefined) throw new Unanswerable(`未知的时限单位 / unknown unit: ${unitText}\n\n${USAGE}`);
  const amount = nText ?? inquiry?.[1];
  if (amount === undefined) throw new Unanswerable('缺少 --n / --n is missing');
  if (!/^\d+(\.\d+)?$/.test(amount)) throw new Unanswerable(`--n 应为正数 / must be a positive number: ${amount}`);
  return { unit, n: Number(amount) };
}

function readMoment(text: string | undefined, option: string): Instant {
  if (text === undefined) throw new Unanswerable(`缺少 ${option} / ${option} is missing`);
  const local = parseLocalDateTime(text.trim());
  if (local === undefined)
    throw new Unanswerable(`${option} 应为存在的时间 "YYYY-MM-DD HH:mm" / must be a time that exists: ${text}`);
  return toInstant(local, BEIJING);
}

function readPause(text: string): Pause {
  const [from, to, ...more] = text.split('/');
  if (more.length > 0) throw new Unanswerable(`--pause 应为 "FROM/TO" / must be "FROM/TO": ${text}`);
  return {
    from: readMoment(from, '--pause'),
    to: readMoment(to, '--pause'),
    reason: { zh: '命令行指定', en: 'as told' },
  };
}

function sayRefusal(code: DueRefusal, details: RefusalDetails | undefined, { unit, n }: Limit): string {
  const year = details?.['year'] ?? '';
  const sentences: Record<DueRefusal, string> = {
    'calendar.year_missing': `没有${year}年的放假安排，不能推算 / the working calendar has no data for ${year}, so nothing is computed`,
    'deadline.bad_amount': `时限数量不成立 / no such limit: ${n} ${unit} (whole minutes, more than 0, at most 10 years; ND and FWD whole)`,
    'deadline.bad_pause': '暂停的结束早于开始 / a pause ends before it begins',
    'deadline.pause_open': '暂停没有结束时间 / a pause has no end',
  };
  return `${code}: ${sentences[code]}`;
}

try {
  main();
} catch (error) {
  if (!(error instanceof Unanswerable) && !isArgumentError(error)) throw error;
  console.error(error instanceof Unanswerable ? error.message : `参数有误 / bad arguments: ${error.message}`);
  process.exitCode = 2;
}

function isArgumentError(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}

/** A proof in words, on one line and in the order of time: what was counted, what was not, and why. */
import type { Language } from './bilingual.ts';
import type { Limit } from './deadline.ts';
import { itemsOf, type ProofItem } from './proof-items.ts';
import { PROOF_WORDS, type Gap, type ProofWords } from './proof-words.ts';
import type { ProofSegment } from './proof.ts';
import { HOUR_MS, MINUTE_MS, civilFromDays, localDayOf, toLocal, weekdayOf, type Instant, type Zone } from './time.ts';

export interface ProofLine {
  readonly limit: Limit;
  readonly start: Instant;
  readonly due: Instant;
  readonly proof: readonly ProofSegment[];
}

/** How a limit is said: 「4个工作时」, "4 working hours". */
export function limitText({ unit, n }: Limit, language: Language): string {
  const words = PROOF_WORDS[language];
  return words.amount(n, words.units[unit]);
}

/** A length of time: 「1小时30分钟」, "1 h 30 min"; seconds are said only where there are some. */
export function durationText(ms: number, language: Language): string {
  const hours = Math.floor(ms / HOUR_MS);
  const minutes = Math.floor((ms % HOUR_MS) / MINUTE_MS);
  return PROOF_WORDS[language].duration(hours, minutes, Math.floor((ms % MINUTE_MS) / 1000));
}

/**
 * The proof line. Times are local minutes, seconds are cut off; the year of a day is said where it is not the year of the start.
 * There is no line break inside or at the end.
 */
export function proofText({ limit, start, due, proof }: ProofLine, zone: Zone, language: Language): string {
  const words = PROOF_WORDS[language];
  const year = civilFromDays(localDayOf(start, zone).dayNumber).year;
  let counted = 0;
  const parts = itemsOf(proof, zone).map(item => {
    if (item.segment.why === 'full_day') counted += item.days;
    return itemText(item, { words, zone, year, language }, counted);
  });
  const total = limit.unit === 'FWD' ? words.totalDays(counted) : totalText(limit, proof, language);
  return words.line(
    limitText(limit, language),
    momentText(start, zone, words),
    parts,
    notesOf(proof, words),
    total,
    momentText(due, zone, words),
  );
}

function totalText({ unit, n }: Limit, proof: readonly ProofSegment[], language: Language): string {
  const words = PROOF_WORDS[language];
  const ms = proof.reduce((sum, segment) => sum + (segment.counted ? segment.to - segment.from : 0), 0);
  const length = durationText(ms, language);
  return unit === 'WD' ? words.totalWithDay(length, durationText(ms / n, language)) : words.total(length);
}

interface Setting {
  readonly words: ProofWords;
  readonly zone: Zone;
  readonly year: number;
  readonly language: Language;
}

function itemText(item: ProofItem, setting: Setting, countedDays: number): string {
  const { words, language } = setting;
  const { segment, hours, ms, days } = item;
  const { why } = segment;
  const name = segment.name?.[language];
  switch (why) {
    case 'working_hours':
      return words.worked(daysText(item, setting), hours, durationText(ms, language), days > 1);
    case 'full_day':
      return words.fullDays(daysText(item, setting), countedDays - days + 1, countedDays);
    case 'continuous':
      return words.continuous(stretchText(segment, setting), durationText(ms, language));
    case 'pause':
      return words.paused(stretchText(segment, setting), name);
    case 'start_day':
      return words.startDay(daysText(item, setting));
    case 'break':
    case 'off_hours':
      return words.startsIn(why);
    case 'weekend':
    case 'holiday':
    case 'town_rest':
      return words.rest(daysText(item, setting), why, name);
  }
}

/** 「1月27日至1月30日（周一至周四）」, "26 Jan (Sun, worked in exchange for Spring Festival)". */
function daysText({ first, last, segment }: ProofItem, setting: Setting): string {
  const { words, language } = setting;
  const name = segment.name?.[language];
  const note = segment.day === 'make_up' && name !== undefined ? words.makeUp(name) : undefined;
  const local = segment.day === 'town_work' ? name : undefined;
  const weekday = words.weekday(
    weekdayText(first, words),
    first === last ? undefined : weekdayText(last, words),
    note ?? local,
  );
  const date = dateText(first, setting);
  return `${first === last ? date : words.range(date, dateText(last, setting))}${weekday}`;
}

function stretchText({ from, to }: ProofSegment, setting: Setting): string {
  const { words, zone } = setting;
  const at = (moment: Instant): string =>
    `${dateText(localDayOf(moment, zone).dayNumber, setting)} ${toLocal(moment, zone).slice(11)}`;
  return words.range(at(from), at(to));
}

function dateText(dayNumber: number, { words, year }: Setting): string {
  const civil = civilFromDays(dayNumber);
  return words.date(civil.year === year ? undefined : civil.year, civil.month, civil.day);
}

function weekdayText(dayNumber: number, { weekdays }: ProofWords): string {
  return weekdays[weekdayOf(dayNumber) - 1] ?? '';
}

function momentText(at: Instant, zone: Zone, words: ProofWords): string {
  return `${toLocal(at, zone)}${words.weekday(weekdayText(localDayOf(at, zone).dayNumber, words), undefined, undefined)}`;
}

/** Lunch and nights are said once for the whole line. */
function notesOf(proof: readonly ProofSegment[], words: ProofWords): string {
  if (proof.some(({ why }) => why === 'continuous')) return words.nightsCount;
  const seen = new Set(proof.slice(1).map(({ why }) => why));
  const gaps = (['break', 'off_hours'] as const satisfies readonly Gap[]).filter(gap => seen.has(gap));
  return gaps.length === 0 ? '' : words.gaps(gaps);
}

/**
 * Working hours (作息): which minutes of a working day count. Several schedules stand side by side: a base that is always
 * there, seasonal ones (Henan offices keep summer and winter hours) and ones valid between two dates, down to a single day.
 */
import { accept, refuse, type Decision } from './decision.ts';
import type { LocalDate } from './time.ts';

/** Minutes after local midnight, `open` included, `close` not: 08:00–12:00 is { open: 480, close: 720 }. */
export interface WorkSpan {
  readonly open: number;
  readonly close: number;
}

/** 'MM-DD', both ends included; a season may run over New Year (from '10-01' to '04-30'). */
export interface Season {
  readonly from: string;
  readonly to: string;
}

export interface Schedule {
  readonly id: string;
  /** First and last day of validity, both included; null is open. */
  readonly validFrom: LocalDate | null;
  readonly validTo: LocalDate | null;
  readonly season: Season | null;
  readonly spans: readonly WorkSpan[];
}

/** 08:00–12:00 and 14:00–18:00, 480 minutes: the default of the two engines in wide use; each town sets its own. */
export const DEFAULT_SCHEDULE: Schedule = {
  id: 'default',
  validFrom: null,
  validTo: null,
  season: null,
  spans: [
    { open: 480, close: 720 },
    { open: 840, close: 1080 },
  ],
};

export type ScheduleRefusal =
  'schedule.no_base' | 'schedule.bad_hours' | 'schedule.bad_season' | 'schedule.bad_validity';

/** Working minutes of one full day. */
export function dayMinutes(schedule: Schedule): number {
  return schedule.spans.reduce((sum, { open, close }) => sum + close - open, 0);
}

/**
 * A set of schedules is good when each has hours that rise within one day, and one of them is a base, open at both ends and
 * without season, so that no working day is ever left without hours.
 */
export function checkSchedules(schedules: readonly Schedule[]): Decision<object, ScheduleRefusal> {
  for (const { id, spans, season, validFrom, validTo } of schedules) {
    if (!hoursRise(spans)) return refuse('schedule.bad_hours', { schedule: id });
    if (season !== null && !(isMonthDay(season.from) && isMonthDay(season.to)))
      return refuse('schedule.bad_season', { schedule: id });
    if (validFrom !== null && validTo !== null && validTo < validFrom)
      return refuse('schedule.bad_validity', { schedule: id });
  }
  return schedules.some(isBase) ? accept({}) : refuse('schedule.no_base');
}

/**
 * The schedule of a day: among those valid, a dated one wins over an undated, then a seasonal over one for the whole year,
 * then the later `validFrom`, then the later in the list. Throws when none is valid; `checkSchedules` rules that out.
 */
export function scheduleOn(schedules: readonly Schedule[], date: LocalDate): Schedule {
  let best: Schedule | undefined;
  for (const schedule of schedules)
    if (isValidOn(schedule, date) && (best === undefined || rank(schedule) >= rank(best))) best = schedule;
  if (best === undefined) throw new RangeError(`no working hours on ${date}`);
  return best;
}

function rank({ validFrom, validTo, season }: Schedule): string {
  const dated = validFrom !== null || validTo !== null ? '1' : '0';
  return `${dated}${season === null ? '0' : '1'}${validFrom ?? ''}`;
}

function isBase({ validFrom, validTo, season }: Schedule): boolean {
  return validFrom === null && validTo === null && season === null;
}

function isValidOn({ validFrom, validTo, season }: Schedule, date: LocalDate): boolean {
  if (validFrom !== null && date < validFrom) return false;
  if (validTo !== null && date > validTo) return false;
  return season === null || isInSeason(season, date);
}

/** True on both end days of the season. */
export function isInSeason({ from, to }: Season, date: LocalDate): boolean {
  const monthDay = date.slice(5);
  return from <= to ? from <= monthDay && monthDay <= to : monthDay >= from || monthDay <= to;
}

function isMonthDay(text: string): boolean {
  const match = /^(\d{2})-(\d{2})$/.exec(text);
  if (match === null) return false;
  const month = Number(match[1]);
  const day = Number(match[2]);
  return month >= 1 && month <= 12 && day >= 1 && day <= (month === 2 ? 29 : [4, 6, 9, 11].includes(month) ? 30 : 31);
}

function hoursRise(spans: readonly WorkSpan[]): boolean {
  let previous = 0;
  for (const { open, close } of spans) {
    if (!Number.isInteger(open) || !Number.isInteger(close) || open < previous || close <= open) return false;
    previous = close;
  }
  return spans.length > 0 && previous <= 1440;
}

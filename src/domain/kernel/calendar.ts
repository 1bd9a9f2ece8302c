/**
 * The working calendar: which days are worked. Built from plain data, year by year; a year without data is refused, because
 * the State Council announces holidays and make-up days only in the autumn before, and a guess would be a wrong deadline.
 */
import type { Bilingual } from './bilingual.ts';
import { dateOfDay, dayOfDate, weekdayOf, yearOf, type LocalDate } from './time.ts';

export interface NamedDay {
  readonly date: LocalDate;
  readonly name: Bilingual;
}

/** One year as announced: days off (weekends inside a holiday may be listed too) and weekend days that are worked (调休). */
export interface CalendarYear {
  readonly year: number;
  readonly holidays: readonly NamedDay[];
  readonly makeUpDays: readonly NamedDay[];
}

/** A day that one town treats differently: a local holiday (开斋节 in a Hui town), a snow-day order, an extra working day. */
export interface TownDay extends NamedDay {
  readonly works: boolean;
}

/** Why a day is worked or not. `town_*` come from the town's own days and win over everything else. */
export type DayKind = 'weekday' | 'weekend' | 'holiday' | 'make_up' | 'town_rest' | 'town_work';

export interface DayStatus {
  readonly works: boolean;
  readonly kind: DayKind;
  /** The holiday, or the holiday that a make-up day pays for; absent on plain days. */
  readonly name?: Bilingual;
}

export interface WorkingCalendar {
  readonly firstYear: number;
  readonly lastYear: number;
  hasYear(year: number): boolean;
  /** Throws `CalendarYearMissing` outside the years given; so do the other questions about a day. */
  statusOf(date: LocalDate): DayStatus;
  isWorkday(date: LocalDate): boolean;
  /** The first working day after the date. */
  nextWorkday(date: LocalDate): LocalDate;
}

/** Thrown by questions about single days; the deadline engine turns it into a refusal of the same code. */
export class CalendarYearMissing extends Error {
  readonly code = 'calendar.year_missing';
  readonly year: number;

  constructor(year: number) {
    super(`The working calendar has no data for ${year}`);
    this.name = 'CalendarYearMissing';
    this.year = year;
  }
}

const WEEKDAY: DayStatus = { works: true, kind: 'weekday' };
const WEEKEND: DayStatus = { works: false, kind: 'weekend' };

/**
 * Builds a calendar. A day listed twice keeps its last entry; a day of another year than its own list, or no year at all,
 * throws RangeError: such data was never announced by anybody.
 */
export function buildCalendar(years: readonly CalendarYear[], townDays: readonly TownDay[] = []): WorkingCalendar {
  if (years.length === 0) throw new RangeError('a working calendar needs at least one year');
  const known = new Set(years.map(({ year }) => year));
  const special = specialDays(years, townDays);

  function statusOf(date: LocalDate): DayStatus {
    if (!known.has(yearOf(date))) throw new CalendarYearMissing(yearOf(date));
    return special.get(date) ?? (weekdayOf(dayOfDate(date)) <= 5 ? WEEKDAY : WEEKEND);
  }

  return {
    firstYear: Math.min(...known),
    lastYear: Math.max(...known),
    hasYear: year => known.has(year),
    statusOf,
    isWorkday: date => statusOf(date).works,
    nextWorkday(date) {
      let day = dayOfDate(date) + 1;
      while (!statusOf(dateOfDay(day)).works) day += 1;
      return dateOfDay(day);
    },
  };
}

function specialDays(years: readonly CalendarYear[], townDays: readonly TownDay[]): ReadonlyMap<LocalDate, DayStatus> {
  const special = new Map<LocalDate, DayStatus>();
  for (const { year, holidays, makeUpDays } of years) {
    for (const { date, name } of [...holidays, ...makeUpDays])
      if (yearOf(date) !== year) throw new RangeError(`${date} (${name.en}) stands in the list of ${year}`);
    for (const { date, name } of holidays) special.set(date, { works: false, kind: 'holiday', name });
    for (const { date, name } of makeUpDays) special.set(date, { works: true, kind: 'make_up', name });
  }
  for (const { date, name, works } of townDays)
    special.set(date, { works, kind: works ? 'town_work' : 'town_rest', name });
  return special;
}

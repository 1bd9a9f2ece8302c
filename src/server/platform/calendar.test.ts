import { describe, expect, it } from 'vitest';
import { CalendarYearMissing } from '../../domain/kernel/calendar.ts';
import { dayOfDate, weekdayOf, type LocalDate } from '../../domain/kernel/time.ts';
import { announcedYears, loadCalendar } from './calendar.ts';

const calendar = loadCalendar();
const on = (date: string): LocalDate => date as LocalDate;

/** Statutory days off by the rules in force: three golden weeks before 2008, seven festivals since, two days more since 2025. */
function statutoryDays(year: number): number {
  if (year < 2008) return 1 + 3 + 3 + 3;
  return year < 2025 ? 1 + 3 + 1 + 1 + 1 + 1 + 3 : 1 + 4 + 1 + 2 + 1 + 1 + 3;
}

describe('the calendar that ships', () => {
  it('knows 2004 to 2026 and no other year', () => {
    expect(announcedYears().map(({ year }) => year)).toEqual(Array.from({ length: 23 }, (_, index) => 2004 + index));
    expect([calendar.firstYear, calendar.lastYear]).toEqual([2004, 2026]);
    for (const date of ['2003-12-31', '2027-01-04']) {
      expect(() => calendar.isWorkday(on(date))).toThrow(CalendarYearMissing);
      expect(() => calendar.isWorkday(on(date))).toThrow(date.slice(0, 4));
    }
    expect(() => calendar.nextWorkday(on('2026-12-31'))).toThrow(CalendarYearMissing);
  });

  it.each([
    ['2012', '01-21 01-29 03-31 04-01 04-28 09-29'],
    ['2013', '01-05 01-06 02-16 02-17 04-07 04-27 04-28 06-08 06-09 09-22 09-29 10-12'],
    ['2014', '01-26 02-08 05-04 09-28 10-11'],
    ['2025', '01-26 02-08 04-27 09-28 10-11'],
    ['2026', '01-04 02-14 02-28 05-09 09-20 10-10'],
  ])('has the make-up days that the State Council announced for %s', (year, days) => {
    const data = announcedYears().find(entry => String(entry.year) === year);
    expect(data?.makeUpDays.map(({ date }) => date.slice(5)).join(' ')).toBe(days);
  });

  it('gives each year its statutory days: every other weekday off is paid for by a make-up day', () => {
    const balance = new Map<number, number>();
    for (const { year, holidays, makeUpDays } of announcedYears()) {
      // New Year 2006, 2007 and later were paid for, or began, in the last days of the year before.
      const yearOfFestival = (date: string): number => (date.slice(5, 7) === '12' ? year + 1 : year);
      for (const { date } of holidays)
        if (weekdayOf(dayOfDate(date)) <= 5)
          balance.set(yearOfFestival(date), (balance.get(yearOfFestival(date)) ?? 0) + 1);
      for (const { date } of makeUpDays)
        balance.set(yearOfFestival(date), (balance.get(yearOfFestival(date)) ?? 0) - 1);
    }
    for (const { year } of announcedYears()) {
      // 2015: one day for the anniversary; 2020: the Spring Festival was prolonged by two working days against the epidemic.
      const extra = year === 2015 ? 1 : year === 2020 ? 2 : 0;
      expect([year, balance.get(year)]).toEqual([year, statutoryDays(year) + extra]);
    }
  });

  it('names days in both languages', () => {
    expect(calendar.statusOf(on('2014-01-31'))).toEqual({
      works: false,
      kind: 'holiday',
      name: { zh: '春节', en: 'Spring Festival' },
    });
    expect(calendar.statusOf(on('2014-01-26')).kind).toBe('make_up');
    expect(calendar.statusOf(on('2014-04-07')).name?.zh).toBe('清明节');
    expect(calendar.statusOf(on('2015-09-03')).name?.zh).toBe('抗战胜利70周年纪念日');
    expect(calendar.statusOf(on('2014-01-25'))).toEqual({ works: false, kind: 'weekend' });
  });

  it('takes an imported year instead of its own, and a new year beyond the last', () => {
    const name = { zh: '元旦', en: "New Year's Day" };
    const imported = loadCalendar([
      { year: 2027, holidays: [{ date: on('2027-01-01'), name }], makeUpDays: [] },
      { year: 2026, holidays: [], makeUpDays: [] },
    ]);
    expect(imported.lastYear).toBe(2027);
    expect(imported.isWorkday(on('2027-01-01'))).toBe(false);
    expect(imported.isWorkday(on('2026-10-01'))).toBe(true);
  });
});

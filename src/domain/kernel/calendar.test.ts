import { describe, expect, it } from 'vitest';
import { CalendarYearMissing, buildCalendar, type CalendarYear } from './calendar.ts';
import type { LocalDate } from './time.ts';

const on = (date: string): LocalDate => date as LocalDate;
const spring = { zh: '春节', en: 'Spring Festival' };
const year2014: CalendarYear = {
  year: 2014,
  holidays: ['2014-01-31', '2014-02-03', '2014-02-04'].map(date => ({ date: on(date), name: spring })),
  makeUpDays: [{ date: on('2014-02-08'), name: spring }],
};

describe('buildCalendar', () => {
  it('works Monday to Friday, rests on holidays, works on make-up days', () => {
    const calendar = buildCalendar([year2014]);
    expect(calendar.isWorkday(on('2014-01-30'))).toBe(true);
    expect(calendar.isWorkday(on('2014-01-31'))).toBe(false);
    expect(calendar.isWorkday(on('2014-02-01'))).toBe(false);
    expect(calendar.isWorkday(on('2014-02-08'))).toBe(true);
    expect(calendar.nextWorkday(on('2014-01-30'))).toBe('2014-02-05');
    expect(calendar.nextWorkday(on('2014-02-07'))).toBe('2014-02-08');
  });

  it('lets the days of the town win', () => {
    const calendar = buildCalendar(
      [year2014],
      [
        { date: on('2014-07-28'), works: false, name: { zh: '开斋节', en: 'Eid al-Fitr' } },
        { date: on('2014-02-03'), works: true, name: { zh: '扫雪', en: 'snow clearing' } },
      ],
    );
    expect(calendar.statusOf(on('2014-07-28'))).toMatchObject({ works: false, kind: 'town_rest' });
    expect(calendar.statusOf(on('2014-02-03'))).toMatchObject({ works: true, kind: 'town_work' });
  });

  it('refuses a year that it does not have, also one between two that it has', () => {
    const calendar = buildCalendar([year2014, { year: 2016, holidays: [], makeUpDays: [] }]);
    for (const date of ['2013-12-31', '2015-06-01', '2017-01-01'])
      expect(() => calendar.isWorkday(on(date))).toThrow(CalendarYearMissing);
    expect(calendar.hasYear(2015)).toBe(false);
  });

  it('refuses a day that stands in the list of another year, and no years at all', () => {
    expect(() => buildCalendar([{ ...year2014, year: 2015 }])).toThrow(
      '2014-01-31 (Spring Festival) stands in the list of 2015',
    );
    expect(() => buildCalendar([])).toThrow(RangeError);
  });
});

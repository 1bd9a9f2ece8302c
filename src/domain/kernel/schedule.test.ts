import { describe, expect, it } from 'vitest';
import { DEFAULT_SCHEDULE, checkSchedules, dayMinutes, isInSeason, scheduleOn, type Schedule } from './schedule.ts';
import type { LocalDate } from './time.ts';

const on = (date: string): LocalDate => date as LocalDate;
/** Henan's summer hours, 15:00–18:30 in the afternoon: 450 minutes. */
const summer: Schedule = {
  ...DEFAULT_SCHEDULE,
  id: 'summer',
  season: { from: '06-01', to: '09-30' },
  spans: [
    { open: 480, close: 720 },
    { open: 900, close: 1110 },
  ],
};
const halfDay: Schedule = {
  ...DEFAULT_SCHEDULE,
  id: 'half-day',
  validFrom: on('2014-03-08'),
  validTo: on('2014-03-08'),
  spans: [{ open: 480, close: 720 }],
};

describe('scheduleOn', () => {
  const schedules = [summer, halfDay, DEFAULT_SCHEDULE];

  it.each([
    ['2014-05-31', 'default'],
    ['2014-06-01', 'summer'],
    ['2014-09-30', 'summer'],
    ['2014-10-01', 'default'],
    ['2014-03-07', 'default'],
    ['2014-03-08', 'half-day'],
    ['2014-03-09', 'default'],
  ])('on %s works by %s', (date, id) => expect(scheduleOn(schedules, on(date)).id).toBe(id));

  it('lets the newer of two dated schedules win', () => {
    const from2013 = { ...DEFAULT_SCHEDULE, id: 'from-2013', validFrom: on('2013-01-01') };
    const from2014 = { ...DEFAULT_SCHEDULE, id: 'from-2014', validFrom: on('2014-01-01') };
    expect(scheduleOn([from2014, from2013, DEFAULT_SCHEDULE], on('2014-06-01')).id).toBe('from-2014');
    expect(scheduleOn([from2014, from2013, DEFAULT_SCHEDULE], on('2013-12-31')).id).toBe('from-2013');
  });

  it('counts the minutes of a day', () => {
    expect([dayMinutes(DEFAULT_SCHEDULE), dayMinutes(summer), dayMinutes(halfDay)]).toEqual([480, 450, 240]);
  });

  it('throws where nothing is valid', () => {
    expect(() => scheduleOn([halfDay], on('2014-03-09'))).toThrow(RangeError);
  });
});

describe('seasons', () => {
  it.each([
    ['2014-10-01', true],
    ['2014-12-31', true],
    ['2015-01-01', true],
    ['2015-04-30', true],
    ['2015-05-01', false],
    ['2014-09-30', false],
  ])('a season over New Year has %s: %s', (date, inside) =>
    expect(isInSeason({ from: '10-01', to: '04-30' }, on(date))).toBe(inside),
  );
});

describe('checkSchedules', () => {
  const refused = (schedule: Partial<Schedule>): unknown =>
    checkSchedules([DEFAULT_SCHEDULE, { ...summer, ...schedule }]);

  it('accepts what ships', () => {
    expect(checkSchedules([DEFAULT_SCHEDULE, summer, halfDay])).toEqual({ ok: true });
  });

  it('refuses a set without base', () => {
    expect(checkSchedules([summer, halfDay])).toEqual({ ok: false, refused: 'schedule.no_base' });
  });

  it.each([
    ['no hours', []],
    [
      'hours that overlap',
      [
        { open: 480, close: 800 },
        { open: 780, close: 1080 },
      ],
    ],
    ['hours that fall', [{ open: 720, close: 480 }]],
    ['hours beyond midnight', [{ open: 480, close: 1441 }]],
    ['parts of a minute', [{ open: 480.5, close: 720 }]],
  ])('refuses %s', (_, spans) => {
    expect(refused({ spans })).toMatchObject({ refused: 'schedule.bad_hours', details: { schedule: 'summer' } });
  });

  it('refuses days that do not exist and validity that ends before it begins', () => {
    expect(refused({ season: { from: '02-30', to: '03-01' } })).toMatchObject({ refused: 'schedule.bad_season' });
    expect(refused({ season: { from: '6-1', to: '09-30' } })).toMatchObject({ refused: 'schedule.bad_season' });
    expect(refused({ validFrom: on('2014-02-01'), validTo: on('2014-01-01') })).toMatchObject({
      refused: 'schedule.bad_validity',
    });
  });
});

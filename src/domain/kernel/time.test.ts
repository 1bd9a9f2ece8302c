import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  BEIJING,
  addDays,
  civilFromDays,
  dateOfDay,
  daysFromCivil,
  instant,
  parseLocalDate,
  parseLocalDateTime,
  toInstant,
  toIso,
  toLocal,
  toLocalDate,
  weekdayOf,
  type LocalDate,
  type LocalDateTime,
} from './time.ts';

const SPAN = { min: Date.UTC(1600, 0, 1), max: Date.UTC(2400, 0, 1) };

describe('civil dates', () => {
  it('agree with the platform over eight centuries, day by day', () => {
    const last = SPAN.max / 86_400_000;
    for (let day = SPAN.min / 86_400_000; day <= last; day += 1) {
      const there = new Date(day * 86_400_000);
      const here = civilFromDays(day);
      if (
        here.year !== there.getUTCFullYear() ||
        here.month !== there.getUTCMonth() + 1 ||
        here.day !== there.getUTCDate() ||
        daysFromCivil(here.year, here.month, here.day) !== day ||
        weekdayOf(day) % 7 !== there.getUTCDay()
      )
        expect.fail(`${there.toISOString()} ≠ ${dateOfDay(day)}`);
    }
  });

  it('pass leap days and year ends', () => {
    expect(addDays('2012-02-28' as LocalDate, 1)).toBe('2012-02-29');
    expect(addDays('2013-02-28' as LocalDate, 1)).toBe('2013-03-01');
    expect(addDays('2013-12-31' as LocalDate, 1)).toBe('2014-01-01');
    expect(addDays('2014-01-01' as LocalDate, -1)).toBe('2013-12-31');
  });

  it.each(['2013-02-29', '2013-2-09', '2013-13-01', '2013-00-10', '20130101', '', '今天', '2013-01-01 '])(
    'refuses the date %j',
    text => expect(parseLocalDate(text)).toBeUndefined(),
  );

  it.each(['2013-01-01 24:00', '2013-01-01 9:00', '2013-01-01 10:60', '2013-02-30 10:00', '2013-01-01', '10:00'])(
    'refuses the time %j',
    text => expect(parseLocalDateTime(text)).toBeUndefined(),
  );
});

describe('local time in Beijing', () => {
  it('is eight hours east of UTC', () => {
    const at = toInstant('2014-01-24 17:00' as LocalDateTime, BEIJING);
    expect(toIso(at)).toBe('2014-01-24T09:00:00.000Z');
    expect(toLocal(at, BEIJING)).toBe('2014-01-24 17:00');
  });

  it('changes the date at local midnight, not at midnight UTC', () => {
    const lastMoment = instant(Date.UTC(2014, 0, 23, 15, 59, 59, 999));
    expect(toLocalDate(lastMoment, BEIJING)).toBe('2014-01-23');
    expect(toLocalDate(instant(lastMoment + 1), BEIJING)).toBe('2014-01-24');
  });

  it('cuts seconds off', () => {
    const at = instant(Date.UTC(2014, 0, 24, 9, 0, 59, 999));
    expect(toLocal(at, BEIJING)).toBe('2014-01-24 17:00');
  });

  it('agrees with the platform in both directions', () => {
    fc.assert(
      fc.property(fc.integer(SPAN), epoch => {
        const at = instant(epoch);
        const local = toLocal(at, BEIJING);
        expect(toIso(at)).toBe(new Date(epoch).toISOString());
        expect(parseLocalDateTime(local)).toBe(local);
        expect(toInstant(local, BEIJING)).toBe(Math.floor(epoch / 60_000) * 60_000);
      }),
    );
  });

  it('refuses fractions of a millisecond', () => {
    expect(() => instant(0.5)).toThrow(RangeError);
    expect(() => instant(Number.NaN)).toThrow(RangeError);
  });
});

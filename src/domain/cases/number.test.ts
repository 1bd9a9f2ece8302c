import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { caseNumber, caseNumberPattern, groupCaseNumber, parseCaseNumber, townCodeOf } from './number.ts';

describe("a case's number", () => {
  test('is town, day and serial', () => {
    const number = caseNumber({ townCode: '410105001', day: '2013-10-05', serial: 12 });
    expect(number).toBe('4101050012013100500012');
    expect(groupCaseNumber(number)).toBe('410105001 20131005 00012');
    expect(townCodeOf(number)).toBe('410105001');
  });

  test.each([
    ['4101050012013100500012'],
    ['410105001 20131005 00012'],
    ['410105001-20131005-00012'],
    [' 410105001\t20131005\n00012 '],
    ['４１０１０５００１　２０１３１００５　０００１２'],
  ])('is understood as typed: %s', typed => {
    expect(parseCaseNumber(typed)).toBe('4101050012013100500012');
  });

  test.each([
    [''],
    ['41010500120131005000'],
    ['41010500120131005000121'],
    ['41010500120131005000l2'],
    ['经八路'],
    ['𠮷'],
  ])('is not %s', typed => {
    expect(parseCaseNumber(typed)).toBeNull();
  });

  test('comes back from its groups, whatever the parts', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 100_000_000, max: 999_999_999 }),
        fc.date({ min: new Date('2012-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }),
        fc.integer({ min: 1, max: 99_999 }),
        (town, date, serial) => {
          const number = caseNumber({ townCode: String(town), day: date.toISOString().slice(0, 10), serial });
          expect(number).toMatch(caseNumberPattern);
          expect(parseCaseNumber(groupCaseNumber(number))).toBe(number);
          expect(townCodeOf(number)).toBe(String(town));
        },
      ),
      { seed: 2013 },
    );
  });

  test('rises with the serial as text, so that a list by number is a list by time', () => {
    const of = (serial: number) => caseNumber({ townCode: '410105001', day: '2013-10-05', serial });
    expect([of(2), of(10), of(99_999)].toSorted()).toEqual([of(2), of(10), of(99_999)]);
  });
});

/**
 * Deadlines computed a second way, by walking minute after minute with the platform's Date and the holiday package itself.
 * It shares no line with src/domain/kernel: where the two agree, the fault would have to be made twice.
 */
import chineseDays from 'chinese-days';

const MINUTE = 60_000;
export const FIRST_YEAR = 2004;
export const LAST_YEAR = 2026;
const BEGIN = Date.UTC(FIRST_YEAR, 0, 1);
const END = Date.UTC(LAST_YEAR + 1, 0, 1);

/** The package forgets one make-up day of 23 years: the Saturday that paid for New Year 2006 (国办发明电〔2005〕35号). */
const FORGOTTEN = '2005-12-31';

export function isWorkedDay(date: string): boolean {
  return date === FORGOTTEN || chineseDays.isWorkday(date);
}

function markMinutes(): Uint8Array {
  const minutes = new Uint8Array((END - BEGIN) / MINUTE);
  for (let midnight = BEGIN; midnight < END; midnight += 1440 * MINUTE) {
    if (!isWorkedDay(new Date(midnight).toISOString().slice(0, 10))) continue;
    const first = (midnight - BEGIN) / MINUTE;
    for (let minute = 8 * 60; minute < 18 * 60; minute += 1)
      if (minute < 12 * 60 || minute >= 14 * 60) minutes[first + minute] = 1;
  }
  return minutes;
}

/** 1 for each minute of 2004–2026 that is worked; local time is treated as if it were UTC, so no zone can interfere. */
const worked: Uint8Array = markMinutes();

/** Minutes since the beginning of 2004, local. */
export function minuteOf(local: string): number {
  return (Date.parse(`${local.replace(' ', 'T')}:00Z`) - BEGIN) / MINUTE;
}

export function localOf(minute: number): string {
  return new Date(BEGIN + minute * MINUTE).toISOString().slice(0, 16).replace('T', ' ');
}

/** For each of the rising numbers of working minutes, the minute at whose end it is used up; undefined once 2026 is over. */
export function walkWorking(start: number, minutes: readonly number[]): (number | undefined)[] {
  const found: (number | undefined)[] = [];
  let used = 0;
  for (let minute = start; minute < worked.length && found.length < minutes.length; minute += 1) {
    used += worked[minute] ?? 0;
    if (worked[minute] === 1 && used === minutes[found.length]) found.push(minute + 1);
  }
  while (found.length < minutes.length) found.push(undefined);
  return found;
}

/** Full working days: the day after the start is day 1; due at 18:00 of day n. */
export function walkFullDays(start: number, n: number): number | undefined {
  let left = n;
  for (let day = Math.floor(start / 1440) + 1; day * 1440 < worked.length; day += 1) {
    if (worked[day * 1440 + 8 * 60] !== 1) continue;
    left -= 1;
    if (left === 0) return day * 1440 + 18 * 60;
  }
  return undefined;
}

/** Working minutes from one minute to another, counted one by one. */
export function countWorking(from: number, to: number): number {
  let sum = 0;
  for (let minute = from; minute < to; minute += 1) sum += worked[minute] ?? 0;
  return sum;
}

/** The due time of any unit as local text, or undefined beyond 2026. */
export function dueByWalking(unit: string, n: number, start: string): string | undefined {
  const from = minuteOf(start);
  const continuous = { MIN: 1, UH: 60, UD: 1440, ND: 1440 }[unit];
  const working = { WMIN: 1, WH: 60, WD: 480 }[unit];
  let due: number | undefined;
  if (continuous !== undefined) due = from + n * continuous;
  else if (working !== undefined) [due] = walkWorking(from, [n * working]);
  else if (unit === 'FWD') due = walkFullDays(from, n);
  else throw new Error(`unknown unit ${unit}`);
  return due === undefined ? undefined : localOf(due);
}

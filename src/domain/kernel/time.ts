/**
 * Instants and local dates as plain numbers and strings, with civil-date arithmetic of our own: rules must give the same
 * answer on a server in any time zone and on a phone, so the platform's Date (which reads the machine's zone) stays outside.
 *
 * [Note: Fixed offset] The business zone has one fixed offset. China has kept UTC+8 without summer time since 1991-09-15 and
 * our calendar begins in 2004, so no rule of ours can meet a change of offset. A zone with summer time is refused by its type:
 * there is no place to put the second offset.
 */

declare const measure: unique symbol;

/** Milliseconds since 1970-01-01T00:00Z, whole. */
export type Instant = number & { readonly [measure]: 'instant' };
/** 'YYYY-MM-DD' in the business zone. */
export type LocalDate = string & { readonly [measure]: 'local-date' };
/** 'YYYY-MM-DD HH:mm' in the business zone. */
export type LocalDateTime = string & { readonly [measure]: 'local-date-time' };
/** Days since 1970-01-01 in the business zone: the form in which dates are counted. */
export type DayNumber = number & { readonly [measure]: 'day-number' };

/** The business time zone: a name for people, minutes east of UTC for the arithmetic. */
export interface Zone {
  readonly name: string;
  readonly offsetMinutes: number;
}

export const BEIJING: Zone = { name: 'Asia/Shanghai', offsetMinutes: 480 };

export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;
export const DAY_MINUTES = 1440;

/** The number as an instant. Throws RangeError when it is not a whole number: a fault of the caller, not of a user. */
export function instant(epochMs: number): Instant {
  if (!Number.isSafeInteger(epochMs)) throw new RangeError(`not an instant: ${epochMs}`);
  return epochMs as Instant;
}

/** Days since 1970-01-01 of a date of the proleptic Gregorian calendar (Howard Hinnant, "chrono-compatible low-level date algorithms"). */
export function daysFromCivil(year: number, month: number, day: number): DayNumber {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return (era * 146_097 + dayOfEra - 719_468) as DayNumber;
}

export interface CivilDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** The reverse of `daysFromCivil`. */
export function civilFromDays(dayNumber: number): CivilDate {
  const shifted = dayNumber + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day };
}

/** ISO weekday of a day number: Monday 1 … Sunday 7 (1970-01-01 was a Thursday). */
export function weekdayOf(dayNumber: number): number {
  return ((((dayNumber + 3) % 7) + 7) % 7) + 1;
}

export function dateOfDay(dayNumber: number): LocalDate {
  const { year, month, day } = civilFromDays(dayNumber);
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}` as LocalDate;
}

/** Day number of a date that is already known to be good. */
export function dayOfDate(date: LocalDate): DayNumber {
  return daysFromCivil(Number(date.slice(0, 4)), Number(date.slice(5, 7)), Number(date.slice(8, 10)));
}

export function addDays(date: LocalDate, days: number): LocalDate {
  return dateOfDay(dayOfDate(date) + days);
}

export function yearOf(date: LocalDate): number {
  return Number(date.slice(0, 4));
}

/** 'YYYY-MM-DD' of a day that exists, else undefined (2013-02-29, 2013-2-9 and '今天' are refused). */
export function parseLocalDate(text: string): LocalDate | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (match === null) return undefined;
  const date = dateOfDay(daysFromCivil(Number(match[1]), Number(match[2]), Number(match[3])));
  return date === text ? date : undefined;
}

/** 'YYYY-MM-DD HH:mm' (a `T` between is accepted) of a minute that exists, else undefined; 24:00 is refused. */
export function parseLocalDateTime(text: string): LocalDateTime | undefined {
  const match = /^(\d{4}-\d{2}-\d{2})[ T]([01]\d|2[0-3]):([0-5]\d)$/.exec(text);
  const date = match?.[1] === undefined ? undefined : parseLocalDate(match[1]);
  return date === undefined ? undefined : (`${date} ${text.slice(11)}` as LocalDateTime);
}

export function toInstant(local: LocalDateTime, zone: Zone): Instant {
  const minute = Number(local.slice(11, 13)) * 60 + Number(local.slice(14, 16));
  return instantAt(dayOfDate(local.slice(0, 10) as LocalDate), minute, zone);
}

/** The local minute in which the instant lies (seconds are cut off, never rounded up). */
export function toLocal(at: Instant, zone: Zone): LocalDateTime {
  const { dayNumber, ms } = localDayOf(at, zone);
  const minute = Math.floor(ms / MINUTE_MS);
  return `${dateOfDay(dayNumber)} ${clockText(minute)}` as LocalDateTime;
}

export function toLocalDate(at: Instant, zone: Zone): LocalDate {
  return dateOfDay(localDayOf(at, zone).dayNumber);
}

/** The local day of an instant and the milliseconds passed since its midnight. */
export function localDayOf(at: Instant, zone: Zone): { dayNumber: DayNumber; ms: number } {
  const local = at + zone.offsetMinutes * MINUTE_MS;
  const dayNumber = Math.floor(local / DAY_MS) as DayNumber;
  return { dayNumber, ms: local - dayNumber * DAY_MS };
}

/** The instant of a minute of a local day; minute 1440 is the next midnight. */
export function instantAt(dayNumber: number, minuteOfDay: number, zone: Zone): Instant {
  return instant(dayNumber * DAY_MS + (minuteOfDay - zone.offsetMinutes) * MINUTE_MS);
}

/** Minute of the day as 'HH:mm'; 1440 reads 24:00, the end of the day. */
export function clockText(minuteOfDay: number): string {
  return `${pad(Math.floor(minuteOfDay / 60), 2)}:${pad(minuteOfDay % 60, 2)}`;
}

/** RFC 3339 in UTC with milliseconds, for the wire: '2014-01-24T09:00:00.000Z'. */
export function toIso(at: Instant): string {
  const { dayNumber, ms } = localDayOf(at, { name: 'UTC', offsetMinutes: 0 });
  const seconds = pad(Math.floor((ms % MINUTE_MS) / 1000), 2);
  return `${dateOfDay(dayNumber)}T${clockText(Math.floor(ms / MINUTE_MS))}:${seconds}.${pad(ms % 1000, 3)}Z`;
}

function pad(value: number, digits: number): string {
  return String(value).padStart(digits, '0');
}

/**
 * Deadlines: from a start, a limit and the pauses to the instant at which the limit runs out, and back to what was used.
 * The due time is never stored alone: keep the request beside it and recompute when the calendar changes.
 *
 * [Note: How time counts] A continuous clock (UH, UD, ND, MIN) always runs. A working clock (WH, WD, WMIN) runs only within
 * the hours of a working day, so a start at lunch, at night or on a day of rest begins to count with the next opening minute.
 * The due time is the first instant at which the limit is used up: 2 WH from 10:00 end at 12:00, not at 14:00. A pause stops
 * either clock. One WD is one full day of the hours in force when counting begins (480 minutes by default = 8 WH); that number of
 * minutes stays fixed if the hours change on the way, so that a summer timetable does not move limits already running.
 */
import type { Bilingual } from './bilingual.ts';
import { accept, refuse, type Decision, type Refusal } from './decision.ts';
import { dayMinutes } from './schedule.ts';
import { DAY_MINUTES, MINUTE_MS, instantAt, localDayOf, type Instant } from './time.ts';
import { missingYear, scheduleOfDay, whenWorked, workedBefore, type WorkTime } from './work-time.ts';

/**
 * UH 紧急工作时, UD 紧急工作日, ND 自然日 and MIN minutes run continuously; WH 工作时, WD 工作日 and WMIN minutes run in working time.
 * FWD counts full working days: the day after the start is day 1, due at close of business of day n (the inquiry's 7 working days).
 * UD and ND are both n × 24 hours (no summer time, see time.ts): they differ in what they mean, not in how they count.
 */
export type LimitUnit = 'UH' | 'UD' | 'ND' | 'MIN' | 'WH' | 'WD' | 'WMIN' | 'FWD';

export type ClockKind = 'continuous' | 'working';

/** `n` > 0; fractions are fine where they give whole minutes (0.5 WH), but ND and FWD are whole. */
export interface Limit {
  readonly unit: LimitUnit;
  readonly n: number;
}

/** The clock stands still from `from` to `to`; null while nobody knows when it resumes. */
export interface Pause {
  readonly from: Instant;
  readonly to: Instant | null;
  readonly reason: Bilingual;
}

export interface DueRequest {
  readonly limit: Limit;
  readonly start: Instant;
  readonly pauses?: readonly Pause[];
}

export type DueRefusal = 'calendar.year_missing' | 'deadline.bad_amount' | 'deadline.bad_pause' | 'deadline.pause_open';

export interface ClosedPause {
  readonly from: Instant;
  readonly to: Instant;
  readonly reason: Bilingual;
}

/** Minutes of one unit; a WD depends on the hours of its day, an FWD is counted in days. */
const UNIT_MINUTES: Record<Exclude<LimitUnit, 'WD' | 'FWD'>, number> = {
  UH: 60,
  UD: DAY_MINUTES,
  ND: DAY_MINUTES,
  MIN: 1,
  WH: 60,
  WMIN: 1,
};

/** Ten years of 24 hours: more is a slip of the keyboard. */
const MOST_MINUTES = 3660 * DAY_MINUTES;

export function clockOf(unit: LimitUnit): ClockKind {
  return unit === 'UH' || unit === 'UD' || unit === 'ND' || unit === 'MIN' ? 'continuous' : 'working';
}

/**
 * When the limit runs out; with a `share` below 1, when that part of it is used (reminders at 0.5 and 0.8).
 * Refuses a year that the calendar lacks anywhere between start and due, an amount that makes no whole minutes, a pause that
 * ends before it begins, and a pause without end that begins before the due time.
 */
export function computeDue(work: WorkTime, request: DueRequest, share = 1): Decision<{ due: Instant }, DueRefusal> {
  const pauses = mergePauses(request);
  if ('refused' in pauses) return pauses;
  if (request.limit.unit === 'FWD') return fullDaysDue(work, request, pauses, share);
  const need = limitMs(work, request);
  if (typeof need !== 'number') return need;
  return clockOf(request.limit.unit) === 'continuous'
    ? continuousDue(request.start, Math.round(need * share), pauses)
    : workingDue(work, request.start, Math.round(need * share), pauses);
}

/** Milliseconds of the limit on its own clock (not for FWD). */
export function limitMs(work: WorkTime, { limit, start }: DueRequest): number | Refusal<DueRefusal> {
  const { unit, n } = limit;
  if (unit === 'FWD') throw new RangeError('full working days have no length in hours');
  const unitMinutes = unit === 'WD' ? minutesOfWorkingDay(work, start) : UNIT_MINUTES[unit];
  if (typeof unitMinutes !== 'number') return unitMinutes;
  const minutes = Math.round(n * unitMinutes);
  const whole = Math.abs(n * unitMinutes - minutes) < 1e-6 && (unit !== 'ND' || Number.isInteger(n));
  if (!whole || !(minutes > 0) || minutes > MOST_MINUTES) return refuse('deadline.bad_amount', { unit, n });
  return minutes * MINUTE_MS;
}

/** The hours in force on the day of the first working minute after the start decide how long a WD is. */
function minutesOfWorkingDay(work: WorkTime, start: Instant): number | Refusal<DueRefusal> {
  const before = workedBefore(work, start);
  const first = before < 0 ? undefined : whenWorked(work, before + 1);
  const schedule = first === undefined ? undefined : scheduleOfDay(work, localDayOf(first, work.zone).dayNumber);
  return schedule === undefined ? yearMissing(work, start) : dayMinutes(schedule);
}

function continuousDue(
  start: Instant,
  needMs: number,
  pauses: readonly ClosedPause[],
): Decision<{ due: Instant }, DueRefusal> {
  let need = needMs;
  let position: number = start;
  for (const { from, to } of pauses) {
    if (position + need <= from) break;
    if (to === FOREVER) return refuse('deadline.pause_open');
    need -= from - position;
    position = to;
  }
  return accept({ due: (position + need) as Instant });
}

function workingDue(
  work: WorkTime,
  start: Instant,
  needMs: number,
  pauses: readonly ClosedPause[],
): Decision<{ due: Instant }, DueRefusal> {
  let position = workedBefore(work, start);
  if (position < 0) return yearMissing(work, start);
  let need = needMs;
  for (const { from, to } of pauses) {
    const due = whenWorked(work, position + need);
    if (due !== undefined && due <= from) break;
    if (to === FOREVER) return refuse('deadline.pause_open');
    const stopped = workedBefore(work, from);
    const resumed = workedBefore(work, to);
    if (stopped < 0 || resumed < 0) return yearMissing(work, start);
    need -= stopped - position;
    position = resumed;
  }
  const due = whenWorked(work, position + need);
  return due === undefined ? yearMissing(work, start) : knownUntil(work, start, due);
}

/**
 * Day 1 is the first working day after the day of the start, whatever its hour. A working day on which the clock stood still
 * for any working minute is not counted.
 */
function fullDaysDue(
  work: WorkTime,
  { limit, start }: DueRequest,
  pauses: readonly ClosedPause[],
  share: number,
): Decision<{ due: Instant }, DueRefusal> {
  const { unit, n } = limit;
  if (!Number.isInteger(n) || n < 1 || n * DAY_MINUTES > MOST_MINUTES)
    return refuse('deadline.bad_amount', { unit, n });
  let left = Math.ceil(n * share);
  let { dayNumber } = localDayOf(start, work.zone) as { dayNumber: number };
  const end = work.table.firstDay + work.table.days;
  for (dayNumber += 1; dayNumber < end; dayNumber += 1) {
    const schedule = scheduleOfDay(work, dayNumber);
    if (schedule === undefined || pauseOfDay(work, dayNumber, pauses) !== undefined) continue;
    left -= 1;
    if (left > 0) continue;
    const due = instantAt(dayNumber, schedule.spans.at(-1)?.close ?? DAY_MINUTES, work.zone);
    return knownUntil(work, start, due);
  }
  return pauses.some(({ to }) => to === FOREVER) ? refuse('deadline.pause_open') : yearMissing(work, start);
}

/** The pause that takes working time from a day, if one does. */
export function pauseOfDay(work: WorkTime, day: number, pauses: readonly ClosedPause[]): ClosedPause | undefined {
  if (pauses.length === 0) return undefined;
  const spans = scheduleOfDay(work, day)?.spans ?? [];
  return pauses.find(({ from, to }) =>
    spans.some(({ open, close }) => instantAt(day, open, work.zone) < to && from < instantAt(day, close, work.zone)),
  );
}

/** Time used between two instants on a clock, pauses left out; 0 when `to` is not after `from`. A pause without end runs to `to`. */
export function elapsed(
  work: WorkTime,
  clock: ClockKind,
  from: Instant,
  to: Instant,
  pauses: readonly Pause[] = [],
): Decision<{ ms: number }, DueRefusal> {
  if (to <= from) return accept({ ms: 0 });
  const merged = mergePauses({ start: from, pauses });
  if ('refused' in merged) return merged;
  if (clock === 'working') {
    const year = missingYear(work, localDayOf(from, work.zone).dayNumber, localDayOf(to, work.zone).dayNumber);
    if (year !== undefined) return refuse('calendar.year_missing', { year });
  }
  const between = (a: Instant, b: Instant): number =>
    clock === 'continuous' ? b - a : workedBefore(work, b) - workedBefore(work, a);
  let ms = between(from, to);
  for (const pause of merged) if (pause.from < to) ms -= between(pause.from, pause.to < to ? pause.to : to);
  return accept({ ms });
}

/** What is left of the limit at an instant, on the limit's own clock; negative once overdue. For FWD: working time up to the due time. */
export function remaining(work: WorkTime, request: DueRequest, at: Instant): Decision<{ ms: number }, DueRefusal> {
  const { limit, start, pauses } = request;
  if (limit.unit !== 'FWD') {
    const need = limitMs(work, request);
    if (typeof need !== 'number') return need;
    const used = elapsed(work, clockOf(limit.unit), start, at, pauses);
    return used.ok ? accept({ ms: need - used.ms }) : used;
  }
  const decided = computeDue(work, request);
  if (!decided.ok) return decided;
  const late = at > decided.due;
  const gap = late
    ? elapsed(work, 'working', decided.due, at, pauses)
    : elapsed(work, 'working', at, decided.due, pauses);
  return gap.ok ? accept({ ms: late ? -gap.ms : gap.ms }) : gap;
}

const FOREVER = Number.POSITIVE_INFINITY as Instant;
const NONE: readonly ClosedPause[] = [];

/** Pauses in order, cut to what lies after the start, overlapping ones joined under the first reason; one without end lasts for ever. */
export function mergePauses({
  start,
  pauses,
}: Pick<DueRequest, 'start' | 'pauses'>): readonly ClosedPause[] | Refusal<DueRefusal> {
  if (pauses === undefined || pauses.length === 0) return NONE;
  const merged: { from: Instant; to: Instant; reason: Bilingual }[] = [];
  for (const pause of pauses.toSorted((a, b) => a.from - b.from)) {
    const to = pause.to ?? FOREVER;
    if (to < pause.from) return refuse('deadline.bad_pause');
    const from = pause.from < start ? start : pause.from;
    if (to <= from) continue;
    const last = merged.at(-1);
    if (last === undefined || from > last.to) merged.push({ from, to, reason: pause.reason });
    else if (to > last.to) last.to = to;
  }
  return merged;
}

function knownUntil(work: WorkTime, start: Instant, due: Instant): Decision<{ due: Instant }, DueRefusal> {
  const year = missingYear(work, localDayOf(start, work.zone).dayNumber, localDayOf(due, work.zone).dayNumber);
  return year === undefined ? accept({ due }) : refuse('calendar.year_missing', { year });
}

function yearMissing(work: WorkTime, start: Instant): Refusal<'calendar.year_missing'> {
  const year = missingYear(work, localDayOf(start, work.zone).dayNumber, Number.POSITIVE_INFINITY);
  return refuse('calendar.year_missing', year === undefined ? undefined : { year });
}

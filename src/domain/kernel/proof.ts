/**
 * The proof of a due time: every stretch between start and due, counted or not, and why. The stretches follow each other
 * without gap, and the counted ones add up to the limit; proof-text.ts says them in words.
 */
import type { Bilingual } from './bilingual.ts';
import type { DayKind } from './calendar.ts';
import { accept, type Decision } from './decision.ts';
import { clockOf, computeDue, mergePauses, pauseOfDay } from './deadline.ts';
import type { ClosedPause, DueRefusal, DueRequest } from './deadline.ts';
import { DAY_MINUTES, dateOfDay, instantAt, localDayOf, type Instant } from './time.ts';
import { scheduleOfDay, type WorkTime } from './work-time.ts';

export type CountedWhy = 'working_hours' | 'continuous' | 'full_day';
export type SkippedWhy = 'break' | 'off_hours' | 'weekend' | 'holiday' | 'town_rest' | 'start_day' | 'pause';

export interface ProofSegment {
  readonly from: Instant;
  readonly to: Instant;
  readonly counted: boolean;
  readonly why: CountedWhy | SkippedWhy;
  /** For working time: the kind of day, so that a make-up day can be named. */
  readonly day?: DayKind;
  /** The holiday, what a make-up day pays for, or the reason of a pause. */
  readonly name?: Bilingual;
}

/** The due time with its proof. Refuses what `computeDue` refuses. About 20 µs with its words: for people, not for bulk work. */
export function proveDue(
  work: WorkTime,
  request: DueRequest,
): Decision<{ due: Instant; proof: readonly ProofSegment[] }, DueRefusal> {
  const decided = computeDue(work, request);
  if (!decided.ok) return decided;
  const pauses = mergePauses(request);
  if ('refused' in pauses) return pauses;
  const { start, limit } = request;
  const { due } = decided;
  const clipped = clip(stretches(work, request, due, pauses), start, due);
  const proof = limit.unit === 'FWD' ? clipped : layPauses(clipped, pauses);
  return accept({ due, proof: joinAlike(proof) });
}

function stretches(
  work: WorkTime,
  { start, limit }: DueRequest,
  due: Instant,
  pauses: readonly ClosedPause[],
): ProofSegment[] {
  if (clockOf(limit.unit) === 'continuous') return [{ from: start, to: due, counted: true, why: 'continuous' }];
  const first = localDayOf(start, work.zone).dayNumber;
  const last = localDayOf(due, work.zone).dayNumber;
  const segments: ProofSegment[] = [];
  for (let day: number = first; day <= last; day += 1)
    if (limit.unit === 'FWD') segments.push(fullDay(work, day, day === first, pauses));
    else segments.push(...hoursOfDay(work, day));
  return segments;
}

function fullDay(work: WorkTime, day: number, isFirst: boolean, pauses: readonly ClosedPause[]): ProofSegment {
  const whole = { from: instantAt(day, 0, work.zone), to: instantAt(day, DAY_MINUTES, work.zone) };
  if (isFirst) return { ...whole, counted: false, why: 'start_day' };
  const rest = restOfDay(work, day);
  if (rest !== undefined) return rest;
  const pause = pauseOfDay(work, day, pauses);
  if (pause !== undefined) return { ...whole, counted: false, why: 'pause', name: pause.reason };
  return { ...whole, counted: true, why: 'full_day', ...dayFacts(work, day) };
}

function hoursOfDay(work: WorkTime, day: number): ProofSegment[] {
  const rest = restOfDay(work, day);
  if (rest !== undefined) return [rest];
  const facts = dayFacts(work, day);
  const segments: ProofSegment[] = [];
  const add = (from: number, to: number, rest: Pick<ProofSegment, 'counted' | 'why' | 'day' | 'name'>): void => {
    if (from < to) segments.push({ from: instantAt(day, from, work.zone), to: instantAt(day, to, work.zone), ...rest });
  };
  let minute = 0;
  for (const { open, close } of scheduleOfDay(work, day)?.spans ?? []) {
    add(minute, open, { counted: false, why: minute === 0 ? 'off_hours' : 'break' });
    add(open, close, { counted: true, why: 'working_hours', ...facts });
    minute = close;
  }
  add(minute, DAY_MINUTES, { counted: false, why: 'off_hours' });
  return segments;
}

function restOfDay(work: WorkTime, day: number): ProofSegment | undefined {
  const { works, kind, name } = work.calendar.statusOf(dateOfDay(day));
  if (works) return undefined;
  const why = kind === 'holiday' || kind === 'town_rest' ? kind : 'weekend';
  const from = instantAt(day, 0, work.zone);
  const to = instantAt(day, DAY_MINUTES, work.zone);
  return { from, to, counted: false, why, ...(name === undefined ? {} : { name }) };
}

function dayFacts(work: WorkTime, day: number): Pick<ProofSegment, 'day' | 'name'> {
  const { kind, name } = work.calendar.statusOf(dateOfDay(day));
  return name === undefined ? { day: kind } : { day: kind, name };
}

function clip(segments: readonly ProofSegment[], start: Instant, due: Instant): ProofSegment[] {
  return segments
    .map(segment => ({ ...segment, from: later(segment.from, start), to: earlier(segment.to, due) }))
    .filter(({ from, to }) => from < to);
}

/** A pause hides whatever it covers: even a holiday inside it is part of the pause. */
function layPauses(segments: readonly ProofSegment[], pauses: readonly ClosedPause[]): ProofSegment[] {
  return pauses.reduce<ProofSegment[]>((below, { from, to, reason }) => {
    return below.flatMap(segment => {
      const hidden = { from: later(from, segment.from), to: earlier(to, segment.to) };
      if (hidden.from >= hidden.to) return [segment];
      const parts: ProofSegment[] = [
        { ...segment, to: hidden.from },
        { ...hidden, counted: false, why: 'pause', name: reason },
        { ...segment, from: hidden.to },
      ];
      return parts.filter(part => part.from < part.to);
    });
  }, segments.slice());
}

function joinAlike(segments: readonly ProofSegment[]): ProofSegment[] {
  const joined: ProofSegment[] = [];
  for (const segment of segments) {
    const last = joined.at(-1);
    if (last !== undefined && !last.counted && last.why === segment.why && last.name?.zh === segment.name?.zh)
      joined[joined.length - 1] = { ...last, to: segment.to };
    else joined.push(segment);
  }
  return joined;
}

function later(a: Instant, b: Instant): Instant {
  return a > b ? a : b;
}

function earlier(a: Instant, b: Instant): Instant {
  return a < b ? a : b;
}

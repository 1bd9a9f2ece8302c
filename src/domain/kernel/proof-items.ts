/** The stretches of a proof drawn together into what a person reads: equal working days in a row, one rest, one pause. */
import { isGap } from './proof-words.ts';
import type { ProofSegment } from './proof.ts';
import { MINUTE_MS, clockText, localDayOf, type Instant, type Zone } from './time.ts';

export interface ProofItem {
  /** First and last local day. */
  readonly first: number;
  readonly last: number;
  readonly segment: ProofSegment;
  /** Counted clock times of each of its days: ['08:00–12:00', '14:00–18:00']. */
  readonly hours: readonly string[];
  readonly ms: number;
  readonly days: number;
}

/** Lunch and night leave no item, unless the proof begins with them: then they tell why the count starts later. */
export function itemsOf(proof: readonly ProofSegment[], zone: Zone): readonly ProofItem[] {
  const worthTelling = proof.filter(({ counted, why }, index) => counted || index === 0 || !isGap(why));
  return worthTelling
    .map(segment => itemOf(segment, zone))
    .reduce<ProofItem[]>(joinHoursOfDay, [])
    .reduce<ProofItem[]>(joinEqualDays, []);
}

function itemOf(segment: ProofSegment, zone: Zone): ProofItem {
  const from = localDayOf(segment.from, zone);
  const to = localDayOf((segment.to - 1) as Instant, zone);
  const hours = segment.why === 'working_hours' ? [`${minuteText(from.ms)}–${minuteText(to.ms + 1)}`] : [];
  return { first: from.dayNumber, last: to.dayNumber, segment, hours, ms: segment.to - segment.from, days: 1 };
}

function minuteText(ms: number): string {
  return clockText(Math.floor(ms / MINUTE_MS));
}

function joinHoursOfDay(items: ProofItem[], item: ProofItem): ProofItem[] {
  const last = items.at(-1);
  if (last !== undefined && last.hours.length > 0 && item.hours.length > 0 && last.last === item.first)
    items[items.length - 1] = { ...last, hours: [...last.hours, ...item.hours], ms: last.ms + item.ms };
  else items.push(item);
  return items;
}

/** Plain weekdays only: a make-up day always stands alone, because it is what people ask about. */
function joinEqualDays(items: ProofItem[], item: ProofItem): ProofItem[] {
  const last = items.at(-1);
  const alike =
    last?.segment.day === 'weekday' &&
    item.segment.day === 'weekday' &&
    last.segment.why === item.segment.why &&
    last.last + 1 === item.first &&
    last.hours.join() === item.hours.join();
  if (alike) items[items.length - 1] = { ...last, last: item.last, ms: last.ms + item.ms, days: last.days + 1 };
  else items.push(item);
  return items;
}

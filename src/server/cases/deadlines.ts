import { computeDue } from '../../domain/kernel/deadline.ts';

import type { Limit } from '../../domain/cases/limits.ts';
import type { Instant } from '../../domain/kernel/time.ts';
import type { WorkTime } from '../../domain/kernel/work-time.ts';

/** When a limit that starts now runs out; null when the calendar of that year has not been imported: never a guess. */
export type DueOf = (limit: Limit, start: Instant) => Instant | null;

export function dueOf(workTime: WorkTime): DueOf {
  return (limit, start) => {
    const computed = computeDue(workTime, { limit, start });
    if (computed.ok) return computed.due;
    if (computed.refused === 'calendar.year_missing') return null;
    throw new Error(`limit ${limit.n} ${limit.unit}: ${computed.refused}`);
  };
}

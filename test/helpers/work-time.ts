import { DEFAULT_SCHEDULE } from '../../src/domain/kernel/schedule.ts';
import {
  BEIJING,
  parseLocalDateTime,
  toInstant,
  toLocal,
  type Instant,
  type LocalDateTime,
} from '../../src/domain/kernel/time.ts';
import { compileWorkTime, type WorkTime } from '../../src/domain/kernel/work-time.ts';
import { loadCalendar } from '../../src/server/platform/calendar.ts';

/** The working time as it ships: announced years, 08:00–12:00 and 14:00–18:00, Beijing. */
export function shippedWorkTime(): WorkTime {
  const compiled = compileWorkTime(loadCalendar(), [DEFAULT_SCHEDULE], BEIJING);
  if (!compiled.ok) throw new Error(compiled.refused);
  return compiled.workTime;
}

export function at(local: string): Instant {
  const parsed = parseLocalDateTime(local);
  if (parsed === undefined) throw new Error(`no such time: ${local}`);
  return toInstant(parsed, BEIJING);
}

export function local(instant: Instant): LocalDateTime {
  return toLocal(instant, BEIJING);
}

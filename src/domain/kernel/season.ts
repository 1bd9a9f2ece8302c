/**
 * Limits that only run in season ("replant in the planting season, 15 working days"): outside the season the clock stands
 * still, and the case is suspended (挂账) with the opening of the season as its date.
 */
import type { Bilingual } from './bilingual.ts';
import type { Pause } from './deadline.ts';
import { isInSeason, type Season } from './schedule.ts';
import { dateOfDay, instantAt, localDayOf, type Instant, type Zone } from './time.ts';

/** The pauses that keep a clock to its season, from the start on for so many days (three years unless told). */
export function pausesOutsideSeason(
  season: Season,
  start: Instant,
  zone: Zone,
  reason: Bilingual,
  days = 1096,
): readonly Pause[] {
  const first = localDayOf(start, zone).dayNumber;
  const pauses: Pause[] = [];
  let since: number | undefined;
  for (let day: number = first; day <= first + days; day += 1) {
    const open = isInSeason(season, dateOfDay(day));
    if (!open && since === undefined) since = day;
    if (open && since !== undefined) {
      pauses.push({ from: instantAt(since, 0, zone), to: instantAt(day, 0, zone), reason });
      since = undefined;
    }
  }
  if (since !== undefined)
    pauses.push({ from: instantAt(since, 0, zone), to: instantAt(first + days + 1, 0, zone), reason });
  return pauses;
}

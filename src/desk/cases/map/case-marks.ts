/** Rows of the list as marks of the map. */
import { timeLeft } from '../../../browser/time/words.ts';
import { states } from '../../../domain/cases/states.ts';

import { hasDue } from '../queue/ClockLeft.tsx';

import type { CaseRow } from '../../../contracts/cases.ts';
import type { CaseMark } from '../../../browser/map/maplibre-cases.ts';
import type { Position, Territory } from '../../../browser/map/maplibre-style.ts';
import type { Locale } from '../../../browser/i18n/locale.ts';

/** Where a case stands: its point, else where its deepest grid's name is written; null when neither is known. */
export function positionOf(
  row: Pick<CaseRow, 'lng' | 'lat' | 'grid'>,
  territory: Pick<Territory, 'grids'> | undefined,
): Position | null {
  if (row.lng !== null && row.lat !== null) return [row.lng, row.lat];
  const deepest = row.grid.at(-1)?.id;
  return territory?.grids.find(grid => grid.id === deepest)?.label ?? null;
}

/** The mark of a row; null when it has no place. */
export function markOf(
  row: CaseRow,
  territory: Pick<Territory, 'grids'> | undefined,
  now: number,
  locale: Locale,
): CaseMark | null {
  const position = positionOf(row, territory);
  if (position === null) return null;
  const { open } = states[row.state];
  const left = open && hasDue(row.clock) ? timeLeft(row.clock, now, locale) : null;
  return {
    id: row.id,
    position,
    state: row.state,
    late: left?.urgency === 'late',
    urgent: open && row.urgency === 'A',
    words: left?.words ?? '',
  };
}

import { useWords } from '../../../browser/i18n/use-words.ts';
import { TimeLeft } from '../../../browser/ui/TimeLeft.tsx';
import { words } from '../../words/words.ts';

import type { ClockView } from '../../../contracts/cases.ts';

/** A clock whose due time is known. */
export type DueClock = ClockView & { readonly dueAt: number };

export const hasDue = (clock: ClockView | null): clock is DueClock => clock !== null && clock.dueAt !== null;

/** Time left on a clock; when the calendar of that year is missing, nothing is guessed and that is said. */
export function ClockLeft({ clock, now }: { readonly clock: ClockView; readonly now: number }) {
  const t = useWords(words);
  if (hasDue(clock)) return <TimeLeft clock={clock} now={now} />;
  return (
    <span className="jw-left jw-left-stopped" title={t.case.noCalendar}>
      {t.case.dueUnknown}
    </span>
  );
}

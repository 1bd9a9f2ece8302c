import { useLocale } from '../i18n/use-words.ts';
import { fullMoment, timeLeft } from '../time/words.ts';

interface Clock {
  readonly startAt: number;
  readonly dueAt: number | null;
  readonly stoppedAt?: number | null;
}

/** Time left on a clock: words with their colour, and an icon when late (colour never speaks alone). `now` from `useNow`. */
export function TimeLeft({ clock, now }: { readonly clock: Clock; readonly now: number }) {
  const locale = useLocale();
  const left = timeLeft(clock, now, locale);
  return (
    <span
      className={`jw-left jw-left-${left.urgency}`}
      title={clock.dueAt === null ? undefined : fullMoment(clock.dueAt, locale)}
    >
      {left.urgency === 'late' && (
        <svg viewBox="0 0 16 16" aria-hidden="true" fill="currentColor">
          <path d="M8 1 0.6 14.5h14.8zM7.2 6h1.6v4.4H7.2zm0 5.6h1.6v1.6H7.2z" fillRule="evenodd" />
        </svg>
      )}
      {left.words}
    </span>
  );
}

import { notBefore, useTick } from '../../shell/use-tick.ts';
import { dayAndTime, durationWords, limitWords, momentWords, timeLeft } from '../../../browser/time/words.ts';
import { useLocale, useWords } from '../../../browser/i18n/use-words.ts';
import { stages, states } from '../../../domain/cases/states.ts';
import { words } from '../../words/words.ts';
import { ClockLeft, hasDue } from '../queue/ClockLeft.tsx';

import type { CaseDetail, ClockView } from '../../../contracts/cases.ts';

/** The clock that matters now, large: words, colour, the part of the limit that is used, and when it runs out. */
export function CaseClocks({ detail }: { readonly detail: CaseDetail }) {
  const t = useWords(words);
  const locale = useLocale();
  const now = useTick();
  const { clock } = detail;
  const running = clock !== null && clock.stoppedAt === null && states[detail.state].open;
  return (
    <section className="case-clock" aria-label={t.case.clock}>
      {running ? <RunningClock clock={clock} now={now} /> : <Stopped detail={detail} now={now} />}
      {detail.clocks.length > 0 && (
        <details className="clocks">
          <summary>{t.case.allClocks(detail.clocks.length)}</summary>
          <table className="table table-small">
            <thead>
              <tr>
                <th scope="col">{t.case.stage}</th>
                <th scope="col">{t.case.limit}</th>
                <th scope="col">{t.case.due}</th>
                <th scope="col">{t.case.result}</th>
              </tr>
            </thead>
            <tbody>
              {detail.clocks.map(one => (
                <tr key={`${one.stage}-${one.startAt}`}>
                  <td>{stages[one.stage][locale]}</td>
                  <td>{limitWords(one.limit, locale)}</td>
                  <td className="jw-numbers">
                    {hasDue(one) ? momentWords(one.dueAt, now, locale) : t.case.dueUnknown}
                  </td>
                  <td>
                    <ClockResult clock={one} now={now} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      )}
    </section>
  );
}

function RunningClock({ clock, now }: { readonly clock: ClockView; readonly now: number }) {
  const t = useWords(words);
  const locale = useLocale();
  const big = (
    <p className="clock-big" data-testid="case-clock">
      <span className="clock-stage">{t.case.stageOf(stages[clock.stage][locale])}</span>
      <ClockLeft clock={clock} now={now} />
    </p>
  );
  if (!hasDue(clock)) return big;
  const { urgency } = timeLeft(clock, now, locale);
  const used = Math.min(1, Math.max(0, (now - clock.startAt) / Math.max(1, clock.dueAt - clock.startAt)));
  return (
    <>
      {big}
      <div className={`clock-bar clock-bar-${urgency}`} aria-hidden="true">
        <i style={{ width: `${Math.round(used * 100)}%` }} />
      </div>
      <p className="clock-due jw-numbers">
        {t.case.dueBy(dayAndTime(clock.dueAt, now, locale), limitWords(clock.limit, locale))}
      </p>
    </>
  );
}

function Stopped({ detail, now }: { readonly detail: CaseDetail; readonly now: number }) {
  const t = useWords(words);
  const locale = useLocale();
  const end = detail.closedAt ?? detail.updatedAt;
  return (
    <p className="clock-big" data-testid="case-clock">
      <span className="clock-stage">{states[detail.state][locale]}</span>
      <span className="clock-ended">
        {t.case.endedAt(momentWords(end, notBefore(end, now), locale), durationWords(end - detail.reportedAt, locale))}
      </span>
    </p>
  );
}

/** How a stage's clock ended, or that it runs. */
function ClockResult({ clock, now }: { readonly clock: ClockView; readonly now: number }) {
  const t = useWords(words);
  const locale = useLocale();
  if (clock.stoppedAt === null || !hasDue(clock)) return <ClockLeft clock={clock} now={now} />;
  const late = clock.stoppedAt - clock.dueAt;
  return late > 0 ? (
    <span className="jw-left jw-left-late">{t.case.wasLate(durationWords(late, locale))}</span>
  ) : (
    <span className="clock-kept">{t.case.wasInTime}</span>
  );
}

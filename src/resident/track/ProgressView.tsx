import { groupCaseNumber } from '../../domain/cases/number.ts';
import { useLocale, useWords } from '../../browser/i18n/use-words.ts';
import { dayAndTime, fullMoment, momentWords } from '../../browser/time/words.ts';
import { Icon } from '../../browser/ui/Icon.tsx';
import { BeforeAfter } from '../../browser/ui/photos/BeforeAfter.tsx';
import { PhotoStrip } from '../../browser/ui/photos/PhotoStrip.tsx';
import { residentWords } from '../words/words.ts';
import { beforeAndAfter, milestonesReached, stageTone } from './stages.ts';

import type { ReactNode } from 'react';
import type { Progress } from '../../contracts/intake.ts';
import type { Locale } from '../../browser/i18n/locale.ts';
import type { ResidentWords } from '../words/words.ts';

interface ProgressViewProps {
  readonly progress: Progress;
  readonly now: number;
  /** What the reporter is asked, before the long story. */
  readonly children: ReactNode;
}

/** Where the report stands, what comes next and by when, and what happened so far. Units are named, persons never. */
export function ProgressView({ progress, now, children }: ProgressViewProps) {
  const words = useWords(residentWords);
  const locale = useLocale();
  const compare = beforeAndAfter(progress);
  return (
    <>
      <section className={`now jw-tone-${stageTone[progress.stage]}`} aria-live="polite">
        <p className="now-stage">{words.stage[progress.stage]}</p>
        <p>{nextWords(progress, words, now, locale)}</p>
        {progress.stage !== 'refused' && <Milestones reached={milestonesReached[progress.stage]} />}
      </section>

      {compare !== null && (
        <section className="card stack" aria-label={words.beforeAfter}>
          <h2>{words.beforeAfter}</h2>
          <BeforeAfter before={compare.before} after={compare.after} />
        </section>
      )}

      {children}

      <section className="card stack" aria-labelledby="steps-title">
        <h2 id="steps-title">{words.progressTitle}</h2>
        <ol className="timeline">
          {[...progress.steps].reverse().map(step => (
            <li key={`${step.at}-${step.kind}`} className={`timeline-${step.kind}`}>
              <p className="timeline-what">{words.step[step.kind](step.unitName ?? words.someUnit)}</p>
              <p className="small muted jw-numbers" title={fullMoment(step.at, locale)}>
                {momentWords(step.at, now, locale)}
              </p>
              {step.words !== null && step.words !== '' && <p className="said">{step.words}</p>}
              <PhotoStrip photos={step.photos} />
            </li>
          ))}
        </ol>
      </section>

      <section className="card stack" aria-labelledby="yours-title">
        <h2 id="yours-title">{words.yourWords}</h2>
        {progress.words !== '' && <p className="said-plain">{progress.words}</p>}
        <PhotoStrip photos={progress.photos} />
        <p className="muted small line">
          <Icon name="pin" />
          {[progress.gridName, progress.address].filter(part => part !== '').join(' · ')}
        </p>
        <p className="muted small jw-numbers">
          {words.number} {groupCaseNumber(progress.number)}
        </p>
      </section>
    </>
  );
}

function nextWords({ stage, dueAt }: Progress, words: ResidentWords, now: number, locale: Locale): string {
  if (dueAt === null || stage === 'closed' || stage === 'confirmed' || stage === 'refused')
    return words.nextPlain[stage];
  const when = dayAndTime(dueAt, now, locale);
  return dueAt < now ? words.overdueBy(when) : words.next[stage](when);
}

function Milestones({ reached }: { readonly reached: number }) {
  const words = useWords(residentWords);
  return (
    <ol className="milestones">
      {words.milestones.map((name, index) => (
        <li
          key={name}
          className={index < reached ? 'reached' : index === reached ? 'coming' : ''}
          aria-current={index === reached ? 'step' : undefined}
        >
          <span className="milestone-mark" aria-hidden="true">
            {index < reached && <Icon name="check" />}
          </span>
          {name}
        </li>
      ))}
    </ol>
  );
}

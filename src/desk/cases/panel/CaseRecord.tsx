import { useQuery } from '@tanstack/react-query';

import { call, failureText } from '../../../browser/api/call.ts';
import { useLocale, useWords } from '../../../browser/i18n/use-words.ts';
import { notBefore, useTick } from '../../shell/use-tick.ts';
import { fullMoment, momentWords } from '../../../browser/time/words.ts';
import { verifyRecord } from '../../../contracts/cases.ts';
import { states } from '../../../domain/cases/states.ts';
import { transitions } from '../../../domain/cases/transitions.ts';
import { words } from '../../words/words.ts';
import { Photos } from './Photos.tsx';

import type { CaseDetail, StepView } from '../../../contracts/cases.ts';
import type { Locale } from '../../../browser/i18n/locale.ts';

/** The name of a step; `report` begins every record and is nobody's action on a case. */
export function stepName(action: string, locale: Locale, reported: string): string {
  return action in transitions ? transitions[action as keyof typeof transitions][locale] : reported;
}

/** A dispatch carries the unit that it went to, every other step the unit of whoever took it. */
export const givenTo = (step: StepView): string | null => (step.action === 'dispatch' ? step.unitName : null);

/** Unit, post and name of whoever took a step. */
export const actorParts = (step: StepView, reporter: string): readonly string[] =>
  [givenTo(step) === null ? step.unitName : null, step.post, step.actorName ?? reporter].filter(part => part !== null);

/** The record, latest first: who, in which post and unit, when, in which words. */
export function CaseRecord({ detail, mayVerify }: { readonly detail: CaseDetail; readonly mayVerify: boolean }) {
  const t = useWords(words);
  const steps = detail.steps.toReversed();
  return (
    <section className="record" aria-labelledby="record-title">
      <header className="record-head">
        <h3 id="record-title">{t.case.record(detail.steps.length)}</h3>
        {mayVerify && <Verification detail={detail} />}
      </header>
      <ol className="steps" data-testid="record">
        {steps.map(step => (
          <Step key={step.seq} step={step} />
        ))}
      </ol>
    </section>
  );
}

function Step({ step }: { readonly step: StepView }) {
  const t = useWords(words);
  const locale = useLocale();
  const now = useTick();
  const given = givenTo(step);
  return (
    <li className={`step jw-step-${states[step.to].tone}`} data-testid="step" data-action={step.action}>
      <p className="step-head">
        <b>{stepName(step.action, locale, t.case.reported)}</b>
        <time className="jw-numbers" dateTime={new Date(step.at).toISOString()} title={fullMoment(step.at, locale)}>
          {momentWords(step.at, notBefore(step.at, now), locale)}
        </time>
      </p>
      <p className="step-who">
        {actorParts(step, t.case.reporterStep).join(t.dot)}
        {given !== null && <span className="step-to">{t.case.dispatchedTo(given)}</span>}
      </p>
      {/* The report's own words stand at the top of the panel. */}
      {step.note !== null && step.seq > 1 && <p className="step-note">{step.note}</p>}
      {step.noteErased && <p className="step-note step-erased">{t.case.erased}</p>}
      {step.seq > 1 && <Photos photos={step.attachments} small />}
      <p className="step-hash" title={step.hash}>
        {t.case.link(step.seq, step.hash.slice(0, 10))}
      </p>
    </li>
  );
}

/** Asks the server to compute the chain anew and says whether it holds. */
function Verification({ detail }: { readonly detail: CaseDetail }) {
  const t = useWords(words);
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ['verification', detail.id, detail.version],
    queryFn: ({ signal }) => call(verifyRecord, { params: { id: detail.id }, signal }),
    enabled: false,
  });
  const verdict =
    data === undefined ? null : data.broken === null ? (
      <span className="verdict verdict-whole">{t.case.whole(data.steps)}</span>
    ) : (
      <span className="verdict verdict-broken">
        {t.case.broken(data.broken.seq, t.case.brokenReasons[data.broken.reason] ?? data.broken.reason)}
      </span>
    );
  return (
    <span className="verification">
      <span role="status" data-testid="verdict">
        {error !== null ? (
          <span className="verdict verdict-broken">{failureText(error, t.states.unreachable)}</span>
        ) : (
          verdict
        )}
      </span>
      <button
        type="button"
        className="link-button"
        disabled={isFetching}
        onClick={() => void refetch()}
        title={t.case.verifyHint}
        data-testid="verify"
      >
        {isFetching ? t.case.verifying : t.case.verify}
      </button>
    </span>
  );
}

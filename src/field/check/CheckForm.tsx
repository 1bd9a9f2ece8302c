import { useEffect, useState } from 'react';

import { photosLimit } from '../../contracts/intake.ts';
import { problemText } from '../../contracts/problems.ts';
import { states } from '../../domain/cases/states.ts';
import { failureText, Problem } from '../../browser/api/call.ts';
import { useLocale, useWords } from '../../browser/i18n/use-words.ts';
import { Icon } from '../../browser/ui/Icon.tsx';
import { PhotoPicker } from '../../browser/ui/photos/PhotoPicker.tsx';
import { kitWords } from '../../browser/ui/words/kit-words.ts';
import { fieldWords } from '../words/words.ts';
import { whyNotCheck } from './facts.ts';
import { useCheck } from './use-check.ts';

import type { CaseDetail } from '../../contracts/cases.ts';
import type { Me } from '../../contracts/identity.ts';

interface CheckFormProps {
  readonly detail: CaseDetail;
  readonly me: Me;
  readonly now: number;
  readonly noteFailure: (error: unknown) => boolean;
  readonly onReload: () => void;
  readonly onDone: (passed: boolean, after: CaseDetail) => void;
}

/** Photos, words, and one of two buttons; or why this person cannot check. */
export function CheckForm({ detail, me, now, noteFailure, onReload, onDone }: CheckFormProps) {
  const words = useWords(fieldWords);
  const locale = useLocale();
  const check = useCheck({ detail, onDone, onReload });
  const lookAgain = () => {
    check.backToWriting();
    onReload();
  };
  const { draft, state } = check;
  const [noteMissing, setNoteMissing] = useState(false);
  const problem = state.at === 'writing' ? state.problem : null;
  useEffect(() => {
    if (problem !== null) noteFailure(problem);
  }, [problem, noteFailure]);

  const refusal = state.at === 'writing' ? whyNotCheck(detail, me, now) : null;
  if (refusal !== null)
    return (
      <>
        {problem !== null && <Failure problem={problem} onReload={lookAgain} />}
        <p className="notice" role="status">
          <Icon name="shield" />
          <span>
            {refusal.refused === 'cases.action_not_possible'
              ? words.notCheckable(states[detail.state][locale])
              : problemText(refusal.refused, locale, refusal.details)}
          </span>
        </p>
      </>
    );

  const locked = state.at !== 'writing';
  const submit = (passes: boolean) => {
    const missing = !passes && draft.note.trim() === '';
    setNoteMissing(missing);
    if (!missing) check.submit(passes);
  };
  return (
    <section className="card stack check-form" aria-labelledby="check-title">
      <h2 id="check-title">{words.yourCheck}</h2>
      <fieldset className="plain stack" disabled={locked}>
        <div role="group" aria-labelledby="check-photos">
          <p className="label" id="check-photos">
            {words.photosLabel} <span className="optional">{words.photosHint(photosLimit)}</span>
          </p>
          <PhotoPicker photos={check.photos} queue={check.queue} most={photosLimit} locked={locked} />
        </div>
        <label className="field">
          <span>
            {words.note} <span className="optional">{words.optional}</span>
          </span>
          <textarea
            className="input short"
            maxLength={2000}
            value={draft.note}
            placeholder={words.noteHint}
            aria-invalid={noteMissing}
            onChange={event => {
              setNoteMissing(false);
              check.change({ note: event.currentTarget.value });
            }}
          />
        </label>
        {noteMissing && (
          <p className="small wrong" role="alert">
            {words.noteMissing}
          </p>
        )}
      </fieldset>
      {problem !== null && <Failure problem={problem} onReload={lookAgain} />}
      {check.refused && <p className="small wrong">{words.photosRefused}</p>}
      {state.at === 'photos' && <p role="status">{words.photosWaiting(check.unsent)}</p>}
      {state.at === 'unanswered' && state.failures > 0 && (
        <p className="notice notice-warn" role="alert">
          <Icon name="offline" />
          <span>{words.noAnswer}</span>
        </p>
      )}
      {state.at === 'writing' && (
        <div className="verdicts">
          <button type="button" className="button button-danger" onClick={() => submit(false)}>
            <Icon name="undo" />
            {words.fail}
          </button>
          <button type="button" className="button button-main" onClick={() => submit(true)}>
            <Icon name="check" />
            {words.pass}
          </button>
        </div>
      )}
      {state.at === 'sending' && <p role="status">{words.sending}</p>}
      {(state.at === 'photos' || (state.at === 'unanswered' && state.failures > 0)) && (
        <div className="verdicts">
          <button type="button" className="button" onClick={check.backToWriting}>
            {words.cancel}
          </button>
          {state.at === 'unanswered' && (
            <button type="button" className="button button-main" onClick={check.retry}>
              {words.again}
            </button>
          )}
        </div>
      )}
    </section>
  );
}

/** A lost race is told by the server with who did what; the way on is to look again. */
function Failure({ problem, onReload }: { readonly problem: unknown; readonly onReload: () => void }) {
  const words = useWords(fieldWords);
  const unreachable = useWords(kitWords).unreachable;
  const moved = problem instanceof Problem && problem.status === 409;
  return (
    <div className="notice notice-wrong" role="alert">
      <Icon name="alert" />
      <div>
        <p>{failureText(problem, unreachable)}</p>
        {moved && (
          <button type="button" className="button" onClick={onReload}>
            {words.reload}
          </button>
        )}
      </div>
    </div>
  );
}

import { useState } from 'react';

import { giveVerdict } from '../../contracts/intake.ts';
import { call, failureText } from '../../browser/api/call.ts';
import { useLocale, useWords } from '../../browser/i18n/use-words.ts';
import { dayAndTime } from '../../browser/time/words.ts';
import { Icon } from '../../browser/ui/Icon.tsx';
import { Link } from '../../browser/ui/navigation.tsx';
import { kitWords } from '../../browser/ui/words/kit-words.ts';
import { residentWords } from '../words/words.ts';

import type { BodyInputOf } from '../../contracts/endpoint.ts';
import type { Progress } from '../../contracts/intake.ts';
import type { Held } from './TrackPage.tsx';

interface VerdictProps {
  readonly held: Held;
  readonly progress: Progress;
  readonly now: number;
  readonly onVerdict: (progress: Progress) => void;
}

type Answer = 'confirm' | 'contest' | null;

/** The reporter judges: solved (and how well), or not solved (and what is left to do). */
export function Verdict({ held, progress, now, onVerdict }: VerdictProps) {
  const words = useWords(residentWords);
  const locale = useLocale();
  const unreachable = useWords(kitWords).unreachable;
  const [answer, setAnswer] = useState<Answer>(null);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  if (!progress.canConfirm && !progress.canContest)
    return progress.stage === 'closed' || progress.stage === 'refused' ? (
      <div className="card stack">
        {progress.stage === 'closed' && <p className="muted">{words.cannotContestNow}</p>}
        <Link href="/r/" className="button">
          {words.reportAgain}
        </Link>
      </div>
    ) : null;

  const give = (body: BodyInputOf<typeof giveVerdict>) => {
    if (busy) return;
    setBusy(true);
    setFailure(null);
    call(giveVerdict, { body }).then(onVerdict, (error: unknown) => {
      setBusy(false);
      setFailure(failureText(error, unreachable));
    });
  };
  const receipt = { number: held.number, queryCode: held.code };
  return (
    <section className="card stack verdict" aria-labelledby="verdict-title">
      <h2 id="verdict-title">{words.verdictTitle}</h2>
      {answer === null && (
        <>
          <div className="pair">
            {progress.canConfirm && (
              <button type="button" className="button button-main" onClick={() => setAnswer('confirm')}>
                <Icon name="check" />
                {words.solved}
              </button>
            )}
            {progress.canContest && (
              <button type="button" className="button button-danger" onClick={() => setAnswer('contest')}>
                <Icon name="undo" />
                {words.unsolved}
              </button>
            )}
          </div>
          {progress.canContest && progress.contestUntil !== null && (
            <p className="small muted">{words.verdictUntil(dayAndTime(progress.contestUntil, now, locale))}</p>
          )}
          {!progress.canContest && <p className="small muted">{words.cannotContestNow}</p>}
        </>
      )}
      {answer === 'confirm' && (
        <Confirming
          busy={busy}
          onBack={() => setAnswer(null)}
          onSend={(rating, said) =>
            give({
              ...receipt,
              verdict: 'confirm',
              ...(rating === null ? {} : { rating }),
              ...(said === '' ? {} : { words: said }),
            })
          }
        />
      )}
      {answer === 'contest' && (
        <Contesting
          busy={busy}
          onBack={() => setAnswer(null)}
          onSend={said => give({ ...receipt, verdict: 'contest', words: said })}
        />
      )}
      {failure !== null && (
        <p className="notice notice-wrong" role="alert">
          <Icon name="alert" />
          <span>{failure}</span>
        </p>
      )}
    </section>
  );
}

interface AnswerProps<Args extends readonly unknown[]> {
  readonly busy: boolean;
  readonly onBack: () => void;
  readonly onSend: (...args: Args) => void;
}

function Confirming({ busy, onBack, onSend }: AnswerProps<[rating: number | null, words: string]>) {
  const words = useWords(residentWords);
  const [rating, setRating] = useState<number | null>(null);
  const [said, setSaid] = useState('');
  return (
    <>
      <fieldset className="plain">
        <legend className="label">
          {words.rate} <span className="optional">{words.optional}</span>
        </legend>
        <div className="ratings">
          {words.ratings.map((name, index) => (
            <label key={name} className="rating">
              <input type="radio" name="rating" checked={rating === index + 1} onChange={() => setRating(index + 1)} />
              <span>{name}</span>
            </label>
          ))}
        </div>
      </fieldset>
      <label className="field">
        <span>
          {words.moreWords} <span className="optional">{words.optionalFill}</span>
        </span>
        <textarea
          className="input short"
          maxLength={500}
          value={said}
          onChange={event => setSaid(event.currentTarget.value)}
        />
      </label>
      <div className="pair">
        <button type="button" className="button" onClick={onBack}>
          {words.backOut}
        </button>
        <button
          type="button"
          className="button button-main"
          aria-disabled={busy}
          onClick={() => onSend(rating, said.trim())}
        >
          {busy ? words.submitting : words.confirmSend}
        </button>
      </div>
    </>
  );
}

function Contesting({ busy, onBack, onSend }: AnswerProps<[words: string]>) {
  const words = useWords(residentWords);
  const [said, setSaid] = useState('');
  const [asked, setAsked] = useState(false);
  const missing = asked && said.trim() === '';
  return (
    <>
      <label className="field">
        <span>{words.why}</span>
        <textarea
          className="input short"
          maxLength={1000}
          value={said}
          placeholder={words.whyHint}
          aria-invalid={missing}
          onChange={event => setSaid(event.currentTarget.value)}
        />
      </label>
      {missing && (
        <p className="small wrong" role="alert">
          {words.whyMissing}
        </p>
      )}
      <div className="pair">
        <button type="button" className="button" onClick={onBack}>
          {words.backOut}
        </button>
        <button
          type="button"
          className="button button-main"
          aria-disabled={busy}
          onClick={() => {
            setAsked(true);
            if (said.trim() !== '') onSend(said.trim());
          }}
        >
          {busy ? words.submitting : words.contestSend}
        </button>
      </div>
    </>
  );
}

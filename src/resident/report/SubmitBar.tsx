import { failureText } from '../../browser/api/call.ts';
import { useWords } from '../../browser/i18n/use-words.ts';
import { Icon } from '../../browser/ui/Icon.tsx';
import { kitWords } from '../../browser/ui/words/kit-words.ts';
import { residentWords } from '../words/words.ts';

import type { Missing } from './draft.ts';
import type { SubmitState } from './use-submit.ts';

interface SubmitBarProps {
  readonly state: SubmitState;
  readonly missing: readonly Missing[];
  /** The person tried to submit while something was missing. */
  readonly asked: boolean;
  readonly unsent: number;
  readonly refused: boolean;
  readonly onSubmit: () => void;
  readonly onRetry: () => void;
  readonly onBack: () => void;
}

/** The one main button, always in reach of the thumb, and in words what it waits for. */
export function SubmitBar(props: SubmitBarProps) {
  const { state, missing, asked, unsent, refused, onSubmit, onRetry, onBack } = props;
  const words = useWords(residentWords);
  const unreachable = useWords(kitWords).unreachable;
  const missingWords = {
    what: words.missingWhat,
    short: words.missingShort,
    where: words.missingWhere,
    nearest: words.missingNearest,
  };

  if (state.at === 'unanswered' && state.failures > 0)
    return (
      <div className="submit-bar">
        <p className="submit-note" role="alert">
          <Icon name="offline" />
          {words.noAnswer}
        </p>
        <div className="submit-row">
          <button type="button" className="button" onClick={onBack}>
            {words.backOut}
          </button>
          <button type="button" className="button button-main" onClick={onRetry}>
            {words.again}
          </button>
        </div>
      </div>
    );

  const sending = state.at === 'sending' || state.at === 'unanswered';
  const note =
    state.at === 'photos'
      ? words.photosWaiting(unsent)
      : refused
        ? words.photosRefused
        : asked && missing.length > 0
          ? words.missing + missing.map(key => missingWords[key]).join(' · ')
          : null;
  const problem = state.at === 'writing' && state.problem !== null ? failureText(state.problem, unreachable) : null;
  return (
    <div className="submit-bar">
      {problem !== null && (
        <p className="submit-note submit-wrong" role="alert">
          <Icon name="alert" />
          {problem}
        </p>
      )}
      {note !== null && (
        <p className="submit-note" role="status">
          {note}
        </p>
      )}
      {state.at === 'photos' ? (
        <button type="button" className="button button-wide" onClick={onBack}>
          {words.backOut}
        </button>
      ) : (
        <button
          type="button"
          className="button button-main button-wide submit"
          aria-disabled={sending}
          onClick={sending ? undefined : onSubmit}
        >
          {sending ? words.submitting : words.submit}
        </button>
      )}
    </div>
  );
}

import { useQuery } from '@tanstack/react-query';

import { call, failureText } from '../../../browser/api/call.ts';
import { useWords } from '../../../browser/i18n/use-words.ts';
import { listCheckers } from '../../../contracts/cases.ts';
import { useDelayed } from '../../shell/use-delayed.ts';
import { words } from '../../words/words.ts';

import type { DraftInHand } from '../panel/drafts.ts';

/** Who checks on the spot, nearest first. The handling unit's people are never among them. */
export function CheckerField({ inHand, caseId }: { readonly inHand: DraftInHand; readonly caseId: string }) {
  const t = useWords(words);
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['cases', 'checkers', caseId],
    queryFn: ({ signal }) => call(listCheckers, { params: { id: caseId }, signal }),
  });
  const bones = useDelayed(isPending);
  const { draft, change } = inHand;
  return (
    <fieldset className="field checkers">
      <legend className="field-label">{t.act.checker}</legend>
      {bones && <i className="bone bone-card" />}
      {error !== null && (
        <button type="button" className="link-button" onClick={() => void refetch()}>
          {failureText(error, t.states.unreachable)} {t.states.retry}
        </button>
      )}
      {data?.checkers.length === 0 && <p className="field-why">{t.act.noChecker}</p>}
      <div className="checker-list">
        {data?.checkers.map(checker => (
          <label key={checker.accountId} className="card-choice" data-testid="checker">
            <input
              type="radio"
              name="checker"
              checked={draft.checkerId === checker.accountId}
              onChange={() => change({ checkerId: checker.accountId })}
            />
            <span className="card-choice-body">
              <span className="card-choice-title">
                {checker.name}
                {checker.ownGrid && <span className="mark mark-near">{t.act.ownGrid}</span>}
              </span>
              <span className="card-choice-more">
                {checker.workplace} · {t.act.openChecks(checker.openChecks)}
              </span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

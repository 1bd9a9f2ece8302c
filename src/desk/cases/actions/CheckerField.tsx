import { useQuery } from '@tanstack/react-query';

import { useEffect } from 'react';

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
  const nearest = data?.checkers[0]?.accountId;
  useEffect(() => {
    if (nearest !== undefined && draft.checkerId === undefined) change({ checkerId: nearest });
    // Proposed once: whoever chooses somebody else keeps the choice.
  }, [nearest]);
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
          <label key={checker.accountId} className="card-choice checker" data-testid="checker">
            <input
              type="radio"
              name="checker"
              checked={draft.checkerId === checker.accountId}
              onChange={() => change({ checkerId: checker.accountId })}
            />
            <span className="checker-name">
              {checker.name}
              {checker.ownGrid && <span className="mark mark-near">{t.act.ownGrid}</span>}
            </span>
            <span className="checker-place">{checker.workplace}</span>
            <span className="checker-load jw-numbers">{t.act.openChecks(checker.openChecks)}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

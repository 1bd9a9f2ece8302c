import { useEffect } from 'react';

import { limitWords } from '../../../browser/time/words.ts';
import { useLocale, useWords } from '../../../browser/i18n/use-words.ts';
import { words } from '../../words/words.ts';
import { UrgencyMark } from '../queue/RowMarks.tsx';
import { useCategory } from '../queue/use-case-words.ts';

import type { DraftInHand } from '../panel/drafts.ts';

/** The filing conditions of the chosen category: which one holds decides how long handling may take and what closing demands. */
export function ConditionField({ inHand }: { readonly inHand: DraftInHand }) {
  const t = useWords(words);
  const locale = useLocale();
  const { draft, change } = inHand;
  const conditions = useCategory()(draft.categoryCode ?? null)?.conditions ?? [];
  const only = conditions.length === 1 ? conditions[0]?.no : undefined;
  useEffect(() => {
    if (only !== undefined && draft.conditionNo === undefined) change({ conditionNo: only });
  }, [only, draft.conditionNo, change]);
  if (conditions.length === 0) return null;
  return (
    <fieldset className="field conditions">
      <legend className="field-label">{t.act.condition}</legend>
      {conditions.map(condition => (
        <label key={condition.no} className="card-choice" data-testid="condition" data-no={condition.no}>
          <input
            type="radio"
            name="condition"
            checked={draft.conditionNo === condition.no}
            onChange={() => change({ conditionNo: condition.no })}
          />
          <span className="card-choice-body">
            <span className="card-choice-title">{condition.text[locale]}</span>
            <span className="card-choice-facts">
              <b className="card-limit">{t.act.within(limitWords(condition.limit, locale))}</b>
              <UrgencyMark urgency={condition.urgency} always />
              {condition.photoReason !== null && <span className="mark">{t.act.photoAfter}</span>}
            </span>
            <span className="card-choice-more">{t.act.closesWhen(condition.closeText[locale])}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useEffect, useId } from 'react';

import { useLocale, useWords } from '../../../browser/i18n/use-words.ts';
import { typeAhead } from '../type-ahead.ts';
import { words } from '../../words/words.ts';
import { unitsQuery } from '../reference.ts';
import { useCategory } from '../queue/use-case-words.ts';

import type { CaseDetail } from '../../../contracts/cases.ts';
import type { DraftInHand } from '../panel/drafts.ts';

/** The unit to handle the case. The one whose list of duties names the category is proposed, and it is said why. */
export function UnitField({ inHand, detail }: { readonly inHand: DraftInHand; readonly detail: CaseDetail }) {
  const t = useWords(words);
  const locale = useLocale();
  const id = useId();
  const { data: units, isPending, error, refetch } = useQuery(unitsQuery);
  const category = useCategory()(detail.categoryCode);
  const proposed = units?.find(unit => unit.code === category?.leadUnitCode);
  const { draft, change } = inHand;
  const proposedId = proposed?.id;
  useEffect(() => {
    if (proposedId !== undefined && draft.unitId === undefined) change({ unitId: proposedId });
    // Proposed once: whoever chooses another unit keeps it.
  }, [proposedId]);
  const chosen = units?.find(unit => unit.id === draft.unitId);
  return (
    <div className="field" data-first>
      <label className="field-label" htmlFor={id}>
        {t.act.unit}
      </label>
      <Select<string>
        id={id}
        {...(draft.unitId === undefined ? {} : { value: draft.unitId })}
        onChange={unitId => change({ unitId })}
        loading={isPending}
        placeholder={t.act.unitPlaceholder}
        showSearch={typeAhead}
        options={(units ?? []).map(unit => ({
          value: unit.id,
          label: unit.name,
          then: unit.nameThen,
          find: `${unit.name} ${unit.nameThen} ${unit.initials} ${unit.code}`.toLowerCase(),
        }))}
        optionRender={option => (
          <span className="option-line">
            {option.label}
            {option.value === proposedId && <small className="option-proposed">{t.act.proposed}</small>}
          </span>
        )}
        notFoundContent={isPending ? t.states.loading : t.act.noUnitFound}
        data-testid="unit"
      />
      {proposed !== undefined && category !== undefined && (
        <p className="field-why">{t.act.proposedWhy(proposed.name, category.name[locale])}</p>
      )}
      {chosen !== undefined && chosen.phone !== null && (
        <p className="field-why jw-numbers">{t.act.unitPhone(chosen.phone)}</p>
      )}
      {error !== null && (
        <button type="button" className="link-button" onClick={() => void refetch()}>
          {t.act.listFailed}
        </button>
      )}
    </div>
  );
}

import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useEffect, useId } from 'react';

import { useLocale, useWords } from '../../../browser/i18n/use-words.ts';
import { typeAhead } from '../type-ahead.ts';
import { words } from '../../words/words.ts';
import { categoriesQuery } from '../reference.ts';

import type { DraftInHand } from '../panel/drafts.ts';
import type { Category } from '../../../contracts/cases.ts';
import type { Locale } from '../../../browser/i18n/locale.ts';

interface CategoryFieldProps {
  readonly inHand: DraftInHand;
  /** What the reporter or the acceptor chose already. */
  readonly suggested: string | null;
  readonly optional: boolean;
}

/** Classes as groups, each category found by name, code or the initials of its pinyin. */
function optionsOf(categories: readonly Category[], locale: Locale) {
  const classes = Map.groupBy(categories, category => category.className[locale]);
  return [...classes].map(([label, members]) => ({
    label,
    options: members.map(category => ({
      value: category.code,
      label: category.name[locale],
      find: `${category.code} ${category.name.zh} ${category.name.en} ${category.initials} ${category.className.zh}`.toLowerCase(),
    })),
  }));
}

export function CategoryField({ inHand, suggested, optional }: CategoryFieldProps) {
  const t = useWords(words);
  const locale = useLocale();
  const id = useId();
  const { data, isPending, error, refetch } = useQuery(categoriesQuery);
  const { draft, change } = inHand;
  const needsSuggestion = draft.categoryCode === undefined && suggested !== null;
  useEffect(() => {
    if (needsSuggestion) change({ categoryCode: suggested });
    // Only when the form opens: a suggestion that was cleared on purpose stays cleared.
  }, []);
  const chosen = draft.categoryCode ?? null;
  // A condition belongs to its category: choosing another category drops it.
  const choose = (code: string | null | undefined): void =>
    change({ categoryCode: code ?? null, conditionNo: undefined });
  return (
    <div className="field" data-first={chosen === null ? true : undefined}>
      <label className="field-label" htmlFor={id}>
        {t.act.category}
        {optional && <span className="field-optional">{t.form.optional}</span>}
      </label>
      <Select<string | null>
        id={id}
        value={chosen}
        onChange={choose}
        allowClear={optional}
        loading={isPending}
        placeholder={t.act.categoryPlaceholder}
        showSearch={typeAhead}
        options={optionsOf(data ?? [], locale)}
        optionRender={option => (
          <span className="option-line">
            {option.label}
            <small className="jw-numbers">{option.value}</small>
          </span>
        )}
        notFoundContent={isPending ? t.states.loading : t.act.noCategoryFound}
        listHeight={320}
        data-testid="category"
      />
      {error !== null && (
        <button type="button" className="link-button" onClick={() => void refetch()}>
          {t.act.listFailed}
        </button>
      )}
    </div>
  );
}

import { useQuery } from '@tanstack/react-query';

import { useLocale, useWords } from '../../../browser/i18n/use-words.ts';
import { words } from '../../words/words.ts';
import { categoriesQuery } from '../reference.ts';

import type { Category, CaseRow } from '../../../contracts/cases.ts';

/** Category of a code, once the reference list is there. */
export function useCategory(): (code: string | null) => Category | undefined {
  const { data } = useQuery(categoriesQuery);
  return code => (code === null ? undefined : data?.find(category => category.code === code));
}

/** What a case is about, in a few words: its category, or that it has none yet. */
export function useTypeName(): (row: Pick<CaseRow, 'categoryCode'>) => string {
  const t = useWords(words);
  const locale = useLocale();
  const category = useCategory();
  return row => {
    if (row.categoryCode === null) return t.case.noCategory;
    return category(row.categoryCode)?.name[locale] ?? row.categoryCode;
  };
}

/** Where: the reporter's words, else the courtyard's name; and the community it lies in. */
export function placeOf(row: Pick<CaseRow, 'address' | 'grid'>): {
  readonly place: string;
  readonly community: string;
} {
  const community = row.grid.find(grid => grid.level === 2)?.name ?? '';
  const courtyard = row.grid.find(grid => grid.level === 3)?.name ?? '';
  return { place: row.address === '' ? courtyard : row.address, community };
}

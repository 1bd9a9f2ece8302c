import { finds, rankOf } from './finds.ts';

/** How the desk's selects search their options. */
export const typeAhead = {
  filterOption: (typed: string, option: object | undefined): boolean => finds(option, typed),
  filterSort: (a: object, b: object, { searchValue }: { readonly searchValue: string }): number =>
    rankOf(a, searchValue) - rankOf(b, searchValue),
};

/** Type-ahead over names, codes and pinyin initials: `find` holds an option's searchable words in lower case, parted by spaces. */
interface Findable {
  readonly find?: unknown;
  readonly options?: unknown;
}

const termOf = (typed: string): string => typed.trim().toLowerCase();

const findOf = (option: Findable): string => (typeof option.find === 'string' ? option.find : '');

/** Whether an option matches what was typed, anywhere in its words. */
export const finds = (option: Findable | undefined, typed: string): boolean =>
  option !== undefined && findOf(option).includes(termOf(typed));

/** 0 when one of its words begins with what was typed, 1 when it only contains it; a group counts as its best member. */
export function rankOf(option: Findable, typed: string): number {
  if (Array.isArray(option.options)) return Math.min(1, ...option.options.map((one: Findable) => rankOf(one, typed)));
  const term = termOf(typed);
  return findOf(option)
    .split(' ')
    .some(word => word.startsWith(term))
    ? 0
    : 1;
}

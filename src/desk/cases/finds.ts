/** Whether an option of a type-ahead matches what was typed; `find` holds its searchable words in lower case. */
export const finds = (option: object | undefined, typed: string): boolean =>
  option !== undefined && 'find' in option && String(option.find).includes(typed.trim().toLowerCase());

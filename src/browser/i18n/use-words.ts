import { useSyncExternalStore } from 'react';

import { currentLocale, onLocaleChange } from './locale.ts';

import type { Locale } from './locale.ts';

/**
 * An app's words. `zh` is the source (`zh-CN.ts`), `en` is declared `typeof zh`, so that a missing or surplus English word
 * does not compile. Words with blanks are functions.
 */
export interface Dictionary<Words> {
  readonly zh: Words;
  readonly en: Words;
}

/** The language on screen; the component is drawn again when it changes. */
export const useLocale = (): Locale => useSyncExternalStore(onLocaleChange, currentLocale, currentLocale);

/** The words of the language on screen. */
export const useWords = <Words>(dictionary: Dictionary<Words>): Words => dictionary[useLocale()];

export type Locale = 'zh' | 'en';

const storageKey = 'jingwei.locale';
const listeners = new Set<() => void>();

function readInitial(): Locale {
  const asked = new URLSearchParams(location.search).get('lang');
  if (asked === 'zh' || asked === 'en') return asked;
  try {
    const stored = localStorage.getItem(storageKey);
    if (stored === 'zh' || stored === 'en') return stored;
  } catch {
    // Storage may be forbidden (private mode, embedded view): the language then lives as long as the page.
  }
  // Chinese first: only a browser that asks for English and not for Chinese gets English.
  const wanted = navigator.languages.map(tag => tag.slice(0, 2).toLowerCase());
  return !wanted.includes('zh') && wanted.includes('en') && navigator.language.startsWith('en') ? 'en' : 'zh';
}

let locale: Locale = readInitial();
document.documentElement.lang = tagOf(locale);

/** The language's BCP 47 tag, for `lang` attributes and Accept-Language. */
export function tagOf(of: Locale): string {
  return of === 'zh' ? 'zh-CN' : 'en';
}

export const currentLocale = (): Locale => locale;

/** Changes the language for good: kept in this browser, told to whoever listens, spoken by the document. */
export function setLocale(next: Locale): void {
  locale = next;
  document.documentElement.lang = tagOf(next);
  try {
    localStorage.setItem(storageKey, next);
  } catch {
    // See readInitial.
  }
  for (const tell of listeners) tell();
}

/** For `useSyncExternalStore`. */
export function onLocaleChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

import { setLocale } from '../i18n/locale.ts';
import { useLocale, useWords } from '../i18n/use-words.ts';
import { kitWords } from './words/kit-words.ts';

/** Names the other language in that language. */
export function LanguageSwitch({ className }: { readonly className?: string }) {
  const locale = useLocale();
  const words = useWords(kitWords);
  return (
    <button
      type="button"
      className={className}
      lang={locale === 'zh' ? 'en' : 'zh-CN'}
      onClick={() => setLocale(locale === 'zh' ? 'en' : 'zh')}
    >
      {words.language}
    </button>
  );
}

import { setLocale } from '../../browser/i18n/locale.ts';
import { useLocale } from '../../browser/i18n/use-words.ts';

/** Names the other language in that language, so that whoever needs it can read it. */
export function LanguageSwitch() {
  const locale = useLocale();
  const other = locale === 'zh' ? 'en' : 'zh';
  return (
    <button
      type="button"
      className="header-button"
      lang={other === 'zh' ? 'zh-CN' : 'en'}
      onClick={() => setLocale(other)}
      data-testid="language"
    >
      {other === 'zh' ? '中文' : 'English'}
    </button>
  );
}

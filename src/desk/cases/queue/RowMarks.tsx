import { useLocale, useWords } from '../../../browser/i18n/use-words.ts';
import { urgencies } from '../../../domain/cases/states.ts';
import { words } from '../../words/words.ts';

import type { CaseRow } from '../../../contracts/cases.ts';
import type { Urgency } from '../../../domain/cases/states.ts';

/** Urgent and major are marked; ordinary is the rule and needs no mark. */
export function UrgencyMark({ urgency, always = false }: { readonly urgency: Urgency; readonly always?: boolean }) {
  const locale = useLocale();
  if (urgency === 'C' && !always) return null;
  return <span className={`mark mark-urgency-${urgency}`}>{urgencies[urgency][locale]}</span>;
}

/** It came back: contested by the reporter, or sent back by the check. */
export function RepeatMark({ row }: { readonly row: Pick<CaseRow, 'contestCount' | 'reworkCount'> }) {
  const t = useWords(words);
  return (
    <>
      {row.contestCount > 0 && <span className="mark mark-again">{t.case.contested}</span>}
      {row.reworkCount > 0 && <span className="mark mark-again">{t.case.rework(row.reworkCount)}</span>}
    </>
  );
}

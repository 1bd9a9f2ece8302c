import { states } from '../../domain/cases/states.ts';
import { useLocale } from '../i18n/use-words.ts';

import type { CaseState } from '../../domain/cases/states.ts';

/** The state of a case: its word on the tint of its tone, the same on every screen. */
export function StatusPill({ state }: { readonly state: CaseState }) {
  const locale = useLocale();
  return <span className={`jw-pill jw-tone-${states[state].tone}`}>{states[state][locale]}</span>;
}

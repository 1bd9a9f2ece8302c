import { useLocale, useWords } from '../../../browser/i18n/use-words.ts';
import { notBefore, useTick } from '../../shell/use-tick.ts';
import { fullMoment, limitWords, momentWords } from '../../../browser/time/words.ts';
import { Icon } from '../../../browser/ui/Icon.tsx';
import { channels } from '../../../domain/cases/states.ts';
import { words } from '../../words/words.ts';
import { useCategory } from '../queue/use-case-words.ts';

import type { ReactNode } from 'react';
import type { CaseDetail } from '../../../contracts/cases.ts';

interface CaseFactsProps {
  readonly detail: CaseDetail;
  /** Brings the place into view on the map; absent where there is no map. */
  readonly onLocate: (() => void) | undefined;
}

export function CaseFacts({ detail, onLocate }: CaseFactsProps) {
  const t = useWords(words);
  const locale = useLocale();
  const now = useTick();
  const category = useCategory()(detail.categoryCode);
  const path = detail.grid.map(grid => grid.name).join(' › ');
  return (
    <dl className="facts">
      <Fact name={t.case.place}>
        <span className="fact-place">
          <span>{detail.address === '' ? path : detail.address}</span>
          {onLocate !== undefined && (
            <button type="button" className="link-button" onClick={onLocate} data-testid="locate">
              <Icon name="pin" />
              {t.case.locate}
              <kbd className="key">l</kbd>
            </button>
          )}
        </span>
        {detail.address !== '' && path !== '' && <span className="fact-more">{path}</span>}
        {detail.lng === null && <span className="fact-more">{t.case.noPoint}</span>}
      </Fact>
      <Fact name={t.case.category}>
        {category === undefined ? (
          t.case.noCategory
        ) : (
          <>
            {category.className[locale]} › {category.name[locale]}{' '}
            <span className="fact-code jw-numbers">{category.code}</span>
          </>
        )}
      </Fact>
      {detail.condition !== null && (
        <Fact name={t.case.condition}>
          {detail.condition[locale]}
          {detail.handleLimit !== null && <span className="fact-limit">{limitWords(detail.handleLimit, locale)}</span>}
        </Fact>
      )}
      {detail.condition !== null && (
        <Fact name={t.case.closeWhen}>{locale === 'zh' ? detail.condition.closeZh : detail.condition.closeEn}</Fact>
      )}
      <Fact name={t.case.unit}>{detail.leadUnitName ?? <span className="fact-none">{t.case.noUnit}</span>}</Fact>
      {detail.checkerName !== null && <Fact name={t.case.checker}>{detail.checkerName}</Fact>}
      <Fact name={t.case.channel}>
        {channels[detail.channel][locale]}
        <span className="fact-more jw-numbers" title={fullMoment(detail.reportedAt, locale)}>
          {t.case.reportedAt(momentWords(detail.reportedAt, notBefore(detail.reportedAt, now), locale))}
        </span>
      </Fact>
    </dl>
  );
}

export function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

import { urgencies } from '../../domain/cases/states.ts';
import { useLocale, useWords } from '../../browser/i18n/use-words.ts';
import { Icon } from '../../browser/ui/Icon.tsx';
import { Link } from '../../browser/ui/navigation.tsx';
import { TimeLeft } from '../../browser/ui/TimeLeft.tsx';
import { fieldWords } from '../words/words.ts';

import type { CaseRow } from '../../contracts/cases.ts';

/** What, where, how long, in one touch. */
export function TaskCard({ row, now }: { readonly row: CaseRow; readonly now: number }) {
  const words = useWords(fieldWords);
  const locale = useLocale();
  const place = row.grid.slice(-2).map(({ name }) => name);
  return (
    <Link href={`/m/check/${row.id}`} className="card task">
      <span className="task-main">
        <strong className="task-title">{row.title === '' ? words.noWords : row.title}</strong>
        <span className="muted small task-line">
          <Icon name="pin" />
          {place.join(' ')}
          {row.address === '' ? '' : ` · ${row.address}`}
        </span>
        {row.leadUnitName !== null && (
          <span className="muted small task-line">
            <Icon name="person" />
            {row.leadUnitName}
          </span>
        )}
        <span className="task-tags">
          {row.clock !== null && (
            <span className="small task-clock">
              <TimeLeft clock={row.clock} now={now} />
            </span>
          )}
          {row.urgency === 'A' && <span className="jw-pill jw-tone-returned">{urgencies.A[locale]}</span>}
          {row.reworkCount > 0 && <span className="jw-pill jw-tone-dispatch">{words.rework(row.reworkCount)}</span>}
          {row.contestCount > 0 && <span className="jw-pill jw-tone-waiting">{words.contested}</span>}
        </span>
      </span>
      {row.thumbUrl !== null && <img className="task-thumb" src={row.thumbUrl} alt="" loading="lazy" />}
    </Link>
  );
}

import { memo, useState } from 'react';

import { Icon, isIcon } from '../../../browser/ui/Icon.tsx';
import { useLocale, useWords } from '../../../browser/i18n/use-words.ts';
import { momentWords } from '../../../browser/time/words.ts';
import { channels, states } from '../../../domain/cases/states.ts';
import { notBefore } from '../../shell/use-tick.ts';
import { words } from '../../words/words.ts';
import { ClockLeft } from './ClockLeft.tsx';
import { RepeatMark, UrgencyMark } from './RowMarks.tsx';
import { RowPlace } from './RowPlace.tsx';
import { useTypeName } from './use-case-words.ts';

import type { CaseRow } from '../../../contracts/cases.ts';

/** The photo, or a drawing of what it is about. */
export function RowThumb({ row }: { readonly row: Pick<CaseRow, 'thumbUrl' | 'categoryCode'> }) {
  const [broken, setBroken] = useState(false);
  const name = row.categoryCode ?? 'other';
  return (
    <span className="row-thumb">
      {row.thumbUrl === null || broken ? (
        <Icon name={isIcon(name) ? name : 'other'} />
      ) : (
        <img src={row.thumbUrl} alt="" loading="lazy" decoding="async" onError={() => setBroken(true)} />
      )}
    </span>
  );
}

/** What: marks and category; the reporter's first words where there is room for them. */
function RowWhat({ row }: { readonly row: CaseRow }) {
  const t = useWords(words);
  const typeName = useTypeName();
  return (
    <span className="row-what">
      <UrgencyMark urgency={row.urgency} />
      <RepeatMark row={row} />
      <span className="row-name">
        <b>{typeName(row)}</b>
        <span className="row-title">{row.title === '' ? t.case.noWords : row.title}</span>
      </span>
    </span>
  );
}

interface QueueRowProps {
  readonly row: CaseRow;
  readonly now: number;
  /** Tabs that hold several states say which; elsewhere the channel says where it came from. */
  readonly showState: boolean;
}

/** One row answers: what, where, how late, where from or whose turn. */
export const QueueRow = memo(function QueueRow({ row, now, showState }: QueueRowProps) {
  const locale = useLocale();
  return (
    <>
      <RowThumb row={row} />
      <span className="row-main">
        <span className="row-line">
          <RowWhat row={row} />
          {row.clock !== null && states[row.state].open ? (
            <ClockLeft clock={row.clock} now={now} />
          ) : (
            <span className="row-moment">{momentWords(row.updatedAt, notBefore(row.updatedAt, now), locale)}</span>
          )}
        </span>
        <span className="row-line row-second">
          <span className="row-where">
            <RowPlace row={row} />
          </span>
          {showState ? (
            <span className="row-turn">
              <span className={`row-state jw-tone-${states[row.state].tone}`}>{states[row.state][locale]}</span>
              {row.leadUnitName !== null && <span className="row-unit">{row.leadUnitName}</span>}
            </span>
          ) : (
            <span className="row-from">{channels[row.channel][locale]}</span>
          )}
        </span>
      </span>
    </>
  );
});

/** The shape of a row, of the same height, while the list is on its way. */
export function QueueSkeleton({ rows, height }: { readonly rows: number; readonly height: number }) {
  return (
    <div aria-busy="true" className="queue-skeleton">
      {Array.from({ length: rows }, (_, index) => (
        <div key={index} className="row" style={{ height }}>
          <i className="bone bone-thumb" />
          <span className="row-main">
            <i className="bone bone-wide" />
            <i className="bone bone-narrow" />
          </span>
        </div>
      ))}
    </div>
  );
}

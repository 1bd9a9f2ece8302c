import { memo } from 'react';

import { useLocale, useWords } from '../../../browser/i18n/use-words.ts';
import { momentWords } from '../../../browser/time/words.ts';
import { StatusPill } from '../../../browser/ui/StatusPill.tsx';
import { channels, states } from '../../../domain/cases/states.ts';
import { notBefore } from '../../shell/use-tick.ts';
import { words } from '../../words/words.ts';
import { ClockLeft } from '../queue/ClockLeft.tsx';
import { RepeatMark, UrgencyMark } from '../queue/RowMarks.tsx';
import { RowThumb } from '../queue/QueueRow.tsx';
import { RowPlace } from '../queue/RowPlace.tsx';
import { useTypeName } from '../queue/use-case-words.ts';

import type { CaseRow } from '../../../contracts/cases.ts';

/** Heads of the columns; the rows are read as options of a list, so this is for the eye. */
export function InboxHead() {
  const t = useWords(words);
  return (
    <div className="inbox-columns inbox-head" aria-hidden="true">
      <span />
      <span>{t.inbox.what}</span>
      <span>{t.inbox.where}</span>
      <span>{t.inbox.timeLeft}</span>
      <span>{t.inbox.state}</span>
      <span>{t.inbox.from}</span>
      <span>{t.inbox.number}</span>
    </div>
  );
}

/** A row as wide as the page. */
export const InboxRow = memo(function InboxRow({ row, now }: { readonly row: CaseRow; readonly now: number }) {
  const t = useWords(words);
  const locale = useLocale();
  const typeName = useTypeName();
  return (
    <span className="inbox-columns">
      <RowThumb row={row} />
      <span className="inbox-what">
        <span className="row-what">
          <UrgencyMark urgency={row.urgency} />
          <RepeatMark row={row} />
          <b className="row-name">{typeName(row)}</b>
        </span>
        <span className="row-title">{row.title === '' ? t.case.noWords : row.title}</span>
      </span>
      <span className="inbox-where">
        <RowPlace row={row} />
      </span>
      <span>
        {row.clock !== null && states[row.state].open ? (
          <ClockLeft clock={row.clock} now={now} />
        ) : (
          <span className="row-moment">{momentWords(row.updatedAt, notBefore(row.updatedAt, now), locale)}</span>
        )}
      </span>
      <span>
        <StatusPill state={row.state} />
      </span>
      <span className="inbox-from">
        {channels[row.channel][locale]}
        <small className="jw-numbers">{momentWords(row.reportedAt, notBefore(row.reportedAt, now), locale)}</small>
      </span>
      <span className="inbox-number jw-numbers" title={row.number}>
        {row.number.slice(9, 17)}-{row.number.slice(17)}
      </span>
    </span>
  );
});

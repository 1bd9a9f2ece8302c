import { Button } from 'antd';

import { useTick } from '../../shell/use-tick.ts';
import { useWords } from '../../../browser/i18n/use-words.ts';
import { clockTime } from '../../../browser/time/words.ts';
import { queues } from '../../../contracts/cases.ts';
import { parseCaseNumber } from '../../../domain/cases/number.ts';
import { Notice } from '../../shell/PageStates.tsx';
import { words } from '../../words/words.ts';
import { useCounts } from '../use-counts.ts';
import { QueueList } from './QueueList.tsx';
import { QueueRow } from './QueueRow.tsx';
import { QueueTabs } from './QueueTabs.tsx';
import { QueueToolbar } from './QueueToolbar.tsx';
import { useCursor } from './use-cursor.ts';

import type { CaseRow, Queue as QueueName } from '../../../contracts/cases.ts';
import type { DeskSearch } from '../../search-params.ts';
import type { Sort } from '../queue-rules.ts';
import type { Queue } from '../use-queue.ts';

interface QueuePanelProps {
  readonly queue: Queue;
  readonly chosen: QueueName | 'all';
  readonly search: DeskSearch;
  readonly sort: Sort;
  readonly onSearch: (next: DeskSearch, replace?: boolean) => void;
  readonly onOpen: (row: CaseRow) => void;
  /** On a phone: shows or hides the map below the list. */
  readonly onMap: (() => void) | undefined;
  readonly mapShown: boolean;
}

const rowHeight = 64;

export function QueuePanel(props: QueuePanelProps) {
  const { queue, chosen, search, sort, onSearch } = props;
  const t = useWords(words);
  const now = useTick();
  const counts = useCounts();
  const { shown } = queue.queue;
  const cursorId = useCursor({ shown, openId: search.case, onOpen: props.onOpen });
  const without = (...names: (keyof DeskSearch)[]): DeskSearch =>
    Object.fromEntries(Object.entries(search).filter(([name]) => !(names as string[]).includes(name)));
  const choose = (name: QueueName): void => onSearch({ ...without('queue'), queue: name });
  const searchFor = (text: string): void => {
    if (text === (search.search ?? '')) return;
    const rest = without('search');
    if (text === '') onSearch(chosen === 'all' ? without('search', 'queue') : rest, true);
    // A whole number names one case, wherever it stands now.
    else
      onSearch({ ...rest, search: text, ...(parseCaseNumber(text) === null ? {} : { queue: 'all' as const }) }, true);
  };
  const mixed = chosen === 'all' || queues[chosen].length > 1;
  return (
    <section className="queue" aria-label={t.queue.title}>
      <QueueTabs chosen={chosen} counts={counts.data?.counts} onChoose={choose} />
      <QueueToolbar
        search={search.search ?? ''}
        onSearch={searchFor}
        sort={sort}
        onSort={next => onSearch({ ...search, sort: next }, true)}
      >
        {props.onMap !== undefined && (
          <Button onClick={props.onMap} aria-pressed={props.mapShown} data-testid="map-toggle">
            {props.mapShown ? t.queue.hideMap : t.queue.showMap}
          </Button>
        )}
      </QueueToolbar>
      {search.search !== undefined && (
        <p className="queue-chip">
          {chosen === 'all' ? t.queue.searchingAll(search.search) : t.queue.searchingHere(search.search)}
          {chosen !== 'all' && (
            <button type="button" className="link-button" onClick={() => onSearch({ ...search, queue: 'all' })}>
              {t.queue.searchAll}
            </button>
          )}
          <button type="button" className="link-button" onClick={() => searchFor('')}>
            {t.queue.clearSearch}
          </button>
        </p>
      )}
      <QueueList
        queue={queue}
        rowHeight={rowHeight}
        label={chosen === 'all' ? t.queue.all : t.queue.names[chosen]}
        cursorId={cursorId}
        openId={search.case}
        onOpen={props.onOpen}
        renderRow={row => <QueueRow row={row} now={now} showState={mixed} />}
        empty={<Empty {...props} onChoose={choose} at={counts.data?.at} />}
      />
      <footer className="queue-foot">
        <span>{t.queue.shown(shown.length, queue.pages.hasNextPage)}</span>
        {counts.data !== undefined && counts.data.overdue > 0 && (
          <span className="queue-overdue">{t.queue.overdue(counts.data.overdue)}</span>
        )}
      </footer>
    </section>
  );
}

/** Why there is nothing, and what to do next. */
function Empty(
  props: QueuePanelProps & { readonly onChoose: (queue: QueueName) => void; readonly at: number | undefined },
) {
  const t = useWords(words);
  const { chosen, search, onSearch } = props;
  if (search.search !== undefined)
    return (
      <Notice
        title={t.queue.nothingFound(search.search)}
        action={
          chosen !== 'all' && (
            <Button onClick={() => onSearch({ ...search, queue: 'all' })} data-testid="search-all">
              {t.queue.searchAll}
            </Button>
          )
        }
      >
        {t.queue.nothingFoundHint}
      </Notice>
    );
  if (chosen === 'all') return null;
  return (
    <Notice
      title={t.queue.empty[chosen]}
      action={
        chosen !== 'in_handling' && <Button onClick={() => props.onChoose('in_handling')}>{t.queue.seeHandling}</Button>
      }
    >
      {props.at === undefined ? '' : t.queue.emptyAt(clockTime(props.at))}
    </Notice>
  );
}

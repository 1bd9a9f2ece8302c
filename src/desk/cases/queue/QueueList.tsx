import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useRef } from 'react';

import { useWords } from '../../../browser/i18n/use-words.ts';
import { useDelayed } from '../../shell/use-delayed.ts';
import { LoadFailure } from '../../shell/PageStates.tsx';
import { words } from '../../words/words.ts';
import { QueueSkeleton } from './QueueRow.tsx';
import { useAnnounced } from './use-announced.ts';

import type { ReactNode } from 'react';
import type { CaseRow } from '../../../contracts/cases.ts';
import type { Queue } from '../use-queue.ts';

interface QueueListProps {
  readonly queue: Queue;
  readonly rowHeight: number;
  readonly label: string;
  /** The row under the keyboard's cursor; scrolled into view when it changes. */
  readonly cursorId: string | undefined;
  /** The case that is open. */
  readonly openId: string | undefined;
  readonly onOpen: (row: CaseRow) => void;
  readonly renderRow: (row: CaseRow) => ReactNode;
  /** Shown when there is nothing: why, and what to do next. */
  readonly empty: ReactNode;
}

/** How long a row that came live stays marked. */
const freshFor = 4_000;
/** Rows before the end at which the next page is asked for. */
const ahead = 20;

/** The live, virtualised list of cases. It reports whether anything may move and offers the pill for what came meanwhile. */
export function QueueList(props: QueueListProps) {
  const { queue, rowHeight, cursorId, openId } = props;
  const t = useWords(words);
  const scroller = useRef<HTMLDivElement>(null);
  const inside = useRef(false);
  const { shown, waiting } = queue.queue;
  const { pages, setCalm, apply } = queue;
  const virtual = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: index => shown[index]?.row.id ?? index,
    overscan: 8,
  });
  const waitingBones = useDelayed(queue.isLoading);
  const announced = useAnnounced(queue.queue);

  const report = useCallback(() => {
    const atTop = (scroller.current?.scrollTop ?? 0) < 4;
    setCalm(inside.current ? 'still' : atTop ? 'calm' : 'scrolled');
  }, [setCalm]);
  useEffect(report, [report]);

  const cursorIndex = shown.findIndex(item => item.row.id === cursorId);
  useEffect(() => {
    if (cursorIndex >= 0) virtual.scrollToIndex(cursorIndex, { align: 'auto' });
    // Only when the cursor moves, not when rows come above it.
  }, [cursorId]);

  const lastIndex = virtual.getVirtualItems().at(-1)?.index ?? 0;
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = pages;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && lastIndex > shown.length - ahead) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage, lastIndex, shown.length]);

  const takeIn = (): void => {
    apply();
    scroller.current?.scrollTo({ top: 0 });
  };
  return (
    <div
      className="queue-list"
      onPointerEnter={() => {
        inside.current = true;
        report();
      }}
      onPointerLeave={() => {
        inside.current = false;
        report();
      }}
    >
      <p className="jw-hidden" role="status" aria-live="polite">
        {announced > 0 ? t.queue.announced(announced) : ''}
      </p>
      {waiting.length > 0 && (
        <button type="button" className="queue-pill" onClick={takeIn} data-testid="queue-pill">
          {t.queue.pill(waiting.length)}
        </button>
      )}
      <div
        ref={scroller}
        className="queue-scroll"
        role="listbox"
        aria-label={props.label}
        tabIndex={0}
        aria-activedescendant={cursorIndex >= 0 ? `case-${cursorId ?? ''}` : undefined}
        onScroll={report}
        data-testid="queue"
      >
        {waitingBones && <QueueSkeleton rows={10} height={rowHeight} />}
        {pages.error !== null && shown.length === 0 && (
          <LoadFailure error={pages.error} onRetry={() => void pages.refetch()} />
        )}
        {!queue.isLoading && pages.error === null && shown.length === 0 && props.empty}
        <div className="queue-rows" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(item => {
            const entry = shown[item.index];
            if (entry === undefined) return null;
            const { row, leaving, cameAt } = entry;
            const fresh = cameAt !== null && Date.now() - cameAt < freshFor;
            const classes = [
              'row',
              row.id === openId ? 'row-open' : '',
              row.id === cursorId ? 'row-cursor' : '',
              leaving ? 'row-leaving' : '',
              fresh ? 'row-fresh' : '',
            ];
            return (
              <div
                key={row.id}
                id={`case-${row.id}`}
                className={classes.join(' ')}
                style={{ height: rowHeight, transform: `translateY(${item.start}px)` }}
                role="option"
                aria-selected={row.id === openId}
                aria-setsize={shown.length}
                aria-posinset={item.index + 1}
                onClick={() => props.onOpen(row)}
                data-testid="queue-row"
                data-case={row.id}
                data-number={row.number}
                data-leaving={leaving ? 'true' : undefined}
              >
                {props.renderRow(row)}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

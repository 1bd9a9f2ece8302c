import { Button } from 'antd';
import { useEffect, useImperativeHandle, useRef, useState } from 'react';

import { createCaseMap } from '../../../browser/map/maplibre-map.ts';
import { useLocale, useWords } from '../../../browser/i18n/use-words.ts';
import { useTick } from '../../shell/use-tick.ts';
import { Notice } from '../../shell/PageStates.tsx';
import { words } from '../../words/words.ts';
import { QueueRow } from '../queue/QueueRow.tsx';

import type { RefObject } from 'react';
import type { CaseMark } from '../../../browser/map/maplibre-cases.ts';
import type { CaseMap } from '../../../browser/map/maplibre-map.ts';
import type { Territory } from '../../../browser/map/maplibre-style.ts';
import type { CaseRow } from '../../../contracts/cases.ts';

/** What keys and buttons may ask of the map. */
export interface CaseMapHandle {
  readonly locate: () => void;
  readonly fit: () => void;
}

interface CaseMapLayerProps {
  readonly territory: Territory;
  readonly marks: readonly CaseMark[];
  readonly chosen: CaseMark | null;
  readonly chosenGridId: string | null;
  readonly rows: readonly CaseRow[];
  readonly onOpen: (caseId: string) => void;
  readonly handle: RefObject<CaseMapHandle | null>;
  /** Pixels at the right that lie under the open case. */
  readonly covered: number;
}

interface Stack {
  readonly ids: readonly string[];
  readonly x: number;
  readonly y: number;
}

/** React's side of the map: keeps the one map alive and hands it what changed. */
export function CaseMapLayer(props: CaseMapLayerProps) {
  const { territory, marks, chosen, chosenGridId, rows, onOpen, handle, covered } = props;
  const t = useWords(words);
  const locale = useLocale();
  const holder = useRef<HTMLDivElement>(null);
  const [map, setMap] = useState<CaseMap | null>(null);
  const [stack, setStack] = useState<Stack | null>(null);
  const [failed, setFailed] = useState(false);
  const [attempt, setAttempt] = useState(0);
  const open = useRef(onOpen);
  useEffect(() => {
    open.current = onOpen;
  });

  useEffect(() => {
    if (holder.current === null) return undefined;
    const made = createCaseMap({
      container: holder.current,
      territory,
      locale,
      onPick: id => {
        setStack(null);
        open.current(id);
      },
      onPickMany: (ids, at) => setStack({ ids, ...at }),
      onReady: () => setFailed(false),
      onFailure: () => setFailed(true),
      onMove: () => setStack(null),
    });
    setMap(made);
    const observer = new ResizeObserver(() => made.resize());
    observer.observe(holder.current);
    return () => {
      observer.disconnect();
      made.destroy();
      setMap(null);
    };
  }, [territory, locale, attempt]);

  const shown = JSON.stringify(marks);
  useEffect(() => map?.setMarks(marks), [map, shown]);
  useEffect(() => map?.setInset(covered), [map, covered]);
  const ringed = JSON.stringify(chosen);
  useEffect(() => map?.choose(chosen, chosenGridId), [map, ringed, chosenGridId]);

  useImperativeHandle(
    handle,
    () => ({
      locate: () => {
        if (chosen !== null) map?.locate(chosen.position);
      },
      fit: () => map?.fit(),
    }),
    [map, chosen],
  );
  return (
    <>
      <div ref={holder} className="map-canvas" data-testid="map" />
      <button type="button" className="map-fit" onClick={() => map?.fit()} title={t.map.fit} data-testid="map-fit">
        {t.map.fitShort}
        <kbd className="key">f</kbd>
      </button>
      {failed && (
        <div className="map-failed">
          <Notice
            role="alert"
            title={t.map.failed}
            action={
              <Button
                onClick={() => {
                  setFailed(false);
                  setAttempt(attempt + 1);
                }}
              >
                {t.states.retry}
              </Button>
            }
          >
            {t.map.failedHint}
          </Notice>
        </div>
      )}
      {stack !== null && (
        <StackList
          stack={stack}
          rows={rows}
          onOpen={id => {
            setStack(null);
            onOpen(id);
          }}
        />
      )}
    </>
  );
}

/** Cases that stand on one spot, so that each of them can be opened. */
function StackList(props: {
  readonly stack: Stack;
  readonly rows: readonly CaseRow[];
  readonly onOpen: (id: string) => void;
}) {
  const t = useWords(words);
  const now = useTick();
  const { stack } = props;
  const members = props.rows.filter(row => stack.ids.includes(row.id));
  return (
    <div
      className="map-stack"
      style={{ left: stack.x, top: stack.y }}
      role="dialog"
      aria-label={t.map.stack(members.length)}
    >
      <p>{t.map.stack(members.length)}</p>
      {members.map(row => (
        <button key={row.id} type="button" className="row" onClick={() => props.onOpen(row.id)}>
          <QueueRow row={row} now={now} showState />
        </button>
      ))}
    </div>
  );
}

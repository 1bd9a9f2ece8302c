import { useQuery } from '@tanstack/react-query';

import { hasWebGl2 } from '../../../browser/map/maplibre-loader.ts';
import { useLocale, useWords } from '../../../browser/i18n/use-words.ts';
import { useTick } from '../../shell/use-tick.ts';
import { LoadFailure, Notice } from '../../shell/PageStates.tsx';
import { panelWidth, useOverlay } from '../../shell/layout.ts';
import { words } from '../../words/words.ts';
import { territoryQuery } from '../territory.ts';
import { CaseMapLayer } from './CaseMapLayer.tsx';
import { markOf } from './case-marks.ts';
import '../../style/map.css';

import type { RefObject } from 'react';
import type { CaseRow } from '../../../contracts/cases.ts';
import type { CaseMapHandle } from './CaseMapLayer.tsx';

interface MapPanelProps {
  /** The rows of the list: the map shows the same, neither more nor less. */
  readonly rows: readonly CaseRow[];
  /** The open case, which may lie outside the list. */
  readonly open: CaseRow | undefined;
  readonly onOpen: (caseId: string) => void;
  readonly handle: RefObject<CaseMapHandle | null>;
}

const drawable = hasWebGl2();

export function MapPanel({ rows, open, onOpen, handle }: MapPanelProps) {
  const t = useWords(words);
  const locale = useLocale();
  const now = useTick();
  const overlay = useOverlay();
  const { data: territory, error, refetch } = useQuery(territoryQuery);
  if (!drawable)
    return (
      <section className="map map-none" data-testid="map-unavailable">
        <Notice title={t.map.noWebGl}>{t.map.noWebGlHint}</Notice>
      </section>
    );
  if (territory === undefined)
    return (
      <section className="map map-none" aria-busy={error === null}>
        {error !== null && <LoadFailure error={error} onRetry={() => void refetch()} />}
      </section>
    );
  const marks = rows.flatMap(row => markOf(row, territory, now, locale) ?? []);
  const chosen = open === undefined ? null : markOf(open, territory, now, locale);
  const without = rows.length - marks.length;
  return (
    <section className="map" aria-label={t.map.title}>
      <CaseMapLayer
        key={locale}
        territory={territory}
        marks={marks}
        chosen={chosen}
        chosenGridId={open?.grid.at(-1)?.id ?? null}
        rows={rows}
        onOpen={onOpen}
        handle={handle}
        covered={overlay && open !== undefined ? panelWidth : 0}
      />
      <p className="map-legend">
        <span className="legend-late">{t.map.late}</span>
        <span className="legend-urgent">{t.map.urgent}</span>
        {without > 0 && <span>{t.map.without(without)}</span>}
      </p>
      {territory.note !== null && <p className="map-note">{territory.note[locale]}</p>}
    </section>
  );
}

import { getRouteApi } from '@tanstack/react-router';
import { Suspense, lazy, useRef, useState } from 'react';

import { useWords } from '../../browser/i18n/use-words.ts';
import { firstQueueOf, may, useMe } from '../identity/session.ts';
import { paths } from '../paths.ts';
import { useNarrow } from '../shell/layout.ts';
import { NoPermission } from '../shell/PageStates.tsx';
import { Resizer, useWidth } from '../shell/Resizer.tsx';
import { useKeys } from '../shell/use-keys.ts';
import { words } from '../words/words.ts';
import { CasePanel } from './panel/CasePanel.tsx';
import { QueuePanel } from './queue/QueuePanel.tsx';
import { queueNames, usualSort } from './queue-rules.ts';
import { useOpenRow } from './use-open-row.ts';
import { useQueue } from './use-queue.ts';
import { viewerOf } from './viewer.ts';
import '../style/queue.css';
import '../style/desk.css';

import type { CSSProperties } from 'react';
import type { CaseMapHandle } from './map/CaseMapLayer.tsx';
import type { DeskSearch } from '../search-params.ts';

const MapPanel = lazy(async () => ({ default: (await import('./map/MapPanel.tsx')).MapPanel }));

const route = getRouteApi('/signed-in/desk');
const least = 320;
const most = 560;

export function DeskPage() {
  const me = useMe();
  return may(me, 'cases.read') ? <Desk /> : <NoPermission permission="cases.read" />;
}

/** Queue, map and case side by side; on a phone one after the other. */
function Desk() {
  const t = useWords(words);
  const me = useMe();
  const narrow = useNarrow();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const go = (next: DeskSearch, replace = false): void => {
    void navigate({ to: paths.desk, search: next, replace });
  };
  const chosen = search.queue ?? firstQueueOf(me);
  const sort = search.sort ?? usualSort(chosen);
  const filter = {
    sort,
    ...(chosen === 'all' ? {} : { queue: chosen }),
    ...(search.search === undefined ? {} : { search: search.search }),
  };
  const queue = useQueue(filter, viewerOf(me));
  const openRow = useOpenRow(search.case, queue.queue);
  const open = (caseId: string): void => go({ ...search, case: caseId }, search.case !== undefined);
  const close = (): void => {
    const { case: _closed, ...rest } = search;
    go(rest);
  };
  const map = useRef<CaseMapHandle>(null);
  const [mapOnPhone, setMapOnPhone] = useState(false);
  const width = useWidth('queue-width', 380, least, most);
  const step = (by: 1 | -1): void => {
    const index = chosen === 'all' ? 0 : queueNames.indexOf(chosen);
    const next = queueNames[(index + by + queueNames.length) % queueNames.length];
    if (next !== undefined) go({ ...search, queue: next });
  };
  useKeys({ f: () => map.current?.fit(), ']': () => step(1), '[': () => step(-1) });

  const locate = (): void => {
    if (narrow) {
      setMapOnPhone(true);
      close();
    }
    map.current?.locate();
  };
  const panel = search.case !== undefined && (
    <CasePanel caseId={search.case} onClose={close} onLocate={locate} asPage={narrow} />
  );
  const list = (
    <QueuePanel
      queue={queue}
      chosen={chosen}
      search={search}
      sort={sort}
      onSearch={go}
      onOpen={row => open(row.id)}
      onMap={narrow ? () => setMapOnPhone(!mapOnPhone) : undefined}
      mapShown={mapOnPhone}
    />
  );
  const mapPanel = (
    <Suspense fallback={<section className="map map-none" aria-busy="true" />}>
      <MapPanel rows={queue.queue.shown.map(item => item.row)} open={openRow} onOpen={open} handle={map} />
    </Suspense>
  );
  const widths: CSSProperties & { '--queue-width': string } = { '--queue-width': `${width.width}px` };
  if (narrow)
    return (
      <main className="desk desk-narrow" aria-label={t.shell.desk}>
        {panel === false ? list : panel}
        {panel === false && mapOnPhone && mapPanel}
      </main>
    );
  return (
    <main className="desk" aria-label={t.shell.desk} style={widths}>
      {list}
      <Resizer {...width} label={t.queue.resize} least={least} most={most} />
      {mapPanel}
      {panel !== false && <aside className="desk-panel">{panel}</aside>}
    </main>
  );
}

import { lazy, Suspense } from 'react';

import { useWords } from '../browser/i18n/use-words.ts';
import { useTerritory } from '../browser/map/use-territory.ts';
import { useAddress } from '../browser/ui/navigation.tsx';
import { DonePage } from './done/DonePage.tsx';
import { Footer, Header } from './Frame.tsx';
import { useTownName } from './place/town.ts';
import { ReportPage } from './report/ReportPage.tsx';
import { residentWords } from './words/words.ts';

// Whoever reports does not wait for the page that follows, and the other way round only for what both share.
const TrackPage = lazy(() => import('./track/TrackPage.tsx').then(module => ({ default: module.TrackPage })));

/** The resident's page. Its addresses: `/r/` report, `/r/done` receipt, `/r/track` progress. */
export function App() {
  const words = useWords(residentWords);
  const { path, query } = useAddress();
  const territory = useTerritory();
  const codeGrid = query.get('grid');
  const town = useTownName(territory.territory, codeGrid) ?? words.anyTown;
  const page = path.startsWith('/r/track') ? 'track' : path.startsWith('/r/done') ? 'done' : 'report';
  return (
    <>
      <a className="skip" href="#main">
        {words.skip}
      </a>
      <Header town={town} page={page} />
      <main id="main" className={`page page-${page}`}>
        {page === 'report' && (
          <ReportPage territory={territory} town={town} codeGrid={codeGrid} codePlace={query.get('place')} />
        )}
        {page === 'done' && <DonePage />}
        {page === 'track' && (
          <Suspense fallback={<div className="card skeleton progress-wait narrow" />}>
            <TrackPage key={query.get('n') ?? ''} number={query.get('n')} />
          </Suspense>
        )}
      </main>
      <Footer />
    </>
  );
}

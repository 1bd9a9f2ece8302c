import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';

import icon from '../../browser/ui/icon.svg';
import { useLocale, useWords } from '../../browser/i18n/use-words.ts';
import { openApi } from '../../contracts/platform.ts';
import { paths } from '../paths.ts';
import { LanguageSwitch } from '../shell/LanguageSwitch.tsx';
import { LoadFailure, PagePending } from '../shell/PageStates.tsx';
import { useDelayed } from '../shell/use-delayed.ts';
import { words } from '../words/words.ts';
import { OperationSection } from './OperationSection.tsx';
import { openApiQuery } from './openapi-query.ts';
import { operationsOf } from './openapi.ts';
import '../style/api-docs.css';

import type { Listed, OpenApiDocument } from './openapi.ts';

/** The interface for people who write programs against it: the same document that machines read. */
export function ApiDocsPage() {
  const t = useWords(words);
  const { data, error, isPending, refetch } = useQuery(openApiQuery);
  const waiting = useDelayed(isPending);
  return (
    <div className="docs">
      <header className="docs-head">
        <Link to={paths.home} aria-label={t.product}>
          <img src={icon} alt="" width="28" height="28" />
        </Link>
        <h1>{t.docs.title}</h1>
        {data !== undefined && <span className="docs-version jw-numbers">v{data.info.version}</span>}
        <a href={openApi.path} className="docs-raw">
          {t.docs.raw}
        </a>
        <span className="header-gap" />
        <LanguageSwitch />
      </header>
      {error !== null && <LoadFailure error={error} onRetry={() => void refetch()} />}
      {waiting && <PagePending />}
      {data !== undefined && <Interface document={data} />}
    </div>
  );
}

function Interface({ document }: { readonly document: OpenApiDocument }) {
  const t = useWords(words);
  const groups = [...operationsOf(document)];
  return (
    <div className="docs-body">
      <nav className="docs-nav" aria-label={t.docs.contents}>
        {groups.map(([module, operations]) => (
          <ModuleLinks key={module} module={module} operations={operations} />
        ))}
      </nav>
      <main className="docs-main">
        <p className="docs-intro">{t.docs.intro}</p>
        {groups.map(([module, operations]) => (
          <section key={module} aria-labelledby={`module-${module}`}>
            <h2 id={`module-${module}`}>{t.docs.modules[module] ?? module}</h2>
            {operations.map(listed => (
              <OperationSection key={listed.id} listed={listed} />
            ))}
          </section>
        ))}
      </main>
    </div>
  );
}

function ModuleLinks({ module, operations }: { readonly module: string; readonly operations: readonly Listed[] }) {
  const t = useWords(words);
  const locale = useLocale();
  return (
    <>
      <h3>{t.docs.modules[module] ?? module}</h3>
      <ul>
        {operations.map(({ id, operation }) => (
          <li key={id}>
            <a href={`#${id}`}>{locale === 'zh' ? (operation['x-summary-zh'] ?? id) : (operation.summary ?? id)}</a>
          </li>
        ))}
      </ul>
    </>
  );
}

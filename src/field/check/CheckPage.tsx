import './check.css';

import { useCallback, useEffect, useState } from 'react';

import { readCase } from '../../contracts/cases.ts';
import { call, Problem } from '../../browser/api/call.ts';
import { usePolling } from '../../browser/api/use-polling.ts';
import { useWords } from '../../browser/i18n/use-words.ts';
import { useNow } from '../../browser/time/use-now.ts';
import { Icon } from '../../browser/ui/Icon.tsx';
import { Link, PageTitle } from '../../browser/ui/navigation.tsx';
import { Freshness } from '../tasks/Freshness.tsx';
import { fieldWords } from '../words/words.ts';
import { CaseFacts } from './CaseFacts.tsx';
import { CheckForm } from './CheckForm.tsx';

import type { CaseDetail } from '../../contracts/cases.ts';
import type { Me } from '../../contracts/identity.ts';

const pollMs = 10_000;

interface CheckPageProps {
  readonly caseId: string;
  readonly me: Me;
  readonly noteFailure: (error: unknown) => boolean;
}

/** One check: what was reported, what the unit says it did, what must be true, and the result. */
export function CheckPage({ caseId, me, noteFailure }: CheckPageProps) {
  const words = useWords(fieldWords);
  const load = useCallback((signal: AbortSignal) => call(readCase, { params: { id: caseId }, signal }), [caseId]);
  const { data, error, loadedAt, busy, reload, replace } = usePolling(load, pollMs);
  const now = Math.max(useNow(), loadedAt ?? 0);
  const [result, setResult] = useState<{ passed: boolean; after: CaseDetail } | null>(null);
  useEffect(() => {
    if (error !== null) noteFailure(error);
  }, [error, noteFailure]);

  if (result !== null) return <Result passed={result.passed} unit={result.after.leadUnitName ?? words.someUnit} />;
  return (
    <div className="stack">
      <Link href="/m/" className="back">
        <Icon name="back" />
        {words.back}
      </Link>
      {data === null ? (
        <>
          <PageTitle title={words.titleCheck} className="page-title">
            {words.titleCheck}
          </PageTitle>
          {error === null ? (
            <div className="card skeleton check-wait" />
          ) : (
            <div className="notice notice-wrong" role="alert">
              <Icon name="alert" />
              <div>
                <p>{error instanceof Problem ? error.message : words.loadFailed}</p>
                <button type="button" className="button" onClick={reload}>
                  {words.again}
                </button>
              </div>
            </div>
          )}
        </>
      ) : (
        <>
          <CaseFacts detail={data} now={now} />
          <CheckForm
            key={data.id}
            detail={data}
            me={me}
            now={now}
            noteFailure={noteFailure}
            onReload={reload}
            onDone={(passed, after) => {
              replace(after);
              setResult({ passed, after });
              window.scrollTo(0, 0);
            }}
          />
          <Freshness loadedAt={loadedAt} failed={error !== null} busy={busy} onReload={reload} />
        </>
      )}
    </div>
  );
}

function Result({ passed, unit }: { readonly passed: boolean; readonly unit: string }) {
  const words = useWords(fieldWords);
  const title = passed ? words.passed : words.failed;
  return (
    <div className="result" role="status">
      <span className={`result-mark ${passed ? '' : 'result-back'}`}>
        <Icon name={passed ? 'check' : 'undo'} />
      </span>
      <PageTitle title={title}>{title}</PageTitle>
      <p className="muted">{passed ? words.passedMore : words.failedMore(unit)}</p>
      <Link href="/m/" className="button button-main button-wide">
        {words.done}
      </Link>
    </div>
  );
}

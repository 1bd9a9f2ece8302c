import { useEffect } from 'react';

import { listCases } from '../../contracts/cases.ts';
import { call, Problem } from '../../browser/api/call.ts';
import { usePolling } from '../../browser/api/use-polling.ts';
import { useWords } from '../../browser/i18n/use-words.ts';
import { useNow } from '../../browser/time/use-now.ts';
import { Icon } from '../../browser/ui/Icon.tsx';
import { PageTitle } from '../../browser/ui/navigation.tsx';
import { fieldWords } from '../words/words.ts';
import { Freshness } from './Freshness.tsx';
import { TaskCard } from './TaskCard.tsx';

import type { Known } from '../../browser/api/use-polling.ts';

const pollMs = 10_000;

const load = (signal: AbortSignal) =>
  call(listCases, { query: { mine: 'check', queue: 'to_check', sort: 'due' }, signal });

/** The list as it was when one left the page: shown with its age while there is no network. Gone with the page. */
let lastTasks: (Known<Awaited<ReturnType<typeof load>>> & { readonly accountId: string }) | null = null;

interface TasksPageProps {
  readonly accountId: string;
  readonly noteFailure: (error: unknown) => boolean;
}

/** The checks given to me, the most pressing first. */
export function TasksPage({ accountId, noteFailure }: TasksPageProps) {
  const words = useWords(fieldWords);
  const { data, error, loadedAt, busy, reload } = usePolling(
    load,
    pollMs,
    lastTasks?.accountId === accountId ? lastTasks : null,
  );
  const now = Math.max(useNow(), loadedAt ?? 0);
  useEffect(() => {
    if (data !== null && loadedAt !== null) lastTasks = { accountId, data, loadedAt };
  }, [accountId, data, loadedAt]);
  useEffect(() => {
    if (error !== null) noteFailure(error);
  }, [error, noteFailure]);

  return (
    <div className="stack">
      <div className="tasks-head">
        <PageTitle title={`${words.tasks} · ${words.brand}`} className="page-title">
          {words.myTasks}
        </PageTitle>
        {data !== null && data.cases.length > 0 && (
          <span className="count jw-numbers">{words.count(data.cases.length)}</span>
        )}
      </div>
      {data !== null && <Freshness loadedAt={loadedAt} failed={error !== null} busy={busy} onReload={reload} />}
      {data === null && error === null && (
        <>
          <div className="card skeleton task-wait" />
          <div className="card skeleton task-wait" />
        </>
      )}
      {data === null && error !== null && (
        <div className="notice notice-wrong" role="alert">
          <Icon name="offline" />
          <div>
            <p>{error instanceof Problem ? error.message : words.loadFailed}</p>
            <button type="button" className="button" onClick={reload}>
              {words.again}
            </button>
          </div>
        </div>
      )}
      {data !== null && data.cases.length === 0 && (
        <div className="card empty">
          <Icon name="tasks" />
          <p>
            <strong>{words.empty}</strong>
          </p>
          <p className="muted small">{words.emptyMore}</p>
        </div>
      )}
      <ul className="task-list">
        {data?.cases.map(row => (
          <li key={row.id}>
            <TaskCard row={row} now={now} />
          </li>
        ))}
      </ul>
    </div>
  );
}

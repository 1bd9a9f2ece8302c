import { getRouteApi } from '@tanstack/react-router';

import { useWords } from '../../browser/i18n/use-words.ts';
import { useTick } from '../shell/use-tick.ts';
import { may, useMe } from '../identity/session.ts';
import { paths } from '../paths.ts';
import { inboxTabs } from '../search-params.ts';
import { useNarrow } from '../shell/layout.ts';
import { NoPermission, Notice } from '../shell/PageStates.tsx';
import { useKeys } from '../shell/use-keys.ts';
import { words } from '../words/words.ts';
import { InboxHead, InboxRow } from './inbox/InboxRow.tsx';
import { InboxTabs } from './inbox/InboxTabs.tsx';
import { inboxStates } from './inbox-tabs.ts';
import { CasePanel } from './panel/CasePanel.tsx';
import { QueueList } from './queue/QueueList.tsx';
import { QueueRow } from './queue/QueueRow.tsx';
import { QueueToolbar } from './queue/QueueToolbar.tsx';
import { useCursor } from './queue/use-cursor.ts';
import { useInboxCounts } from './use-inbox-counts.ts';
import { useQueue } from './use-queue.ts';
import { usualSort } from './queue-rules.ts';
import { viewerOf } from './viewer.ts';
import '../style/queue.css';
import '../style/inbox.css';

import type { CaseRow } from '../../contracts/cases.ts';
import type { InboxSearch, InboxTab } from '../search-params.ts';

const route = getRouteApi('/signed-in/inbox');

export function InboxPage() {
  const me = useMe();
  return may(me, 'cases.handle') ? <Inbox /> : <NoPermission permission="cases.handle" />;
}

/** What a unit has to do, the most pressing first, with the case beside it. */
function Inbox() {
  const t = useWords(words);
  const me = useMe();
  const narrow = useNarrow();
  const now = useTick();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const go = (next: InboxSearch, replace = false): void => {
    void navigate({ to: paths.inbox, search: next, replace });
  };
  const tab: InboxTab = search.tab ?? 'to_sign';
  const sort = search.sort ?? usualSort(tab === 'ended' || tab === 'all' ? 'ended' : 'all');
  const queue = useQueue(
    {
      states: inboxStates[tab],
      mine: 'unit',
      sort,
      ...(search.search === undefined ? {} : { search: search.search }),
    },
    viewerOf(me),
  );
  const counts = useInboxCounts();
  const { shown } = queue.queue;
  const open = (row: CaseRow): void => go({ ...search, case: row.id }, search.case !== undefined);
  const close = (): void => {
    const { case: _closed, ...rest } = search;
    go(rest);
  };
  const cursorId = useCursor({ shown, openId: search.case, onOpen: open });
  const step = (by: 1 | -1): void => {
    const next = inboxTabs[(inboxTabs.indexOf(tab) + by + inboxTabs.length) % inboxTabs.length];
    if (next !== undefined) go({ ...search, tab: next });
  };
  useKeys({ ']': () => step(1), '[': () => step(-1) });
  const searchFor = (text: string): void => {
    const { search: _old, ...rest } = search;
    if (text !== (search.search ?? '')) go(text === '' ? rest : { ...rest, search: text }, true);
  };
  const panel = search.case === undefined ? null : <CasePanel caseId={search.case} onClose={close} asPage={narrow} />;
  if (narrow && panel !== null) return <main className="inbox inbox-narrow">{panel}</main>;
  return (
    <main className={narrow ? 'inbox inbox-narrow' : 'inbox'} aria-label={t.shell.inbox}>
      <section className="inbox-list">
        <div className="inbox-bar">
          <InboxTabs chosen={tab} counts={counts} onChoose={next => go({ ...search, tab: next })} />
          <QueueToolbar
            search={search.search ?? ''}
            onSearch={searchFor}
            sort={sort}
            onSort={next => go({ ...search, sort: next }, true)}
          />
        </div>
        {!narrow && <InboxHead />}
        <QueueList
          queue={queue}
          rowHeight={narrow ? 68 : 56}
          label={t.inbox.tabs[tab]}
          cursorId={cursorId}
          openId={search.case}
          onOpen={open}
          renderRow={row =>
            narrow ? (
              <QueueRow row={row} now={now} showState={tab === 'all' || tab === 'to_check'} />
            ) : (
              <InboxRow row={row} now={now} />
            )
          }
          empty={
            <Notice title={search.search === undefined ? t.inbox.empty[tab] : t.queue.nothingFound(search.search)}>
              {search.search === undefined ? t.inbox.emptyHint[tab] : t.queue.nothingFoundHint}
            </Notice>
          }
        />
      </section>
      {panel !== null && <aside className="inbox-panel">{panel}</aside>}
    </main>
  );
}

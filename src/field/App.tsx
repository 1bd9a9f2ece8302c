import { lazy, Suspense } from 'react';

import { mayAnywhere } from '../domain/identity/permissions.ts';
import { useWords } from '../browser/i18n/use-words.ts';
import { useElder } from '../browser/ui/elder.ts';
import { Icon } from '../browser/ui/Icon.tsx';
import { Link, useAddress } from '../browser/ui/navigation.tsx';
import { MePage } from './identity/MePage.tsx';
import { SignInPage } from './identity/SignInPage.tsx';
import { useSession } from './identity/use-session.ts';
import { TasksPage } from './tasks/TasksPage.tsx';
import { fieldWords } from './words/words.ts';

import type { Me } from '../contracts/identity.ts';

const CheckPage = lazy(() => import('./check/CheckPage.tsx').then(module => ({ default: module.CheckPage })));

/** The grid worker's phone. Its addresses: `/m/` tasks, `/m/check/<case>` one check, `/m/me` account. */
export function App() {
  const words = useWords(fieldWords);
  const { session, signedIn, signOut, noteFailure, retry } = useSession();
  const { path } = useAddress();
  useElder();
  if (session.state === 'asking') return <div className="page" aria-busy="true" />;
  if (session.state === 'unreachable')
    return (
      <main className="page">
        <div className="notice notice-wrong" role="alert">
          <Icon name="offline" />
          <div>
            <p>{words.loadFailed}</p>
            <button type="button" className="button" onClick={retry}>
              {words.again}
            </button>
          </div>
        </div>
      </main>
    );
  if (session.state === 'out') return <SignInPage ended={session.ended} onSignedIn={signedIn} />;

  const { me } = session;
  const caseId = /^\/m\/check\/([\w-]+)/.exec(path)?.[1];
  const onMe = path.startsWith('/m/me');
  return (
    <>
      <main className="page">
        {onMe ? (
          <MePage me={me} signOut={signOut} />
        ) : !mayCheck(me) ? (
          <NotForYou me={me} />
        ) : caseId === undefined ? (
          <TasksPage accountId={me.accountId} noteFailure={noteFailure} />
        ) : (
          <Suspense fallback={<div className="card skeleton check-wait" />}>
            <CheckPage key={caseId} caseId={caseId} me={me} noteFailure={noteFailure} />
          </Suspense>
        )}
      </main>
      <nav className="bottom-tabs" aria-label={words.tabs}>
        <Link href="/m/" current={!onMe}>
          <Icon name="tasks" />
          {words.tasks}
        </Link>
        <Link href="/m/me" current={onMe}>
          <Icon name="person" />
          {words.me}
        </Link>
      </nav>
    </>
  );
}

const mayCheck = (me: Me): boolean =>
  mayAnywhere({ kind: 'account', accountId: me.accountId, name: me.name, grants: me.grants }, 'cases.check');

function NotForYou({ me }: { readonly me: Me }) {
  const words = useWords(fieldWords);
  return (
    <div className="card stack empty">
      <Icon name="shield" />
      <h1>{words.notForYou(me.name)}</h1>
      <a className="button button-main" href="/login">
        {words.toDesk}
      </a>
    </div>
  );
}

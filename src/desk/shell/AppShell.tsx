import { Outlet } from '@tanstack/react-router';

import { useWords } from '../../browser/i18n/use-words.ts';
import { may, useMe } from '../identity/session.ts';
import { LiveProvider } from '../live/LiveProvider.tsx';
import { words } from '../words/words.ts';
import { Header } from './Header.tsx';
import { ConnectionBar } from './ConnectionBar.tsx';
import { KeyHelp } from './KeyHelp.tsx';

/** Header and page of whoever is signed in. Only those who may read cases hold the live stream open. */
export function AppShell() {
  const me = useMe();
  const t = useWords(words);
  const live = may(me, 'cases.read');
  const frame = (
    <div className="shell">
      <a className="jw-hidden shell-skip" href="#main">
        {t.shell.skip}
      </a>
      <Header live={live} />
      <ConnectionBar live={live} />
      <div className="shell-page" id="main">
        <Outlet />
      </div>
      <KeyHelp />
    </div>
  );
  return live ? <LiveProvider>{frame}</LiveProvider> : frame;
}

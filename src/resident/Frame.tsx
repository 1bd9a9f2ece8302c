import { useEffect, useState } from 'react';

import { useWords } from '../browser/i18n/use-words.ts';
import { useElder } from '../browser/ui/elder.ts';
import { Icon } from '../browser/ui/Icon.tsx';
import { LanguageSwitch } from '../browser/ui/LanguageSwitch.tsx';
import { Mark } from '../browser/ui/Mark.tsx';
import { Link, PageTitle } from '../browser/ui/navigation.tsx';
import { kitWords } from '../browser/ui/words/kit-words.ts';
import { residentWords } from './words/words.ts';

interface HeaderProps {
  readonly town: string;
  readonly page: 'report' | 'done' | 'track';
}

export function Header({ town, page }: HeaderProps) {
  const words = useWords(residentWords);
  const kit = useWords(kitWords);
  const [elder, setElder] = useElder();
  return (
    <header className={`top top-${page}`}>
      <div className="top-inner">
        <div className="top-row">
          <span className="brand">
            <Mark />
            {words.brand}
          </span>
          <button type="button" className="top-switch" onClick={() => setElder(!elder)}>
            {elder ? kit.elderOff : kit.elder}
          </button>
          <LanguageSwitch className="top-switch" />
        </div>
        {page === 'report' ? (
          <>
            <PageTitle title={words.titleReport(town)} className="town">
              {town}
            </PageTitle>
            <p className="lead">{words.lead}</p>
          </>
        ) : (
          <p className="town town-small">{town}</p>
        )}
        <nav className="tabs" aria-label={words.tabs}>
          <Link href="/r/" current={page === 'report'}>
            <Icon name="edit" />
            {words.tabReport}
          </Link>
          <Link href="/r/track" current={page === 'track'}>
            <Icon name="route" />
            {words.tabTrack}
          </Link>
        </nav>
      </div>
      <Offline />
    </header>
  );
}

function Offline() {
  const words = useWords(residentWords);
  const [offline, setOffline] = useState(!navigator.onLine);
  useEffect(() => {
    const look = () => setOffline(!navigator.onLine);
    window.addEventListener('online', look);
    window.addEventListener('offline', look);
    return () => {
      window.removeEventListener('online', look);
      window.removeEventListener('offline', look);
    };
  }, []);
  return (
    <div role="status">
      {offline && (
        <p className="offline">
          <Icon name="offline" />
          {words.offline}
        </p>
      )}
    </div>
  );
}

export function Footer() {
  const words = useWords(residentWords);
  return (
    <footer className="bottom small">
      <p className="emergency">
        <Icon name="phone" />
        <span>
          {words.emergency} <a href="tel:120">120</a> · <a href="tel:119">119</a> · <a href="tel:110">110</a>
        </span>
      </p>
      <p>
        <a href="/login">{words.staff}</a>
      </p>
    </footer>
  );
}

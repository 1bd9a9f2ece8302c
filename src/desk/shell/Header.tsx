import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';

import icon from '../../browser/ui/icon.svg';
import { useLocale, useWords } from '../../browser/i18n/use-words.ts';
import { roles } from '../../domain/identity/permissions.ts';
import { territoryQuery } from '../cases/territory.ts';
import { isOfCentre, may, rolesOf, useMe } from '../identity/session.ts';
import { paths } from '../paths.ts';
import { words } from '../words/words.ts';
import { LanguageSwitch } from './LanguageSwitch.tsx';
import { LiveBadge } from './LiveBadge.tsx';
import { SignOut } from './SignOut.tsx';

import type { Me } from '../../contracts/identity.ts';

/** The menu holds what exists and what its reader may see. */
function Menu({ me }: { readonly me: Me }) {
  const t = useWords(words);
  const links = [
    { to: paths.desk, text: t.shell.desk, shown: isOfCentre(me) },
    { to: paths.inbox, text: t.shell.inbox, shown: may(me, 'cases.handle') },
    { to: paths.accounts, text: t.shell.accounts, shown: may(me, 'identity.read_accounts') },
  ] as const;
  const shown = links.filter(link => link.shown);
  if (shown.length < 2) return null;
  return (
    <nav className="header-menu" aria-label={t.shell.menu}>
      {shown.map(link => (
        <Link key={link.to} to={link.to} activeProps={{ 'aria-current': 'page' }}>
          {link.text}
        </Link>
      ))}
    </nav>
  );
}

/** The centre's name for its people, the unit's or the office's for others. */
function usePlaceName(me: Me): string {
  const t = useWords(words);
  const { data } = useQuery(territoryQuery);
  if (!isOfCentre(me)) return me.workplace;
  const townId = me.grants.find(grant => grant.townId !== null)?.townId;
  const town = data?.towns.find(one => one.id === townId) ?? data?.towns[0];
  return town === undefined ? me.workplace : t.shell.centre(town.name);
}

export function Header({ live }: { readonly live: boolean }) {
  const me = useMe();
  const t = useWords(words);
  const locale = useLocale();
  const place = usePlaceName(me);
  const held = rolesOf(me).map(role => roles[role][locale]);
  return (
    <header className="header">
      <Link to={paths.home} className="header-brand" aria-label={t.product}>
        <img src={icon} alt="" width="26" height="26" />
        <span className="header-name">{t.brand}</span>
      </Link>
      <span className="header-place" data-testid="header-place">
        {place}
      </span>
      <Menu me={me} />
      <span className="header-gap" />
      {live && <LiveBadge />}
      <span className="header-person" data-testid="header-person">
        <span className="header-person-name">{me.name}</span>
        <span className="header-person-role">{held.join(t.comma)}</span>
      </span>
      <LanguageSwitch />
      <SignOut />
    </header>
  );
}

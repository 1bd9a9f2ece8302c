import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, getRouteApi } from '@tanstack/react-router';
import { App, Button } from 'antd';

import { call, failureText } from '../../browser/api/call.ts';
import { useLocale, useWords } from '../../browser/i18n/use-words.ts';
import { fullMoment } from '../../browser/time/words.ts';
import { endSession, endSessions, readAccount } from '../../contracts/security.ts';
import { paths } from '../paths.ts';
import { LoadFailure, NoPermission } from '../shell/PageStates.tsx';
import { words } from '../words/words.ts';
import { AccountActions } from './AccountActions.tsx';
import { GrantList } from './GrantList.tsx';
import { Sessions } from './Sessions.tsx';
import { may, useMe } from './session.ts';
import '../style/security.css';
import '../style/accounts.css';

import type { AccountSecurity } from '../../contracts/security.ts';

const route = getRouteApi('/signed-in/admin/accounts/$accountId');

/** One account for the security administrator: what it may do, how it signs in, where it is signed in. */
export function AccountPage() {
  const t = useWords(words);
  const me = useMe();
  const { accountId } = route.useParams();
  const allowed = may(me, 'identity.manage_accounts');
  const { data, error, refetch } = useQuery({
    queryKey: ['accounts', accountId],
    queryFn: ({ signal }) => call(readAccount, { params: { id: accountId }, signal }),
    enabled: allowed,
  });
  if (!allowed) return <NoPermission permission="identity.manage_accounts" />;
  return (
    <main className="security">
      <p>
        <Link to={paths.accounts}>‹ {t.security.back}</Link>
      </p>
      {error !== null && <LoadFailure error={error} onRetry={() => void refetch()} />}
      {data !== undefined && <AccountView security={data} own={data.account.id === me.accountId} />}
    </main>
  );
}

function AccountView({ security, own }: { readonly security: AccountSecurity; readonly own: boolean }) {
  const t = useWords(words);
  const { account } = security;
  return (
    <>
      <h1>
        {account.name} {account.disabled && <span className="mark">{t.accounts.disabled}</span>}
      </h1>
      <p className="security-hint">
        {account.loginName} {account.workplace !== '' && t.dot} {account.workplace}
      </p>
      <div className="security-columns">
        <section className="security-card" aria-labelledby="account-grants">
          <h2 id="account-grants">{t.security.grants}</h2>
          <GrantList account={account} own={own} />
        </section>
        <section className="security-card" aria-labelledby="account-sign-in">
          <h2 id="account-sign-in">{t.security.signIn}</h2>
          <Facts security={security} />
          <AccountActions security={security} />
        </section>
      </div>
      <AccountSessions security={security} />
    </>
  );
}

function Facts({ security }: { readonly security: AccountSecurity }) {
  const t = useWords(words);
  const locale = useLocale();
  return (
    <ul className="security-facts">
      {security.lockedUntil !== null && (
        <li className="access-refused">{t.security.locked(fullMoment(security.lockedUntil, locale))}</li>
      )}
      {security.passwordChangedAt !== null && (
        <li>{t.security.passwordSince(fullMoment(security.passwordChangedAt, locale))}</li>
      )}
      {security.mustChangePassword && <li>{t.security.mustChange}</li>}
      <li>{security.codesSetUp ? t.security.codesOn(security.recoveryLeft) : t.security.codesNone}</li>
      {security.linked.map(({ issuer }) => (
        <li key={issuer}>{t.security.linkedTo(issuer)}</li>
      ))}
    </ul>
  );
}

function AccountSessions({ security: { account, sessions } }: { readonly security: AccountSecurity }) {
  const t = useWords(words);
  const queries = useQueryClient();
  const { message } = App.useApp();
  const { id } = account;
  const end = useMutation({
    mutationFn: (session: string | null) =>
      session === null ? call(endSessions, { params: { id } }) : call(endSession, { params: { id, session } }),
    onSuccess: ({ ended }) => {
      void message.success(t.own.ended(ended));
      return queries.invalidateQueries({ queryKey: ['accounts', id] });
    },
    onError: error => void message.error(failureText(error, t.states.unreachable)),
  });
  return (
    <section className="security-card" aria-labelledby="account-sessions">
      <div className="security-card-head">
        <h2 id="account-sessions">{t.security.sessions}</h2>
        {sessions.length > 0 && (
          <Button danger size="small" onClick={() => end.mutate(null)} data-testid="end-all">
            {t.security.endAll}
          </Button>
        )}
      </div>
      {sessions.length === 0 ? (
        <p className="security-small">{t.security.noSessions}</p>
      ) : (
        <Sessions sessions={sessions} onEnd={session => end.mutate(session.id)} />
      )}
    </section>
  );
}

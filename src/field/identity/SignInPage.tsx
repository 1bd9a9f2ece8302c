import { useEffect, useRef, useState } from 'react';

import { demoAccounts, signIn } from '../../contracts/identity.ts';
import { permissionsOf, roles } from '../../domain/identity/permissions.ts';
import { call, failureText } from '../../browser/api/call.ts';
import { useLocale, useWords } from '../../browser/i18n/use-words.ts';
import { Icon } from '../../browser/ui/Icon.tsx';
import { LanguageSwitch } from '../../browser/ui/LanguageSwitch.tsx';
import { Mark } from '../../browser/ui/Mark.tsx';
import { PageTitle } from '../../browser/ui/navigation.tsx';
import { kitWords } from '../../browser/ui/words/kit-words.ts';
import { fieldWords } from '../words/words.ts';

import type { ReplyOf } from '../../contracts/endpoint.ts';
import type { Me } from '../../contracts/identity.ts';
import type { SubmitEvent } from 'react';

type DemoAccount = ReplyOf<typeof demoAccounts>['accounts'][number];

interface SignInPageProps {
  readonly ended: boolean;
  readonly onSignedIn: (me: Me) => void;
}

export function SignInPage({ ended, onSignedIn }: SignInPageProps) {
  const words = useWords(fieldWords);
  const unreachable = useWords(kitWords).unreachable;
  const [loginName, setLoginName] = useState('');
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(ended ? words.sessionEnded : null);
  const button = useRef<HTMLButtonElement>(null);

  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault();
    if (busy) return;
    if (loginName.trim() === '' || password === '') {
      setFailure(words.loginMissing);
      return;
    }
    setBusy(true);
    setFailure(null);
    call(signIn, { body: { loginName: loginName.trim(), password } }).then(onSignedIn, (error: unknown) => {
      setBusy(false);
      setFailure(failureText(error, unreachable));
    });
  };

  return (
    <>
      <header className="bar sign-in-bar">
        <span className="brand">
          <Mark />
          {words.brand}
        </span>
        <LanguageSwitch className="bar-switch" />
      </header>
      <main className="page sign-in">
        <form className="card stack" onSubmit={onSubmit} noValidate>
          <PageTitle title={words.brand}>{words.signIn}</PageTitle>
          <p className="muted">{words.signInLead}</p>
          <label className="field">
            <span>{words.loginName}</span>
            <input
              className="input"
              autoComplete="username"
              autoCapitalize="none"
              value={loginName}
              onChange={event => setLoginName(event.currentTarget.value)}
            />
          </label>
          <label className="field">
            <span>{words.password}</span>
            <input
              className="input"
              type="password"
              autoComplete="current-password"
              value={password}
              onChange={event => setPassword(event.currentTarget.value)}
            />
          </label>
          {failure !== null && (
            <p className="notice notice-wrong" role="alert">
              <Icon name="alert" />
              <span>{failure}</span>
            </p>
          )}
          <button ref={button} type="submit" className="button button-main button-wide" aria-disabled={busy}>
            {busy ? words.signingIn : words.signIn}
          </button>
        </form>
        <DemoAccounts
          onFill={account => {
            setLoginName(account.loginName);
            setPassword(account.password);
            setFailure(null);
            button.current?.focus();
          }}
        />
      </main>
    </>
  );
}

/** Accounts that can check; those whose work begins here come first. */
function DemoAccounts({ onFill }: { readonly onFill: (account: DemoAccount) => void }) {
  const words = useWords(fieldWords);
  const locale = useLocale();
  const [accounts, setAccounts] = useState<readonly DemoAccount[]>([]);
  useEffect(() => {
    const gone = new AbortController();
    call(demoAccounts, { signal: gone.signal }).then(
      found => {
        const here = (account: DemoAccount) => (account.start.startsWith('/m') ? 0 : 1);
        const checkers = found.accounts.filter(account =>
          account.roles.some(role => permissionsOf[role].includes('cases.check')),
        );
        if (found.demo) setAccounts(checkers.sort((a, b) => here(a) - here(b)));
      },
      // Without them one signs in by hand.
      () => undefined,
    );
    return () => gone.abort();
  }, []);
  if (accounts.length === 0) return null;
  return (
    <section className="card stack" aria-labelledby="demo-title">
      <h2 id="demo-title">{words.demoTitle}</h2>
      <p className="muted small">{words.demoLead}</p>
      <ul className="rows">
        {accounts.map(account => (
          <li key={account.loginName}>
            <button type="button" className="row" onClick={() => onFill(account)}>
              <Icon name="person" />
              <span className="row-main">
                <strong>{account.name}</strong>
                <span className="small muted">
                  {account.roles.map(role => roles[role][locale]).join(' · ')} · {account.workplace}
                </span>
              </span>
              <code>{account.loginName}</code>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

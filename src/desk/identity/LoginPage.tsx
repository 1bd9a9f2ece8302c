import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';

import icon from '../../browser/ui/icon.svg';
import { call } from '../../browser/api/call.ts';
import { useWords } from '../../browser/i18n/use-words.ts';
import { signIn } from '../../contracts/identity.ts';
import { LanguageSwitch } from '../shell/LanguageSwitch.tsx';
import { words } from '../words/words.ts';
import { DemoAccounts } from './DemoAccounts.tsx';
import { LoginForm } from './LoginForm.tsx';
import { useEnter } from './use-sign-in.ts';
import '../style/login.css';

const route = getRouteApi('/login');

export interface Credentials {
  readonly loginName: string;
  readonly password: string;
}

const empty: Credentials = { loginName: '', password: '' };

export function LoginPage() {
  const t = useWords(words);
  const { back, ended } = route.useSearch();
  const [typed, setTyped] = useState(empty);
  const enter = useEnter((given: Credentials) => call(signIn, { body: given }), back);
  const go = (given: Credentials): void => {
    setTyped(given);
    enter.mutate(given);
  };
  return (
    <div className="login">
      <header className="login-head">
        <img src={icon} alt="" width="40" height="40" />
        <div>
          <h1>{t.product}</h1>
          <p>{t.login.motto}</p>
        </div>
        <LanguageSwitch />
      </header>
      <main className="login-main">
        <section className="login-card" aria-labelledby="login-title">
          <h2 id="login-title">{t.login.title}</h2>
          {ended !== undefined && <p className="login-ended">{t.login.ended}</p>}
          <LoginForm value={typed} onChange={setTyped} onSubmit={go} sending={enter.isPending} error={enter.error} />
        </section>
        <DemoAccounts onPick={go} disabled={enter.isPending} />
      </main>
    </div>
  );
}

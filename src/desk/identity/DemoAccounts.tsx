import { useQuery } from '@tanstack/react-query';

import { call } from '../../browser/api/call.ts';
import { useLocale, useWords } from '../../browser/i18n/use-words.ts';
import { demoAccounts } from '../../contracts/identity.ts';
import { roleNames, roles } from '../../domain/identity/permissions.ts';
import { words } from '../words/words.ts';

import type { ReplyOf } from '../../contracts/endpoint.ts';
import type { Role } from '../../domain/identity/permissions.ts';
import type { Credentials } from './LoginPage.tsx';

type DemoAccount = ReplyOf<typeof demoAccounts>['accounts'][number];

/** In the demonstration, one click signs in as anybody; elsewhere the server offers no accounts and nothing is shown. */
export function DemoAccounts({
  onPick,
  disabled,
}: {
  readonly onPick: (given: Credentials) => void;
  readonly disabled: boolean;
}) {
  const t = useWords(words);
  const { data } = useQuery({
    queryKey: ['demo-accounts'],
    queryFn: ({ signal }) => call(demoAccounts, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (data?.demo !== true || data.accounts.length === 0) return null;
  const groups = roleNames
    .map(role => ({ role, accounts: data.accounts.filter(account => account.roles[0] === role) }))
    .filter(group => group.accounts.length > 0);
  return (
    <section className="demo" aria-labelledby="demo-title">
      <h2 id="demo-title">{t.login.demoTitle}</h2>
      <p className="demo-hint">{t.login.demoHint}</p>
      <div className="demo-groups">
        {groups.map(group => (
          <DemoGroup key={group.role} {...group} onPick={onPick} disabled={disabled} />
        ))}
      </div>
    </section>
  );
}

function DemoGroup(props: {
  readonly role: Role;
  readonly accounts: readonly DemoAccount[];
  readonly onPick: (given: Credentials) => void;
  readonly disabled: boolean;
}) {
  const t = useWords(words);
  const locale = useLocale();
  return (
    <div className="demo-group">
      <h3>{roles[props.role][locale]}</h3>
      <ul>
        {props.accounts.map(account => (
          <li key={account.loginName}>
            <button
              type="button"
              className="demo-account"
              disabled={props.disabled}
              onClick={() => props.onPick({ loginName: account.loginName, password: account.password })}
              data-testid={`demo-${account.loginName}`}
              data-role={props.role}
            >
              <span className="demo-name">{account.name}</span>
              <span className="demo-place">{account.workplace}</span>
              <span className="demo-secret">{t.login.demoSecret(account.loginName, account.password)}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

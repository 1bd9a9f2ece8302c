import { useQuery } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useDeferredValue, useState } from 'react';

import { call } from '../../browser/api/call.ts';
import { useWords } from '../../browser/i18n/use-words.ts';
import { listAccounts } from '../../contracts/identity.ts';
import { LoadFailure, NoPermission, Notice } from '../shell/PageStates.tsx';
import { useDelayed } from '../shell/use-delayed.ts';
import { words } from '../words/words.ts';
import { AccountForm } from './AccountForm.tsx';
import { AccountsTable, AccountsTableSkeleton } from './AccountsTable.tsx';
import { may, useMe } from './session.ts';
import '../style/accounts.css';

export const accountsKey = ['accounts'] as const;

/** The security administrator keeps the accounts; the audit administrator reads them. */
export function AccountsListPage() {
  const t = useWords(words);
  const me = useMe();
  const allowed = may(me, 'identity.read_accounts');
  const manages = may(me, 'identity.manage_accounts');
  const { data, error, refetch, isPending } = useQuery({
    queryKey: accountsKey,
    queryFn: ({ signal }) => call(listAccounts, { signal }),
    enabled: allowed,
  });
  const waiting = useDelayed(isPending);
  const [creating, setCreating] = useState(false);
  const [search, setSearch] = useState('');
  const wanted = useDeferredValue(search.trim().toLowerCase());
  if (!allowed) return <NoPermission permission="identity.read_accounts" />;
  const found = data?.accounts.filter(account =>
    [account.loginName, account.name, account.workplace].some(text => text.toLowerCase().includes(wanted)),
  );
  return (
    <main className="accounts">
      <header className="accounts-head">
        <h1>{t.accounts.title}</h1>
        {data !== undefined && <span className="accounts-count">{t.accounts.count(data.accounts.length)}</span>}
        <span className="header-gap" />
        <Input
          className="accounts-search"
          value={search}
          onChange={event => setSearch(event.target.value)}
          allowClear
          placeholder={t.accounts.search}
          aria-label={t.accounts.search}
          data-testid="accounts-search"
        />
        {manages && (
          <Button type="primary" onClick={() => setCreating(true)} data-testid="account-create">
            {t.accounts.create}
          </Button>
        )}
      </header>
      <p className="accounts-rule">{manages ? t.accounts.rule : t.accounts.readOnly}</p>
      {error !== null && <LoadFailure error={error} onRetry={() => void refetch()} />}
      {waiting && <AccountsTableSkeleton />}
      {found?.length === 0 && <Notice title={t.accounts.nobody}>{t.accounts.nobodyHint}</Notice>}
      {found !== undefined && found.length > 0 && <AccountsTable accounts={found} manages={manages} me={me} />}
      {creating && <AccountForm onClose={() => setCreating(false)} />}
    </main>
  );
}

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';

import { call, failureText } from '../../browser/api/call.ts';
import { useLocale, useWords } from '../../browser/i18n/use-words.ts';
import { useTick } from '../shell/use-tick.ts';
import { momentWords } from '../../browser/time/words.ts';
import { disableAccount } from '../../contracts/identity.ts';
import { administrators, roles } from '../../domain/identity/permissions.ts';
import { territoryQuery } from '../cases/territory.ts';
import { words } from '../words/words.ts';

import type { Account, Me } from '../../contracts/identity.ts';

/** The place of a grant in words: the grid's name; units are named by the account's workplace. */
function useGrantWords(): (grant: Account['grants'][number]) => string {
  const t = useWords(words);
  const locale = useLocale();
  const { data } = useQuery(territoryQuery);
  return grant => {
    const placeId = grant.gridId ?? grant.townId;
    const place = data?.grids.find(grid => grid.id === placeId)?.name;
    return place === undefined ? roles[grant.role][locale] : [roles[grant.role][locale], place].join(t.dot);
  };
}

export function AccountsTable({
  accounts,
  manages,
  me,
}: {
  readonly accounts: readonly Account[];
  readonly manages: boolean;
  readonly me: Me;
}) {
  const t = useWords(words);
  return (
    <div className="accounts-scroll">
      <table className="table" data-testid="accounts-table">
        <thead>
          <tr>
            <th scope="col">{t.accounts.name}</th>
            <th scope="col">{t.accounts.loginName}</th>
            <th scope="col">{t.accounts.roles}</th>
            <th scope="col">{t.accounts.workplace}</th>
            <th scope="col">{t.accounts.lastSignIn}</th>
            <th scope="col">{t.accounts.state}</th>
            {manages && <th scope="col">{t.accounts.actions}</th>}
          </tr>
        </thead>
        <tbody>
          {accounts.map(account => (
            <AccountRow key={account.id} account={account} manages={manages} self={account.id === me.accountId} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function AccountRow(props: { readonly account: Account; readonly manages: boolean; readonly self: boolean }) {
  const { account } = props;
  const t = useWords(words);
  const locale = useLocale();
  const now = useTick();
  const grantWords = useGrantWords();
  return (
    <tr className={account.disabled ? 'account-disabled' : ''} data-testid={`account-${account.loginName}`}>
      <td className="account-name">{account.name}</td>
      <td className="jw-numbers">{account.loginName}</td>
      <td>
        {account.grants.map((grant, index) => (
          <span
            key={`${grant.role}-${index}`}
            className={administrators.includes(grant.role) ? 'role-chip role-chip-admin' : 'role-chip'}
          >
            {grantWords(grant)}
          </span>
        ))}
      </td>
      <td>{account.workplace}</td>
      <td className="jw-numbers">
        {account.lastSignInAt === null ? t.accounts.never : momentWords(account.lastSignInAt, now, locale)}
      </td>
      <td>{account.disabled ? t.accounts.disabled : t.accounts.active}</td>
      {props.manages && <td>{!account.disabled && <DisableButton account={account} self={props.self} />}</td>}
    </tr>
  );
}

/** Disabling ends somebody's work and cannot be undone here, so it is asked twice; nobody can lock himself out. */
function DisableButton({ account, self }: { readonly account: Account; readonly self: boolean }) {
  const t = useWords(words);
  const queries = useQueryClient();
  const { message, modal } = App.useApp();
  const disable = useMutation({
    mutationFn: () => call(disableAccount, { params: { id: account.id } }),
    onSuccess: () => {
      void message.success(t.accounts.disabledDone(account.name));
      return queries.invalidateQueries({ queryKey: ['accounts'] });
    },
    onError: error => void message.error(failureText(error, t.states.unreachable)),
  });
  if (self) return <span className="account-self">{t.accounts.self}</span>;
  return (
    <Button
      danger
      type="text"
      size="small"
      loading={disable.isPending}
      data-testid={`disable-${account.loginName}`}
      onClick={() =>
        void modal.confirm({
          title: t.accounts.disableTitle(account.name),
          content: t.accounts.disableText,
          okText: t.accounts.disable,
          okButtonProps: { danger: true },
          onOk: () => disable.mutateAsync().catch(() => undefined),
        })
      }
    >
      {t.accounts.disable}
    </Button>
  );
}

export function AccountsTableSkeleton() {
  return (
    <div aria-busy="true">
      {Array.from({ length: 8 }, (_, index) => (
        <div key={index} className="account-skeleton">
          <i className="bone" />
          <i className="bone" />
          <i className="bone" />
        </div>
      ))}
    </div>
  );
}

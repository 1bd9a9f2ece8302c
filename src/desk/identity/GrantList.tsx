import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Modal } from 'antd';
import { useState } from 'react';

import { call, failureText } from '../../browser/api/call.ts';
import { useLocale, useWords } from '../../browser/i18n/use-words.ts';
import { changeGrants } from '../../contracts/security.ts';
import { roles } from '../../domain/identity/permissions.ts';
import { unitsQuery } from '../cases/reference.ts';
import { territoryQuery } from '../cases/territory.ts';
import { words } from '../words/words.ts';
import { GrantPicker, isComplete, newGrant, toGrant } from './GrantPicker.tsx';

import type { Account } from '../../contracts/identity.ts';
import type { Grant } from '../../domain/identity/permissions.ts';
import type { GrantDraft } from './GrantPicker.tsx';

/** A grant in words: the role, and the town, grid or unit in which it is held. */
function useGrantWords(): (grant: Grant) => string {
  const t = useWords(words);
  const locale = useLocale();
  const { data: territory } = useQuery(territoryQuery);
  const { data: units } = useQuery(unitsQuery);
  return ({ role, townId, gridId, unitId }) => {
    const place =
      unitId === null
        ? [...(territory?.grids ?? []), ...(territory?.towns ?? [])].find(({ id }) => id === (gridId ?? townId))?.name
        : units?.find(({ id }) => id === unitId)?.name;
    return place === undefined ? roles[role][locale] : [roles[role][locale], place].join(t.dot);
  };
}

/** What an account holds; taking and giving counts at once. Nobody changes his own. */
export function GrantList({ account, own }: { readonly account: Account; readonly own: boolean }) {
  const t = useWords(words);
  const queries = useQueryClient();
  const { message, modal } = App.useApp();
  const inWords = useGrantWords();
  const [giving, setGiving] = useState(false);
  const change = useMutation({
    mutationFn: (body: { add: Grant[]; remove: Grant[] }) => call(changeGrants, { params: { id: account.id }, body }),
    onSuccess: () => {
      void message.success(t.security.changed);
      setGiving(false);
      return queries.invalidateQueries({ queryKey: ['accounts'] });
    },
  });
  const take = (grant: Grant) =>
    void modal.confirm({
      title: t.security.takeTitle(inWords(grant)),
      content: t.security.takeText,
      okText: t.security.take,
      okButtonProps: { danger: true },
      onOk: () =>
        change
          .mutateAsync({ add: [], remove: [grant] })
          .catch((error: unknown) => void message.error(failureText(error, t.states.unreachable))),
    });
  return (
    <>
      <ul className="grant-list">
        {account.grants.map((grant, index) => (
          <li key={`${grant.role}-${index}`}>
            <span className="role-chip">{inWords(grant)}</span>
            {!own && account.grants.length > 1 && (
              <Button size="small" type="text" danger onClick={() => take(grant)}>
                {t.security.take}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {own ? (
        <p className="security-small">{t.accounts.self}</p>
      ) : (
        <Button onClick={() => setGiving(true)} data-testid="grant-give">
          {t.security.give}
        </Button>
      )}
      {giving && (
        <GiveGrant
          name={account.name}
          sending={change.isPending}
          error={change.error}
          onGive={add => change.mutate({ add, remove: [] })}
          onClose={() => {
            change.reset();
            setGiving(false);
          }}
        />
      )}
    </>
  );
}

interface GiveGrantProps {
  readonly name: string;
  readonly sending: boolean;
  readonly error: unknown;
  readonly onGive: (grants: Grant[]) => void;
  readonly onClose: () => void;
}

function GiveGrant({ name, sending, error, onGive, onClose }: GiveGrantProps) {
  const t = useWords(words);
  const [grants, setGrants] = useState<readonly GrantDraft[]>([newGrant()]);
  const [tried, setTried] = useState(false);
  return (
    <Modal
      open
      title={t.security.giveTitle(name)}
      onCancel={onClose}
      okText={t.security.give}
      cancelText={t.form.cancel}
      confirmLoading={sending}
      onOk={() => {
        setTried(true);
        if (grants.every(isComplete)) onGive(grants.map(toGrant));
      }}
      width={640}
    >
      <GrantPicker grants={grants} onChange={setGrants} showMissing={tried} />
      <p className="security-small">{t.accounts.rule}</p>
      {error !== null && <Alert type="error" showIcon role="alert" title={failureText(error, t.states.unreachable)} />}
    </Modal>
  );
}

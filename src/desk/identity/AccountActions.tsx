import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Modal } from 'antd';
import { useState } from 'react';

import { call, failureText } from '../../browser/api/call.ts';
import { useWords } from '../../browser/i18n/use-words.ts';
import { enableAccount, resetCodes, resetPassword, unlinkAccount } from '../../contracts/security.ts';
import { words } from '../words/words.ts';

import type { AccountSecurity } from '../../contracts/security.ts';

/** Letting somebody in again: a new password, new codes, a new link, the lock lifted. */
export function AccountActions({ security }: { readonly security: AccountSecurity }) {
  const t = useWords(words);
  const queries = useQueryClient();
  const { message, modal } = App.useApp();
  const [once, setOnce] = useState<string | null>(null);
  const { account } = security;
  const params = { id: account.id };
  const act = useMutation({
    mutationFn: (how: () => Promise<unknown>) => how(),
    onSuccess: () => {
      void message.success(t.security.done);
      return queries.invalidateQueries({ queryKey: ['accounts'] });
    },
    onError: error => void message.error(failureText(error, t.states.unreachable)),
  });
  const ask = (title: string, content: string, how: () => Promise<unknown>) =>
    void modal.confirm({
      title,
      content,
      okText: title,
      okButtonProps: { danger: true },
      onOk: () => act.mutateAsync(how).catch(() => undefined),
    });
  return (
    <div className="security-buttons">
      <Button
        data-testid="reset-password"
        onClick={() =>
          void modal.confirm({
            title: t.security.resetTitle(account.name),
            content: t.security.resetText,
            okText: t.security.reset,
            okButtonProps: { danger: true },
            onOk: () =>
              act
                .mutateAsync(async () => setOnce((await call(resetPassword, { params })).password))
                .catch(() => undefined),
          })
        }
      >
        {t.security.reset}
      </Button>
      {security.codesSetUp && (
        <Button
          onClick={() => ask(t.security.resetCodes, t.security.resetCodesText, () => call(resetCodes, { params }))}
          data-testid="reset-codes"
        >
          {t.security.resetCodes}
        </Button>
      )}
      {security.linked.length > 0 && (
        <Button onClick={() => act.mutate(() => call(unlinkAccount, { params }))}>{t.security.unlink}</Button>
      )}
      {(account.disabled || security.lockedUntil !== null) && (
        <Button onClick={() => act.mutate(() => call(enableAccount, { params }))} data-testid="account-enable">
          {t.security.enable}
        </Button>
      )}
      <Modal
        open={once !== null}
        title={t.security.onceTitle}
        closable={false}
        mask={{ closable: false }}
        footer={
          <Button type="primary" onClick={() => setOnce(null)} data-testid="once-close">
            {t.security.close}
          </Button>
        }
      >
        <p className="security-once" data-testid="once-password">
          {once}
        </p>
        <p className="security-small">{t.security.onceText}</p>
      </Modal>
    </div>
  );
}

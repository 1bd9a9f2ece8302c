import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';

import { call, failureText } from '../../browser/api/call.ts';
import { useWords } from '../../browser/i18n/use-words.ts';
import { createAccount } from '../../contracts/identity.ts';
import { canHoldTogether } from '../../domain/identity/permissions.ts';
import { words } from '../words/words.ts';
import { GrantPicker, isComplete, newGrant, toGrant } from './GrantPicker.tsx';
import { isStrongPassword } from './password-rule.ts';

import type { GrantDraft } from './GrantPicker.tsx';

interface Fields {
  readonly loginName: string;
  readonly name: string;
  readonly password: string;
}

export function AccountForm({ onClose }: { readonly onClose: () => void }) {
  const t = useWords(words);
  const queries = useQueryClient();
  const { message } = App.useApp();
  const [form] = Form.useForm<Fields>();
  const [grants, setGrants] = useState<readonly GrantDraft[]>([newGrant()]);
  const [tried, setTried] = useState(false);
  const held = grants.flatMap(grant => (grant.role === null ? [] : [grant.role]));
  const conflict = !canHoldTogether(held);
  const complete = grants.every(isComplete);
  const create = useMutation({
    mutationFn: (fields: Fields) => call(createAccount, { body: { ...fields, grants: grants.map(toGrant) } }),
    onSuccess: async account => {
      void message.success(t.accounts.created(account.name));
      await queries.invalidateQueries({ queryKey: ['accounts'] });
      onClose();
    },
  });
  return (
    <Modal
      open
      title={t.accounts.create}
      width={640}
      onCancel={onClose}
      mask={{ closable: false }}
      footer={[
        <Button key="cancel" onClick={onClose}>
          {t.form.cancel}
        </Button>,
        <Button
          key="ok"
          type="primary"
          loading={create.isPending}
          disabled={conflict}
          onClick={() => {
            setTried(true);
            form.submit();
          }}
          data-testid="account-submit"
        >
          {t.accounts.create}
        </Button>,
      ]}
    >
      <Form<Fields>
        form={form}
        layout="vertical"
        disabled={create.isPending}
        onFinish={fields => {
          if (complete && !conflict) create.mutate(fields);
        }}
      >
        <div className="account-fields">
          <Form.Item name="name" label={t.accounts.name} rules={[{ required: true, message: t.form.required }]}>
            <Input maxLength={40} autoComplete="off" data-testid="account-name" />
          </Form.Item>
          <Form.Item
            name="loginName"
            label={t.accounts.loginName}
            extra={t.accounts.loginNameHint}
            rules={[{ required: true, pattern: /^[\p{L}\p{N}._-]{2,40}$/u, message: t.accounts.loginNameHint }]}
          >
            <Input autoComplete="off" data-testid="account-login-name" />
          </Form.Item>
        </div>
        <Form.Item
          name="password"
          label={t.accounts.firstPassword}
          required
          extra={t.accounts.passwordHint}
          rules={[
            {
              validator: (_rule, value: string | undefined) =>
                isStrongPassword(value ?? '') ? Promise.resolve() : Promise.reject(new Error(t.accounts.passwordWeak)),
            },
          ]}
        >
          <Input.Password autoComplete="new-password" data-testid="account-password" />
        </Form.Item>
      </Form>
      <GrantPicker grants={grants} onChange={setGrants} showMissing={tried} />
      {conflict && <Alert type="warning" showIcon title={t.accounts.conflict} description={t.accounts.conflictWhy} />}
      {create.error !== null && (
        <Alert type="error" showIcon role="alert" title={failureText(create.error, t.states.unreachable)} />
      )}
    </Modal>
  );
}

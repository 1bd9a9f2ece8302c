import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Form, Input } from 'antd';

import { call, failureText } from '../../browser/api/call.ts';
import { useWords } from '../../browser/i18n/use-words.ts';
import { changePassword, passwordRules } from '../../contracts/own-account.ts';
import { words } from '../words/words.ts';
import { sessionQuery } from './session.ts';

interface Fields {
  readonly current: string;
  readonly next: string;
  readonly again: string;
}

/** One's own password; the rules in force are said beforehand. */
export function PasswordForm() {
  const t = useWords(words);
  const queries = useQueryClient();
  const { message } = App.useApp();
  const [form] = Form.useForm<Fields>();
  const { data: rules } = useQuery({
    queryKey: ['password-rules'],
    queryFn: ({ signal }) => call(passwordRules, { signal }),
  });
  const change = useMutation({
    mutationFn: ({ current, next }: Fields) => call(changePassword, { body: { current, next } }),
    onSuccess: async ({ otherSessionsEnded }) => {
      void message.success(t.own.changed(otherSessionsEnded));
      form.resetFields();
      await queries.invalidateQueries({ queryKey: sessionQuery.queryKey });
      await queries.invalidateQueries({ queryKey: ['own'] });
    },
  });
  const required = { required: true, message: t.form.required };
  return (
    <Form<Fields>
      form={form}
      layout="vertical"
      className="security-form"
      disabled={change.isPending}
      onFinish={fields => change.mutate(fields)}
    >
      <Form.Item name="current" label={t.own.current} rules={[required]}>
        <Input.Password autoComplete="current-password" data-testid="password-current" />
      </Form.Item>
      <Form.Item
        name="next"
        label={t.own.next}
        extra={
          rules === undefined ? '' : t.own.rule(rules.password.minLength, rules.password.kinds, rules.password.history)
        }
        rules={[required]}
      >
        <Input.Password autoComplete="new-password" data-testid="password-next" />
      </Form.Item>
      <Form.Item
        name="again"
        label={t.own.again}
        dependencies={['next']}
        rules={[
          required,
          {
            validator: (_rule, value: string | undefined) =>
              value === undefined || value === form.getFieldValue('next')
                ? Promise.resolve()
                : Promise.reject(new Error(t.own.different)),
          },
        ]}
      >
        <Input.Password autoComplete="new-password" data-testid="password-again" />
      </Form.Item>
      {change.error !== null && (
        <Alert type="error" showIcon role="alert" title={failureText(change.error, t.states.unreachable)} />
      )}
      <Button type="primary" htmlType="submit" loading={change.isPending} data-testid="password-change">
        {t.own.change}
      </Button>
    </Form>
  );
}

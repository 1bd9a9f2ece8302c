import { getRouteApi } from '@tanstack/react-router';
import { Alert, Button, Form, Input } from 'antd';

import { call, failureText } from '../../browser/api/call.ts';
import { useWords } from '../../browser/i18n/use-words.ts';
import { setUp } from '../../contracts/identity.ts';
import { LanguageSwitch } from '../shell/LanguageSwitch.tsx';
import { words } from '../words/words.ts';
import { isStrongPassword } from './password-rule.ts';
import { useEnter } from './use-sign-in.ts';
import '../style/login.css';

const route = getRouteApi('/setup');

interface Fields {
  readonly token: string;
  readonly loginName: string;
  readonly name: string;
  readonly password: string;
  readonly again: string;
}

/** The first administrator names himself; the link was printed by the server's first start and works once. */
export function SetupPage() {
  const t = useWords(words);
  const { token } = route.useSearch();
  const enter = useEnter(
    ({ again: _again, ...body }: Fields) => call(setUp, { body: { ...body, token: token ?? body.token } }),
    undefined,
  );
  const required = { required: true, message: t.form.required };
  return (
    <div className="login">
      <header className="login-head">
        <div>
          <h1>{t.setup.title}</h1>
          <p>{t.setup.hint}</p>
        </div>
        <LanguageSwitch />
      </header>
      <main className="login-main">
        <section className="login-card">
          <Form<Fields> layout="vertical" onFinish={fields => enter.mutate(fields)} disabled={enter.isPending}>
            {token === undefined && (
              <Form.Item name="token" label={t.setup.token} rules={[required]}>
                <Input autoComplete="off" />
              </Form.Item>
            )}
            <Form.Item
              name="loginName"
              label={t.accounts.loginName}
              extra={t.accounts.loginNameHint}
              rules={[{ required: true, pattern: /^[\p{L}\p{N}._-]{2,40}$/u, message: t.accounts.loginNameHint }]}
            >
              <Input autoComplete="username" data-testid="setup-login-name" />
            </Form.Item>
            <Form.Item name="name" label={t.accounts.name} rules={[required]}>
              <Input autoComplete="name" maxLength={40} data-testid="setup-name" />
            </Form.Item>
            <Form.Item
              name="password"
              label={t.accounts.password}
              required
              extra={t.accounts.passwordHint}
              rules={[
                {
                  validator: (_rule, value: string | undefined) =>
                    isStrongPassword(value ?? '')
                      ? Promise.resolve()
                      : Promise.reject(new Error(t.accounts.passwordWeak)),
                },
              ]}
            >
              <Input.Password autoComplete="new-password" data-testid="setup-password" />
            </Form.Item>
            <Form.Item
              name="again"
              label={t.setup.again}
              required
              dependencies={['password']}
              rules={[
                ({ getFieldValue }) => ({
                  validator: (_rule, value: string | undefined) =>
                    value === getFieldValue('password')
                      ? Promise.resolve()
                      : Promise.reject(new Error(t.setup.different)),
                }),
              ]}
            >
              <Input.Password autoComplete="new-password" data-testid="setup-again" />
            </Form.Item>
            {enter.error !== null && (
              <Alert type="error" showIcon title={failureText(enter.error, t.states.unreachable)} role="alert" />
            )}
            <Button
              type="primary"
              size="large"
              htmlType="submit"
              block
              loading={enter.isPending}
              data-testid="setup-submit"
            >
              {t.setup.submit}
            </Button>
          </Form>
        </section>
      </main>
    </div>
  );
}

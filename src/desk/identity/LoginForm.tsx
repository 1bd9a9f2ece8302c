import { Alert, Button, Input } from 'antd';

import { failureText } from '../../browser/api/call.ts';
import { useWords } from '../../browser/i18n/use-words.ts';
import { words } from '../words/words.ts';

import type { Credentials } from './LoginPage.tsx';

interface LoginFormProps {
  readonly value: Credentials;
  readonly onChange: (value: Credentials) => void;
  readonly onSubmit: (value: Credentials) => void;
  readonly sending: boolean;
  readonly error: unknown;
}

export function LoginForm({ value, onChange, onSubmit, sending, error }: LoginFormProps) {
  const t = useWords(words);
  const complete = value.loginName.trim() !== '' && value.password !== '';
  return (
    <form
      className="login-form"
      onSubmit={event => {
        event.preventDefault();
        if (complete && !sending) onSubmit({ ...value, loginName: value.loginName.trim() });
      }}
    >
      <label htmlFor="login-name">{t.login.name}</label>
      <Input
        id="login-name"
        size="large"
        autoComplete="username"
        autoFocus
        value={value.loginName}
        onChange={event => onChange({ ...value, loginName: event.target.value })}
        data-testid="login-name"
      />
      <label htmlFor="login-password">{t.login.password}</label>
      <Input.Password
        id="login-password"
        size="large"
        autoComplete="current-password"
        value={value.password}
        onChange={event => onChange({ ...value, password: event.target.value })}
        data-testid="login-password"
      />
      {error !== null && error !== undefined && (
        <Alert type="error" showIcon title={failureText(error, t.states.unreachable)} role="alert" />
      )}
      <Button type="primary" size="large" htmlType="submit" block loading={sending} data-testid="login-submit">
        {t.login.submit}
      </Button>
    </form>
  );
}

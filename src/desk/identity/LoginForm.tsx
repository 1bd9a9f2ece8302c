import { Alert, Button, Input } from 'antd';

import { failureText, Problem } from '../../browser/api/call.ts';
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
  // Once asked for, the field stays: also when the code was wrong.
  const codeNeeded = error instanceof Problem && error.code === 'identity.code_needed';
  const codeWrong = error instanceof Problem && error.code === 'identity.code_wrong';
  const asked = value.code !== undefined;
  const asksForCode = codeNeeded || codeWrong || asked;
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
      {asksForCode && (
        <>
          <label htmlFor="login-code">{t.signIn.code}</label>
          <Input
            id="login-code"
            size="large"
            autoComplete="one-time-code"
            autoFocus
            value={value.code ?? ''}
            onChange={event => onChange({ ...value, code: event.target.value })}
            aria-describedby="login-code-hint"
            data-testid="login-code"
          />
          <p id="login-code-hint" className="security-small">
            {t.signIn.codeHint}
          </p>
        </>
      )}
      {error !== null && error !== undefined && !(codeNeeded && !asked) && (
        <Alert type="error" showIcon title={failureText(error, t.states.unreachable)} role="alert" />
      )}
      <Button type="primary" size="large" htmlType="submit" block loading={sending} data-testid="login-submit">
        {t.login.submit}
      </Button>
    </form>
  );
}

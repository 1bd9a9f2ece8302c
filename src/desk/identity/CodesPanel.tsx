import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Input } from 'antd';
import { useState } from 'react';

import { call, failureText } from '../../browser/api/call.ts';
import { useWords } from '../../browser/i18n/use-words.ts';
import { QrCode } from '../../browser/ui/QrCode.tsx';
import { beginCodes, confirmCodes, readCodes, removeCodes } from '../../contracts/own-account.ts';
import { words } from '../words/words.ts';
import { sessionQuery } from './session.ts';

type Step =
  | { readonly name: 'rest' }
  | { readonly name: 'password'; readonly then: 'begin' | 'remove' }
  | { readonly name: 'scan'; readonly secret: string; readonly uri: string }
  | { readonly name: 'recovery'; readonly codes: readonly string[] };

/** Setting up and removing one-time codes: password, QR code, first code, recovery codes. */
export function CodesPanel() {
  const t = useWords(words);
  const queries = useQueryClient();
  const { message } = App.useApp();
  const [step, setStep] = useState<Step>({ name: 'rest' });
  const state = useQuery({ queryKey: ['own', 'codes'], queryFn: ({ signal }) => call(readCodes, { signal }) });
  const refresh = async () => {
    await queries.invalidateQueries({ queryKey: ['own'] });
    await queries.invalidateQueries({ queryKey: sessionQuery.queryKey });
  };
  const prove = useMutation({
    mutationFn: async ({ password, then }: { password: string; then: 'begin' | 'remove' }): Promise<Step> => {
      if (then === 'begin') return { name: 'scan', ...(await call(beginCodes, { body: { password } })) };
      await call(removeCodes, { body: { password } });
      void message.success(t.codes.removed);
      await refresh();
      return { name: 'rest' };
    },
    onSuccess: setStep,
  });
  const confirm = useMutation({
    mutationFn: (code: string) => call(confirmCodes, { body: { code } }),
    onSuccess: ({ recoveryCodes }) => setStep({ name: 'recovery', codes: recoveryCodes }),
  });
  const { data } = state;
  if (data === undefined) return null;
  if (step.name === 'recovery')
    return (
      <div className="security-form" data-testid="recovery-codes">
        <Alert type="warning" showIcon title={t.codes.recoveryTitle} description={t.codes.recoveryHint} />
        <ul className="recovery-codes">
          {step.codes.map(code => (
            <li key={code}>{code}</li>
          ))}
        </ul>
        <Button
          type="primary"
          onClick={() => void refresh().then(() => setStep({ name: 'rest' }))}
          data-testid="codes-kept"
        >
          {t.codes.kept}
        </Button>
      </div>
    );
  if (step.name === 'scan')
    return (
      <div className="security-form">
        <p>{t.codes.scan}</p>
        <div className="codes-qr">
          <QrCode text={step.uri} label={t.codes.qr} />
        </div>
        <p className="security-small">
          {t.codes.byHand} <code data-testid="codes-secret">{step.secret.replaceAll(/(.{4})(?=.)/g, '$1 ')}</code>
        </p>
        <OneField
          label={t.signIn.code}
          submit={t.codes.confirm}
          sending={confirm.isPending}
          error={confirm.error}
          onSubmit={code => confirm.mutate(code)}
        />
      </div>
    );
  if (step.name === 'password')
    return (
      <div className="security-form">
        <OneField
          secret
          label={t.codes.passwordFirst}
          submit={t.codes[step.then]}
          sending={prove.isPending}
          error={prove.error}
          onSubmit={password => prove.mutate({ password, then: step.then })}
        />
      </div>
    );
  const ask = (then: 'begin' | 'remove') => setStep({ name: 'password', then });
  return (
    <div className="security-form">
      <p>{data.mode === 'off' ? t.codes.off : data.setUp ? t.codes.setUp(data.recoveryLeft) : t.codes.notSetUp}</p>
      {data.mode === 'required' && <p className="security-small">{t.codes.required}</p>}
      {data.mode !== 'off' && !data.setUp && (
        <Button type="primary" onClick={() => ask('begin')} data-testid="codes-begin">
          {t.codes.begin}
        </Button>
      )}
      {data.setUp && data.mode !== 'required' && (
        <Button onClick={() => ask('remove')} data-testid="codes-remove">
          {t.codes.remove}
        </Button>
      )}
    </div>
  );
}

interface OneFieldProps {
  readonly label: string;
  readonly submit: string;
  readonly secret?: boolean;
  readonly sending: boolean;
  readonly error: unknown;
  readonly onSubmit: (value: string) => void;
}

function OneField({ label, submit, secret = false, sending, error, onSubmit }: OneFieldProps) {
  const t = useWords(words);
  const [value, setValue] = useState('');
  const field = {
    id: 'codes-field',
    value,
    autoFocus: true,
    onChange: (event: { target: { value: string } }) => setValue(event.target.value),
    'data-testid': 'codes-field',
  };
  return (
    <form
      className="security-form"
      onSubmit={event => {
        event.preventDefault();
        if (value.trim() !== '' && !sending) onSubmit(value);
      }}
    >
      <label htmlFor="codes-field">{label}</label>
      {secret ? (
        <Input.Password autoComplete="current-password" {...field} />
      ) : (
        <Input autoComplete="one-time-code" inputMode="numeric" {...field} />
      )}
      {error !== null && <Alert type="error" showIcon role="alert" title={failureText(error, t.states.unreachable)} />}
      <Button type="primary" htmlType="submit" loading={sending} data-testid="codes-submit">
        {submit}
      </Button>
    </form>
  );
}

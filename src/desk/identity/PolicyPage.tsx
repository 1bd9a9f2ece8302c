import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Form, Input, InputNumber, Select, Switch } from 'antd';

import { call, failureText } from '../../browser/api/call.ts';
import { useLocale, useWords } from '../../browser/i18n/use-words.ts';
import { fullMoment } from '../../browser/time/words.ts';
import { changePolicy, readPolicy } from '../../contracts/security.ts';
import { roleNames, roles } from '../../domain/identity/permissions.ts';
import { levelThree } from '../../domain/identity/policy.ts';
import { LoadFailure, NoPermission } from '../shell/PageStates.tsx';
import { words } from '../words/words.ts';
import { may, useMe } from './session.ts';
import '../style/security.css';

import type { PolicyView } from '../../contracts/security.ts';

type Policy = PolicyView['policy'];
type Fields = Policy & { readonly oidcSecret?: string };
const policyKey = ['policy'] as const;

/** How accounts are guarded: rules for passwords, lock, sessions, one-time codes, single sign-on. */
export function PolicyPage() {
  const t = useWords(words);
  const locale = useLocale();
  const me = useMe();
  const allowed = may(me, 'identity.manage_policy');
  const { data, error, refetch } = useQuery({
    queryKey: policyKey,
    queryFn: ({ signal }) => call(readPolicy, { signal }),
    enabled: allowed,
  });
  if (!allowed) return <NoPermission permission="identity.manage_policy" />;
  return (
    <main className="security">
      <h1>{t.security.policyTitle}</h1>
      <p className="security-hint">
        {t.security.policyHint}{' '}
        {data !== undefined &&
          (data.changedAt === null
            ? t.security.unchanged
            : t.security.changedBy(data.changedBy ?? '', fullMoment(data.changedAt, locale)))}
      </p>
      {error !== null && <LoadFailure error={error} onRetry={() => void refetch()} />}
      {data !== undefined && <PolicyForm key={data.version} view={data} />}
    </main>
  );
}

function PolicyForm({ view }: { readonly view: PolicyView }) {
  const t = useWords(words);
  const locale = useLocale();
  const queries = useQueryClient();
  const { message } = App.useApp();
  const [form] = Form.useForm<Fields>();
  const mode = Form.useWatch(['codes', 'mode'], form);
  const save = useMutation({
    mutationFn: ({ oidcSecret = '', ...policy }: Fields) =>
      call(changePolicy, {
        body: {
          version: view.version,
          policy: { ...view.policy, ...policy, codes: { ...view.policy.codes, ...policy.codes } },
          ...(oidcSecret === '' ? {} : { oidcSecret }),
        },
      }),
    onSuccess: stored => {
      void message.success(t.security.saved);
      queries.setQueryData(policyKey, stored);
    },
  });
  const number = (
    section: 'password' | 'lock' | 'session',
    name: string,
    label: string,
    least: number,
    most: number,
  ) => (
    <Form.Item name={[section, name]} label={label} rules={[{ required: true, message: t.form.required }]}>
      <InputNumber min={least} max={most} precision={0} data-testid={`policy-${name}`} />
    </Form.Item>
  );
  return (
    <Form<Fields>
      form={form}
      layout="vertical"
      initialValues={view.policy}
      disabled={save.isPending}
      onFinish={fields => save.mutate(fields)}
    >
      <div className="security-columns">
        <section className="security-card">
          <h2>{t.security.password}</h2>
          <div className="security-numbers">
            {number('password', 'minLength', t.security.minLength, 8, 64)}
            {number('password', 'kinds', t.security.kinds, 1, 4)}
            {number('password', 'ageDays', t.security.ageDays, 0, 3650)}
            {number('password', 'history', t.security.history, 0, 24)}
          </div>
          <Form.Item
            name={['password', 'changeAtFirstUse']}
            label={t.security.changeAtFirstUse}
            valuePropName="checked"
          >
            <Switch />
          </Form.Item>
        </section>
        <section className="security-card">
          <h2>{t.security.lock}</h2>
          <div className="security-numbers">
            {number('lock', 'failures', t.security.failures, 3, 20)}
            {number('lock', 'minutes', t.security.minutes, 1, 1440)}
          </div>
          <h2>{t.security.session}</h2>
          <div className="security-numbers">
            {number('session', 'idleMinutes', t.security.idleMinutes, 5, 1440)}
            {number('session', 'absoluteHours', t.security.absoluteHours, 1, 720)}
          </div>
        </section>
        <section className="security-card">
          <h2>{t.security.codes}</h2>
          <Form.Item name={['codes', 'mode']} label={t.security.codes}>
            <Select
              options={(['off', 'optional', 'required'] as const).map(value => ({
                value,
                label: t.security.modes[value],
              }))}
              data-testid="policy-codes"
            />
          </Form.Item>
          <Form.Item name={['codes', 'roles']} label={t.security.codeRoles} hidden={mode !== 'required'}>
            <Select mode="multiple" options={roleNames.map(role => ({ value: role, label: roles[role][locale] }))} />
          </Form.Item>
        </section>
        <section className="security-card security-wide">
          <h2>{t.security.oidc}</h2>
          <div className="security-fields">
            <Form.Item name={['oidc', 'enabled']} label={t.security.enabled} valuePropName="checked">
              <Switch />
            </Form.Item>
            <Form.Item
              name={['oidc', 'label']}
              label={t.security.label}
              rules={[{ required: true, message: t.form.required }]}
            >
              <Input maxLength={30} />
            </Form.Item>
            <Form.Item name={['oidc', 'issuer']} label={t.security.issuer}>
              <Input placeholder="https://" inputMode="url" />
            </Form.Item>
            <Form.Item name={['oidc', 'clientId']} label={t.security.clientId}>
              <Input autoComplete="off" />
            </Form.Item>
            <Form.Item
              name="oidcSecret"
              label={t.security.secret}
              extra={view.hasOidcSecret ? t.security.secretKept : ''}
            >
              <Input.Password autoComplete="new-password" />
            </Form.Item>
            <Form.Item name={['oidc', 'claim']} label={t.security.claim}>
              <Input />
            </Form.Item>
          </div>
          <p className="security-small">
            {t.security.redirect}: <code>{view.redirectUri}</code>
          </p>
        </section>
      </div>
      {save.error !== null && (
        <Alert type="error" showIcon role="alert" title={failureText(save.error, t.states.unreachable)} />
      )}
      <div className="security-buttons">
        <Button type="primary" htmlType="submit" loading={save.isPending} data-testid="policy-save">
          {t.security.save}
        </Button>
        <Button
          onClick={() =>
            form.setFieldsValue({ ...levelThree, codes: { ...levelThree.codes, roles: [...levelThree.codes.roles] } })
          }
          data-testid="policy-level-three"
        >
          {t.security.levelThree}
        </Button>
      </div>
    </Form>
  );
}

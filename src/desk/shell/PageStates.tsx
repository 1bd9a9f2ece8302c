import { Link } from '@tanstack/react-router';
import { Button } from 'antd';

import { failureText, Unreachable } from '../../browser/api/call.ts';
import { useLocale, useWords } from '../../browser/i18n/use-words.ts';
import { permissions } from '../../domain/identity/permissions.ts';
import { paths } from '../paths.ts';
import { words } from '../words/words.ts';

import type { ReactNode } from 'react';
import type { Permission } from '../../domain/identity/permissions.ts';

interface NoticeProps {
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
  readonly role?: 'alert' | 'status';
}

/** A place where something would be: why it is not there, and what to do next. */
export function Notice({ title, children, action, role }: NoticeProps) {
  return (
    <div className="notice" role={role}>
      <p className="notice-title">{title}</p>
      {children !== undefined && <div className="notice-text">{children}</div>}
      {action !== undefined && <div className="notice-action">{action}</div>}
    </div>
  );
}

/** A failed load: what failed in words, what is safe, and a way to try again. */
export function LoadFailure({ error, onRetry }: { readonly error: unknown; readonly onRetry: () => void }) {
  const t = useWords(words);
  return (
    <Notice
      role="alert"
      title={error instanceof Unreachable ? t.states.unreachableTitle : t.states.failedTitle}
      action={
        <Button type="primary" onClick={onRetry} data-testid="retry">
          {t.states.retry}
        </Button>
      }
    >
      {failureText(error, t.states.unreachable)}
    </Notice>
  );
}

/** For the router: a page whose code or first answer did not come. */
export function LoadFailurePage({ error }: { readonly error: unknown }) {
  return (
    <main className="page-centre">
      <LoadFailure error={error} onRetry={() => window.location.reload()} />
    </main>
  );
}

/** While a page's code is on its way. */
export function PagePending() {
  const t = useWords(words);
  return (
    <main className="page-centre" aria-busy="true">
      <p className="page-pending">{t.states.loading}</p>
    </main>
  );
}

/** Which permission is missing and whom to ask. */
export function NoPermission({ permission }: { readonly permission: Permission }) {
  const t = useWords(words);
  const locale = useLocale();
  return (
    <main className="page-centre">
      <Notice title={t.states.noPermissionTitle} action={<Link to={paths.home}>{t.notFound.home}</Link>}>
        {t.states.noPermission(permissions[permission][locale])}
      </Notice>
    </main>
  );
}

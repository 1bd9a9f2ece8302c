import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Alert, App, Button } from 'antd';

import { call, failureText } from '../../browser/api/call.ts';
import { useWords } from '../../browser/i18n/use-words.ts';
import { endOtherSessions, endOwnSession, listOwnSessions } from '../../contracts/own-account.ts';
import { paths } from '../paths.ts';
import { LoadFailure } from '../shell/PageStates.tsx';
import { words } from '../words/words.ts';
import { CodesPanel } from './CodesPanel.tsx';
import { PasswordForm } from './PasswordForm.tsx';
import { Sessions } from './Sessions.tsx';
import { useMe } from './session.ts';
import '../style/security.css';

/** Password, one-time codes and signed-in devices of whoever is signed in; where something is owed, that alone. */
export function OwnAccountPage() {
  const t = useWords(words);
  const { owes, name, loginName } = useMe();
  return (
    <main className="security">
      <h1>{t.own.title}</h1>
      <p className="security-hint">
        {name} {t.dot} {loginName}
      </p>
      {owes !== null && (
        <Alert
          type="warning"
          showIcon
          role="alert"
          title={owes === 'password' ? t.own.owedPassword : t.own.owedCodes}
          data-testid="owed"
        />
      )}
      {owes === null && (
        <p>
          <Link to={paths.home} data-testid="own-go-on">
            {t.own.goOn}
          </Link>
        </p>
      )}
      <div className="security-columns">
        {owes !== 'codes' && (
          <section className="security-card" aria-labelledby="own-password">
            <h2 id="own-password">{t.own.passwordTitle}</h2>
            <PasswordForm />
          </section>
        )}
        {owes !== 'password' && (
          <section className="security-card" aria-labelledby="own-codes">
            <h2 id="own-codes">{t.codes.title}</h2>
            <CodesPanel />
          </section>
        )}
      </div>
      {owes === null && <OwnSessions />}
    </main>
  );
}

function OwnSessions() {
  const t = useWords(words);
  const queries = useQueryClient();
  const { message } = App.useApp();
  const { data, error, refetch } = useQuery({
    queryKey: ['own', 'sessions'],
    queryFn: ({ signal }) => call(listOwnSessions, { signal }),
  });
  const end = useMutation({
    mutationFn: (id: string | null) =>
      id === null ? call(endOtherSessions, {}) : call(endOwnSession, { params: { id } }),
    onSuccess: ({ ended }) => {
      void message.success(t.own.ended(ended));
      return queries.invalidateQueries({ queryKey: ['own', 'sessions'] });
    },
    onError: failure => void message.error(failureText(failure, t.states.unreachable)),
  });
  const others = data?.sessions.some(session => !session.current) === true;
  return (
    <section className="security-card" aria-labelledby="own-sessions">
      <div className="security-card-head">
        <h2 id="own-sessions">{t.own.sessionsTitle}</h2>
        {others && (
          <Button danger size="small" onClick={() => end.mutate(null)} data-testid="end-others">
            {t.own.endOthers}
          </Button>
        )}
      </div>
      <p className="security-small">{t.own.sessionsHint}</p>
      {error !== null && <LoadFailure error={error} onRetry={() => void refetch()} />}
      {data !== undefined && <Sessions sessions={data.sessions} onEnd={session => end.mutate(session.id)} />}
    </section>
  );
}

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { App } from 'antd';

import { Problem, call, failureText } from '../../browser/api/call.ts';
import { useWords } from '../../browser/i18n/use-words.ts';
import { signOut } from '../../contracts/identity.ts';
import { clearDrafts } from '../cases/panel/drafts.ts';
import { sessionQuery } from '../identity/session.ts';
import { paths } from '../paths.ts';
import { words } from '../words/words.ts';

/** Leaves nothing of this person in the browser: what was read and what was drafted go. */
export function SignOut() {
  const t = useWords(words);
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const leave = useMutation({
    mutationFn: async () => {
      try {
        await call(signOut, {});
      } catch (error) {
        // The session was over already: that is what was wanted.
        if (!(error instanceof Problem && error.code === 'identity.not_signed_in')) throw error;
      }
    },
    onSuccess: async () => {
      clearDrafts();
      await navigate({ to: paths.login });
      queries.clear();
      queries.setQueryData(sessionQuery.queryKey, null);
    },
    onError: error => void message.error(failureText(error, t.states.unreachable)),
  });
  return (
    <button
      type="button"
      className="header-button"
      onClick={() => leave.mutate()}
      disabled={leave.isPending}
      data-testid="sign-out"
    >
      {t.shell.signOut}
    </button>
  );
}

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useRef } from 'react';

import { newId } from '../../../browser/api/new-id.ts';
import { Problem, Unreachable, call } from '../../../browser/api/call.ts';
import { useLocale, useWords } from '../../../browser/i18n/use-words.ts';
import { actOnCase } from '../../../contracts/cases.ts';
import { states } from '../../../domain/cases/states.ts';
import { transitions } from '../../../domain/cases/transitions.ts';
import { useTellLive } from '../../live/use-live.ts';
import { words } from '../../words/words.ts';
import { caseQuery } from '../use-case.ts';

import type { ActInput } from '../../../contracts/cases.ts';

/**
 * Takes an action on a case. What the server answers is shown at once, here and in the lists. When no answer came, a resend of the
 * same content carries the same key, so that the action is not taken twice; when somebody was faster, the case is loaded again.
 */
export function useAct(caseId: string) {
  const t = useWords(words);
  const locale = useLocale();
  const queries = useQueryClient();
  const tell = useTellLive();
  const { message } = App.useApp();
  const unanswered = useRef<{ content: string; key: string } | null>(null);

  return useMutation({
    mutationFn: async (body: ActInput) => {
      const content = JSON.stringify(body);
      if (unanswered.current?.content !== content) unanswered.current = { content, key: newId() };
      const { key } = unanswered.current;
      try {
        const reply = await call(actOnCase, { params: { id: caseId }, body, idempotencyKey: key });
        unanswered.current = null;
        return reply;
      } catch (error) {
        if (!(error instanceof Unreachable)) unanswered.current = null;
        throw error;
      }
    },
    onSuccess: (reply, body) => {
      queries.setQueryData(caseQuery(caseId).queryKey, reply.case);
      tell({ kind: 'case', at: reply.case.updatedAt, event: body.action, caseId, row: reply.case });
      if (body.action !== 'reveal')
        void message.success(t.act.done(transitions[body.action][locale], states[reply.case.state][locale]));
    },
    onError: error => {
      if (error instanceof Problem && error.status === 409)
        void queries.invalidateQueries({ queryKey: caseQuery(caseId).queryKey });
    },
  });
}

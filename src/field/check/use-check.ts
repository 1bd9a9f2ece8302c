import { useCallback, useEffect, useRef, useState } from 'react';

import { actOnCase } from '../../contracts/cases.ts';
import { call, Problem, Unreachable } from '../../browser/api/call.ts';
import { newId } from '../../browser/api/new-id.ts';
import { restMs } from '../../browser/ui/photos/photo-queue.ts';
import { usePhotos } from '../../browser/ui/photos/use-photos.ts';
import { checkBody, emptyCheck, keepCheckDraft, readCheckDraft } from './check-draft.ts';

import type { CaseDetail } from '../../contracts/cases.ts';
import type { CheckAttempt, CheckDraft } from './check-draft.ts';

export type CheckState =
  | { readonly at: 'writing'; readonly problem: unknown }
  | { readonly at: 'photos'; readonly passes: boolean }
  | { readonly at: 'sending' }
  /** No answer: sent again under the same key until there is one. */
  | { readonly at: 'unanswered'; readonly failures: number };

interface CheckOptions {
  readonly detail: CaseDetail;
  readonly onDone: (passed: boolean, after: CaseDetail) => void;
  /** The earlier try had arrived: look at the case as it is. */
  readonly onReload: () => void;
}

const isUnanswered = (error: unknown): boolean =>
  error instanceof Unreachable ||
  (error instanceof Problem && (error.code === 'platform.busy' || error.code === 'platform.too_many_requests'));

/** Writing down and handing in one check; the draft and its key outlive a reload. */
export function useCheck({ detail, onDone, onReload }: CheckOptions) {
  const [draft, setDraft] = useState(() => readCheckDraft(detail.id));
  const { photos, queue } = usePhotos(`check:${detail.id}`);
  const [state, setState] = useState<CheckState>(() =>
    draft.attempt === null ? { at: 'writing', problem: null } : { at: 'unanswered', failures: 0 },
  );
  const change = useCallback(
    (part: Partial<CheckDraft>) =>
      setDraft(old => {
        const next = { ...old, ...part };
        keepCheckDraft(detail.id, next);
        return next;
      }),
    [detail.id],
  );
  const busy = useRef(false);

  const deliver = async (attempt: CheckAttempt, failures: number) => {
    if (busy.current) return;
    busy.current = true;
    setState(failures === 0 ? { at: 'sending' } : { at: 'unanswered', failures });
    try {
      const { case: after } = await call(actOnCase, {
        params: { id: detail.id },
        body: attempt.body,
        idempotencyKey: attempt.key,
      });
      keepCheckDraft(detail.id, emptyCheck);
      queue.clear();
      onDone(attempt.body.action === 'check_pass', after);
    } catch (error) {
      if (isUnanswered(error)) setState({ at: 'unanswered', failures: failures + 1 });
      else {
        if (!(error instanceof Problem && error.status >= 500)) change({ attempt: null });
        if (error instanceof Problem && error.code === 'files.unknown_upload') queue.sendAgain();
        if (error instanceof Problem && error.code === 'platform.idempotency_key_reused') onReload();
        setState({ at: 'writing', problem: error });
      }
    } finally {
      busy.current = false;
    }
  };
  const begin = (passes: boolean) => {
    const ids = photos.map(({ id }) => id);
    const attempt = {
      key: draft.attempt?.key ?? newId(),
      body: checkBody(passes, detail.version, draft.note, ids),
    };
    change({ attempt });
    void deliver(attempt, 0);
  };

  const unsent = photos.filter(({ state: at }) => at !== 'sent').length;
  const refused = photos.some(({ state: at }) => at === 'refused');
  const waitingFor = state.at === 'photos' ? state.passes : null;
  const go = useRef(begin);
  go.current = begin;
  useEffect(() => {
    if (waitingFor === null) return;
    if (refused) setState({ at: 'writing', problem: null });
    else if (unsent === 0) go.current(waitingFor);
  }, [waitingFor, unsent, refused]);

  const again = useRef<() => void>(() => undefined);
  again.current = () => {
    if (state.at === 'unanswered' && draft.attempt !== null) void deliver(draft.attempt, Math.max(1, state.failures));
  };
  const failures = state.at === 'unanswered' ? state.failures : null;
  useEffect(() => {
    if (failures === null) return undefined;
    const retry = () => again.current();
    const timer = setTimeout(retry, failures === 0 ? 0 : restMs(failures + 1));
    window.addEventListener('online', retry);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('online', retry);
    };
  }, [failures]);

  return {
    draft,
    change,
    photos,
    queue,
    state,
    unsent,
    refused,
    submit: (passes: boolean) => {
      if (refused || state.at !== 'writing') return;
      if (unsent > 0) {
        setState({ at: 'photos', passes });
        queue.retry();
      } else begin(passes);
    },
    retry: () => again.current(),
    backToWriting: () => setState({ at: 'writing', problem: null }),
  };
}

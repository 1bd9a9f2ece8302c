import { useCallback, useEffect, useRef, useState } from 'react';

import { report } from '../../contracts/intake.ts';
import { call, Problem, Unreachable } from '../../browser/api/call.ts';
import { newId } from '../../browser/api/new-id.ts';
import { restMs } from '../../browser/ui/photos/photo-queue.ts';
import { bodyOf } from './draft.ts';

import type { ReplyOf } from '../../contracts/endpoint.ts';
import type { Photo, PhotoQueue } from '../../browser/ui/photos/photo-queue.ts';
import type { Attempt, Draft, ReportBody } from './draft.ts';

export type Receipt = ReplyOf<typeof report>;

export type SubmitState =
  | { readonly at: 'writing'; readonly problem: unknown }
  /** Waits for the photos, then goes on by itself. */
  | { readonly at: 'photos' }
  | { readonly at: 'sending' }
  /** No answer: nothing is known. Sent again under the same key until there is one. */
  | { readonly at: 'unanswered'; readonly failures: number };

interface Submission {
  readonly draft: Draft;
  readonly photos: readonly Photo[];
  readonly queue: PhotoQueue;
  readonly onAttempt: (attempt: Attempt | null) => void;
  readonly onReceipt: (receipt: Receipt, earlier: boolean) => void;
}

const send = (attempt: Attempt): Promise<Receipt> => call(report, { body: attempt.body, idempotencyKey: attempt.key });

/**
 * Hands the report in, once.
 *
 * [Note: One key until there is an answer] The key is made with the first try and kept with the draft. While no answer came,
 * the same body is sent under it again, also after a reload. When the person changes something in between and the server says
 * that the key was used for other content, then the first try had arrived: its own body under its key brings its receipt, and
 * the page says that later changes are not in it.
 */
export function useSubmit({ draft, photos, queue, onAttempt, onReceipt }: Submission) {
  const [state, setState] = useState<SubmitState>(() =>
    draft.attempt === null ? { at: 'writing', problem: null } : { at: 'unanswered', failures: 0 },
  );
  const busy = useRef(false);
  const now = useRef(draft);
  now.current = draft;

  const deliver = useCallback(
    async (attempt: Attempt, failures: number) => {
      if (busy.current) return;
      busy.current = true;
      setState(failures === 0 ? { at: 'sending' } : { at: 'unanswered', failures });
      try {
        const [receipt, delivered] = await sendOnce(attempt, draft.attempt);
        onReceipt(receipt, !sameContent(delivered.body, now.current));
      } catch (error) {
        if (isUnanswered(error)) setState({ at: 'unanswered', failures: failures + 1 });
        else {
          // A fault of the server may or may not have left the report behind: the key stays.
          if (!(error instanceof Problem && error.status >= 500)) onAttempt(null);
          if (error instanceof Problem && error.code === 'files.unknown_upload') queue.sendAgain();
          setState({ at: 'writing', problem: error });
        }
      } finally {
        busy.current = false;
      }
    },
    [draft.attempt, onAttempt, onReceipt, queue],
  );

  const begin = () => {
    const key = draft.attempt?.key ?? newId();
    const attempt = {
      key,
      body: bodyOf(
        draft,
        photos.map(({ id }) => id),
      ),
    };
    // The first body sent under a key stays with it.
    if (draft.attempt === null) onAttempt(attempt);
    void deliver(attempt, 0);
  };

  const unsent = photos.filter(({ state: at }) => at !== 'sent').length;
  const refused = photos.some(({ state: at }) => at === 'refused');
  const submit = () => {
    if (refused || state.at === 'sending') return;
    if (unsent > 0) {
      setState({ at: 'photos' });
      queue.retry();
    } else begin();
  };

  const go = useRef(begin);
  go.current = begin;
  useEffect(() => {
    if (state.at !== 'photos') return;
    if (refused) setState({ at: 'writing', problem: null });
    else if (unsent === 0) go.current();
  }, [state.at, unsent, refused]);

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
    state,
    unsent,
    refused,
    submit,
    retry: () => again.current(),
    /** Stops waiting (for photos or for an answer) and lets the person write on. */
    backToWriting: () => setState({ at: 'writing', problem: null }),
  };
}

/** Nothing is known, or the server asks for patience: the same key may and must be used again. */
const isUnanswered = (error: unknown): boolean =>
  error instanceof Unreachable ||
  (error instanceof Problem && (error.code === 'platform.busy' || error.code === 'platform.too_many_requests'));

/** Photos aside: they are still being read from the device when a report is delivered after a reload. */
const sameContent = (body: ReportBody, draft: Draft): boolean =>
  JSON.stringify({ ...body, photos: [] }) === JSON.stringify({ ...bodyOf(draft, []), photos: [] });

async function sendOnce(attempt: Attempt, first: Attempt | null): Promise<[Receipt, Attempt]> {
  try {
    return [await send(attempt), attempt];
  } catch (error) {
    const reused = error instanceof Problem && error.code === 'platform.idempotency_key_reused';
    if (!reused || first === null) throw error;
    return [await send(first), first];
  }
}

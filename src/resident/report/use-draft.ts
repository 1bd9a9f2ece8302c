import { useCallback, useEffect, useRef, useState } from 'react';

import { forget, keep, kept } from '../../browser/ui/keep.ts';
import { draftFrom, emptyDraft, isWritten } from './draft.ts';

import type { Draft } from './draft.ts';

const key = 'jingwei.report-draft';
/** Typing pauses this long before the draft is written (at most 300 ms may be lost). */
const pauseMs = 250;

export interface DraftStore {
  readonly draft: Draft;
  readonly change: (change: Partial<Draft>) => void;
  readonly clear: () => void;
  /** Whether something from an earlier visit came back. */
  readonly restored: boolean;
}

/** The report being written, kept in this browser while it is written. */
export function useDraft(): DraftStore {
  const [draft, setDraft] = useState(() => draftFrom(kept(key)));
  const [restored, setRestored] = useState(() => isWritten(draft));
  const latest = useRef(draft);
  const timer = useRef(0);

  const write = useCallback(() => {
    clearTimeout(timer.current);
    if (isWritten(latest.current)) keep(key, JSON.stringify(latest.current));
    else forget(key);
  }, []);

  useEffect(() => {
    window.addEventListener('pagehide', write);
    document.addEventListener('visibilitychange', write);
    return () => {
      write();
      window.removeEventListener('pagehide', write);
      document.removeEventListener('visibilitychange', write);
    };
  }, [write]);

  const change = useCallback(
    (part: Partial<Draft>) => {
      latest.current = { ...latest.current, ...part };
      setDraft(latest.current);
      clearTimeout(timer.current);
      // A submission under way is written at once: its key must outlive a crash.
      if ('attempt' in part) write();
      else timer.current = window.setTimeout(write, pauseMs);
    },
    [write],
  );

  const clear = useCallback(() => {
    latest.current = emptyDraft;
    setDraft(emptyDraft);
    setRestored(false);
    write();
  }, [write]);

  return { draft, change, clear, restored };
}

import { useCallback, useEffect, useRef } from 'react';

import { readProgress } from '../../contracts/intake.ts';
import { call, Problem } from '../../browser/api/call.ts';
import { usePolling } from '../../browser/api/use-polling.ts';
import { useWords } from '../../browser/i18n/use-words.ts';
import { clockTime } from '../../browser/time/words.ts';
import { useNow } from '../../browser/time/use-now.ts';
import { Icon } from '../../browser/ui/Icon.tsx';
import { residentWords } from '../words/words.ts';
import { ProgressView } from './ProgressView.tsx';
import { Verdict } from './Verdict.tsx';

import type { Progress } from '../../contracts/intake.ts';
import type { Held } from './TrackPage.tsx';

const pollMs = 10_000;

interface FollowingProps {
  readonly held: Held;
  /** What the form has just been told. */
  readonly first: Progress | null;
  /** Back to the form, with the problem that forbids to go on. */
  readonly onLeave: (error: unknown) => void;
}

/** One report, followed while the page is looked at. */
export function Following({ held, first, onLeave }: FollowingProps) {
  const words = useWords(residentWords);
  const told = useRef(first);
  const load = useCallback(
    (signal: AbortSignal) => {
      const known = told.current;
      told.current = null;
      if (known !== null) return Promise.resolve(known);
      return call(readProgress, { body: { number: held.number, queryCode: held.code }, signal });
    },
    [held],
  );
  const { data, error, loadedAt, busy, reload, replace } = usePolling(load, pollMs);
  // What has just been loaded is not of the future, though the clock on screen moves only every half minute.
  const now = Math.max(useNow(), loadedAt ?? 0);

  const refused = error instanceof Problem && error.status < 500 && error.status !== 429 ? error : null;
  useEffect(() => {
    if (refused !== null) onLeave(refused);
  }, [refused, onLeave]);

  if (data === null)
    return error === null ? (
      <div className="card skeleton progress-wait" />
    ) : (
      <div className="notice notice-wrong" role="alert">
        <Icon name="offline" />
        <div>
          <p>{error instanceof Problem ? error.message : words.loadFailed}</p>
          <button type="button" className="button" onClick={reload}>
            {words.again}
          </button>
        </div>
      </div>
    );
  return (
    <>
      <ProgressView progress={data} now={now}>
        <Verdict
          key={data.stage}
          held={held}
          progress={data}
          now={now}
          onVerdict={after => {
            replace(after);
            window.scrollTo(0, 0);
          }}
        />
      </ProgressView>
      <div className="track-foot">
        <p className={`small ${error === null ? 'muted' : 'wrong'}`}>
          {loadedAt !== null &&
            (error === null ? words.updated(clockTime(loadedAt)) : words.stale(clockTime(loadedAt)))}
        </p>
        <button type="button" className="button" aria-disabled={busy} onClick={reload}>
          <Icon name="refresh" />
          {words.refresh}
        </button>
        <button type="button" className="button" onClick={() => onLeave(null)}>
          {words.otherOne}
        </button>
      </div>
    </>
  );
}

import { useNow } from '../../browser/time/use-now.ts';
import { useWords } from '../../browser/i18n/use-words.ts';
import { useLiveState } from '../live/use-live.ts';
import { words } from '../words/words.ts';

/** Whether what is on screen is live, and how old it is. */
export function LiveBadge() {
  const t = useWords(words);
  const { status, heardAt } = useLiveState();
  useNow(5_000);
  const seconds = heardAt === null ? null : Math.max(0, Math.round((Date.now() - heardAt) / 1000));
  const age = seconds === null ? '' : t.live.age(seconds);
  const text = { connecting: t.live.connecting, live: t.live.live, lost: t.live.lost }[status];
  return (
    <span className={`live live-${status}`} title={t.live.explain} data-testid="live" data-status={status}>
      <span className="live-dot" aria-hidden="true" />
      <span className="live-word">{text}</span>
      {age !== '' && <span className="live-age jw-numbers">{age}</span>}
    </span>
  );
}

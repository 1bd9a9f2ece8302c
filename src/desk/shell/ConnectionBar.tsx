import { useWords } from '../../browser/i18n/use-words.ts';
import { clockTime } from '../../browser/time/words.ts';
import { useLiveState } from '../live/use-live.ts';
import { words } from '../words/words.ts';
import { useOnline } from './use-online.ts';

/** A yellow bar says what no longer works and what still does. */
export function ConnectionBar({ live }: { readonly live: boolean }) {
  const t = useWords(words);
  const online = useOnline();
  const { status, heardAt } = useLiveState();
  const since = heardAt === null ? '' : t.live.since(clockTime(heardAt));
  const text = !online ? t.live.offlineBar(since) : live && status === 'lost' ? t.live.lostBar(since) : null;
  return (
    <div role="status" data-testid="connection-bar">
      {text !== null && <p className="connection-bar">{text}</p>}
    </div>
  );
}

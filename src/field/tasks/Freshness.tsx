import { useWords } from '../../browser/i18n/use-words.ts';
import { clockTime } from '../../browser/time/words.ts';
import { Icon } from '../../browser/ui/Icon.tsx';
import { fieldWords } from '../words/words.ts';

interface FreshnessProps {
  readonly loadedAt: number | null;
  readonly failed: boolean;
  readonly busy: boolean;
  readonly onReload: () => void;
}

/** How old what is on screen is: never silently old. */
export function Freshness({ loadedAt, failed, busy, onReload }: FreshnessProps) {
  const words = useWords(fieldWords);
  if (loadedAt === null) return null;
  return (
    <div className={`freshness ${failed ? 'freshness-stale' : ''}`}>
      <span role="status">
        {failed && <Icon name="offline" />}
        {failed ? words.stale(clockTime(loadedAt)) : words.updated(clockTime(loadedAt))}
      </span>
      <button type="button" className="button button-plain" aria-disabled={busy} onClick={onReload}>
        <Icon name="refresh" />
        {words.refresh}
      </button>
    </div>
  );
}

import { useWords } from '../../../browser/i18n/use-words.ts';
import { inboxTabs } from '../../search-params.ts';
import { words } from '../../words/words.ts';
import { countLimit } from '../use-inbox-counts.ts';

import type { InboxTab } from '../../search-params.ts';

interface InboxTabsProps {
  readonly chosen: InboxTab;
  readonly counts: Partial<Readonly<Record<InboxTab, number>>>;
  readonly onChoose: (tab: InboxTab) => void;
}

export function InboxTabs({ chosen, counts, onChoose }: InboxTabsProps) {
  const t = useWords(words);
  return (
    <div className="inbox-tabs" role="tablist" aria-label={t.queue.tabs}>
      {inboxTabs.map(tab => {
        const count = counts[tab];
        return (
          <button
            key={tab}
            type="button"
            role="tab"
            aria-selected={chosen === tab}
            className="inbox-tab"
            onClick={() => onChoose(tab)}
            data-testid={`tab-${tab}`}
          >
            {t.inbox.tabs[tab]}
            {count !== undefined && (
              <span className="inbox-count jw-numbers" data-testid={`count-${tab}`}>
                {count >= countLimit ? `${countLimit}+` : count}
              </span>
            )}
          </button>
        );
      })}
    </div>
  );
}

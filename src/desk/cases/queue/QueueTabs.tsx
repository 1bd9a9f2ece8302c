import { useWords } from '../../../browser/i18n/use-words.ts';
import { words } from '../../words/words.ts';
import { queueNames } from '../queue-rules.ts';

import type { Queue } from '../../../contracts/cases.ts';

interface QueueTabsProps {
  readonly chosen: Queue | 'all';
  readonly counts: Partial<Readonly<Record<Queue, number>>> | undefined;
  readonly onChoose: (queue: Queue) => void;
}

/** The case's way from left to right, with how many stand at each gate. */
export function QueueTabs({ chosen, counts, onChoose }: QueueTabsProps) {
  const t = useWords(words);
  return (
    <div className="queue-tabs" role="tablist" aria-label={t.queue.tabs}>
      {queueNames.map(name => (
        <button
          key={name}
          type="button"
          role="tab"
          aria-selected={chosen === name}
          className="queue-tab"
          onClick={() => onChoose(name)}
          data-testid={`tab-${name}`}
        >
          <span className="queue-tab-count jw-numbers" data-testid={`count-${name}`}>
            {counts?.[name] ?? '–'}
          </span>
          <span className="queue-tab-name">{t.queue.names[name]}</span>
        </button>
      ))}
    </div>
  );
}

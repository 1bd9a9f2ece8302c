import { useState } from 'react';

import { useWords } from '../../i18n/use-words.ts';
import { kitWords } from '../words/kit-words.ts';

/** Two pictures of one place, one over the other: a slider (thumb, mouse or arrow keys) uncovers the second. */
export function BeforeAfter({ before, after }: { readonly before: string; readonly after: string }) {
  const words = useWords(kitWords).photos;
  const [part, setPart] = useState(50);
  return (
    <div className="jw-compare">
      <img src={after} alt={words.after} />
      <img src={before} alt={words.before} style={{ clipPath: `inset(0 ${100 - part}% 0 0)` }} />
      <span className="jw-compare-word jw-compare-before" aria-hidden="true">
        {words.before}
      </span>
      <span className="jw-compare-word jw-compare-after" aria-hidden="true">
        {words.after}
      </span>
      <span className="jw-compare-line" style={{ left: `${part}%` }} aria-hidden="true" />
      <input
        type="range"
        min={0}
        max={100}
        value={part}
        aria-label={words.compare}
        onChange={event => setPart(Number(event.currentTarget.value))}
      />
    </div>
  );
}

import { useEffect, useState } from 'react';

import { listEverydayCategories } from '../../contracts/intake.ts';
import { call } from '../../browser/api/call.ts';
import { useLocale, useWords } from '../../browser/i18n/use-words.ts';
import { Icon, isIcon } from '../../browser/ui/Icon.tsx';
import { residentWords } from '../words/words.ts';

import type { ReplyOf } from '../../contracts/endpoint.ts';

type Kinds = ReplyOf<typeof listEverydayCategories>['categories'];

interface KindButtonsProps {
  readonly chosen: string | null;
  readonly onChoose: (code: string | null) => void;
}

/** The everyday problems as buttons; a second tap takes the choice back. Without an answer the question is left out. */
export function KindButtons({ chosen, onChoose }: KindButtonsProps) {
  const locale = useLocale();
  const words = useWords(residentWords);
  const [kinds, setKinds] = useState<Kinds | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    const gone = new AbortController();
    const load = () => {
      call(listEverydayCategories, { signal: gone.signal }).then(
        ({ categories }) => {
          if (gone.signal.aborted) return;
          setKinds(categories);
          setFailed(false);
        },
        () => {
          if (!gone.signal.aborted) setFailed(true);
        },
      );
    };
    load();
    window.addEventListener('online', load);
    return () => {
      gone.abort();
      window.removeEventListener('online', load);
    };
  }, []);

  if (kinds?.length === 0 || (kinds === null && failed)) return null;
  return (
    <div role="group" aria-labelledby="kind-label">
      <p className="label" id="kind-label">
        {words.kindLabel} <span className="optional">{words.optional}</span>
      </p>
      <div className="kinds">
        {kinds === null
          ? Array.from({ length: 9 }, (_, index) => <div key={index} className="skeleton kind-wait" />)
          : kinds.map(({ code, name }) => (
              <button
                key={code}
                type="button"
                className="button kind"
                aria-pressed={code === chosen}
                onClick={() => onChoose(code === chosen ? null : code)}
              >
                <Icon name={isIcon(code) ? code : 'other'} />
                {name[locale]}
              </button>
            ))}
      </div>
    </div>
  );
}

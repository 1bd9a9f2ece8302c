import { Input, Select } from 'antd';
import { useEffect, useRef, useState } from 'react';

import { useWords } from '../../../browser/i18n/use-words.ts';
import { useKeys } from '../../shell/use-keys.ts';
import { words } from '../../words/words.ts';
import { sorts } from '../queue-rules.ts';

import type { InputRef } from 'antd';
import type { ReactNode } from 'react';
import type { Sort } from '../queue-rules.ts';

interface QueueToolbarProps {
  readonly search: string;
  readonly onSearch: (text: string) => void;
  readonly sort: Sort;
  readonly onSort: (sort: Sort) => void;
  readonly children?: ReactNode;
}

/** Typing rests this long before the server is asked. */
const rest = 300;

/** Search and order. What is typed shows at once and is asked for when the typing rests. */
export function QueueToolbar({ search, onSearch, sort, onSort, children }: QueueToolbarProps) {
  const t = useWords(words);
  const [typed, setTyped] = useState(search);
  const input = useRef<InputRef>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useKeys({ '/': () => input.current?.focus({ cursor: 'all' }) });
  useEffect(() => setTyped(search), [search]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const type = (text: string, after: number): void => {
    setTyped(text);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => onSearch(text.trim()), after);
  };
  return (
    <div className="queue-toolbar">
      <Input
        ref={input}
        value={typed}
        onChange={event => type(event.target.value, event.target.value === '' ? 0 : rest)}
        onPressEnter={() => type(typed, 0)}
        onKeyDown={event => {
          if (event.key === 'Escape') event.currentTarget.blur();
        }}
        allowClear
        maxLength={60}
        placeholder={t.queue.search}
        aria-label={t.queue.search}
        suffix={typed === '' ? <kbd className="key">/</kbd> : <span />}
        data-testid="queue-search"
      />
      <Select<Sort>
        className="queue-sort"
        value={sort}
        onChange={onSort}
        aria-label={t.queue.sort}
        options={sorts.map(value => ({ value, label: t.queue.sorts[value] }))}
        popupMatchSelectWidth={false}
        data-testid="queue-sort"
      />
      {children}
    </div>
  );
}

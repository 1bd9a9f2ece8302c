import { useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useReducer, useRef } from 'react';

import { call } from '../../browser/api/call.ts';
import { listCases } from '../../contracts/cases.ts';
import { useCaseEvents, usePolling } from '../live/use-live.ts';
import { changeRow, dropLeaving, emptyQueue, openQueue, refreshQueue, settle } from './live-queue.ts';
import { belongsIn, compareBy } from './queue-rules.ts';

import type { CaseChange, GivenRows, LiveQueue, QueueRules } from './live-queue.ts';
import type { QueueFilter, Viewer } from './queue-rules.ts';

/** What happened to the list; every change says whether the list was calm and what the rules were at that moment. */
type Change = { readonly key: string; readonly rules: QueueRules; readonly calm: boolean; readonly now: number } & (
  | { readonly kind: 'list'; readonly given: GivenRows }
  | { readonly kind: 'row'; readonly change: CaseChange }
  | { readonly kind: 'settle' }
  | { readonly kind: 'drop' }
);

interface State {
  readonly key: string;
  readonly queue: LiveQueue;
  /** Changes heard while the list itself was still on its way. */
  readonly early: readonly CaseChange[];
}

/** A list that is opened: what was heard after its answer was made is applied to it. */
function opened({ early }: State, { key, rules, now }: Change, given: GivenRows): State {
  const queue = early
    .filter(change => change.at > given.at)
    .reduce((next, change) => changeRow(next, change, rules, true, now), openQueue(given.rows));
  return { key, queue, early: [] };
}

function reduce(state: State, change: Change): State {
  const { key, rules, calm, now } = change;
  if (state.key !== key) {
    if (change.kind === 'list') return opened(state, change, change.given);
    return change.kind === 'row' ? { ...state, early: [...state.early, change.change] } : state;
  }
  switch (change.kind) {
    case 'list':
      return { ...state, queue: refreshQueue(state.queue, change.given, rules, calm, now) };
    case 'row':
      return { ...state, queue: changeRow(state.queue, change.change, rules, calm, now) };
    case 'settle':
      return { ...state, queue: settle(state.queue, rules, now) };
    case 'drop':
      return { ...state, queue: dropLeaving(state.queue) };
  }
}

const askFor = ({ queue, states, mine, search, sort }: QueueFilter) => ({
  sort,
  ...(queue === undefined ? {} : { queue }),
  ...(states === undefined ? {} : { states: states.join(',') }),
  ...(mine === undefined ? {} : { mine }),
  ...(search === undefined || search.trim() === '' ? {} : { search: search.trim() }),
});

/**
 * A live list of cases: pages from the server, changes from the stream, and the manners of `live-queue.ts`. The list component
 * reports through `setCalm` whether anything may move now.
 */
export function useQueue(filter: QueueFilter, viewer: Viewer) {
  const key = JSON.stringify([filter, viewer]);
  // The key holds all that is in them: they are the same while it is.
  const stable = useMemo(() => JSON.parse(key) as [QueueFilter, Viewer], [key]);
  const polling = usePolling();
  const pages = useInfiniteQuery({
    queryKey: ['cases', 'list', stable[0]],
    queryFn: ({ pageParam, signal }) =>
      call(listCases, {
        query: { ...askFor(stable[0]), ...(pageParam === null ? {} : { after: pageParam }) },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: page => page.next,
    refetchInterval: polling,
    // A list that comes back on screen has missed the changes since it left.
    staleTime: 0,
  });
  const { data, hasNextPage } = pages;
  const [state, dispatch] = useReducer(reduce, { key: '', queue: emptyQueue, early: [] });
  const calm = useRef(true);

  const rules = useMemo<QueueRules>(
    () => ({
      belongs: belongsIn(stable[0], stable[1]),
      compare: compareBy[stable[0].sort],
      moreFollows: hasNextPage,
    }),
    [stable, hasNextPage],
  );
  const common = useCallback(() => ({ key, rules, calm: calm.current, now: Date.now() }), [key, rules]);

  useEffect(() => {
    if (data === undefined) return;
    const rows = data.pages.flatMap(page => page.cases);
    dispatch({ ...common(), kind: 'list', given: { rows, at: Math.min(...data.pages.map(page => page.at)) } });
  }, [data, common]);
  useCaseEvents(change => dispatch({ ...common(), kind: 'row', change }));

  /** `still`: nothing may move; `scrolled`: the pointer left, but the list is not at its top. */
  const setCalm = useCallback(
    (how: 'calm' | 'scrolled' | 'still') => {
      calm.current = how === 'calm';
      if (how === 'calm') dispatch({ ...common(), kind: 'settle' });
      if (how === 'scrolled') dispatch({ ...common(), kind: 'drop' });
    },
    [common],
  );
  const apply = useCallback(() => dispatch({ ...common(), kind: 'settle' }), [common]);
  const isOpen = state.key === key;
  return {
    queue: isOpen ? state.queue : emptyQueue,
    pages,
    isLoading: !isOpen && pages.error === null,
    setCalm,
    apply,
  };
}

export type Queue = ReturnType<typeof useQueue>;

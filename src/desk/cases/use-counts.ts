import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';

import { call } from '../../browser/api/call.ts';
import { countCases } from '../../contracts/cases.ts';
import { useCaseEvents, usePolling } from '../live/use-live.ts';

/** A burst of changes asks for the counts once. */
const gather = 400;

/** Runs `act` once, shortly after the last of a burst of case events. */
export function useAfterEvents(act: () => void): void {
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  useCaseEvents(() => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      act();
    }, gather);
  });
}

/** Cases per tab, and how many are overdue. */
export function useCounts(mine?: 'unit' | 'check') {
  const queries = useQueryClient();
  const polling = usePolling();
  const queryKey = ['cases', 'counts', mine ?? 'all'];
  useAfterEvents(() => void queries.invalidateQueries({ queryKey }));
  return useQuery({
    queryKey,
    queryFn: ({ signal }) => call(countCases, { query: mine === undefined ? {} : { mine }, signal }),
    refetchInterval: polling,
  });
}

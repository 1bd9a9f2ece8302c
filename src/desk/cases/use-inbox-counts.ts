import { useQuery, useQueryClient } from '@tanstack/react-query';

import { call } from '../../browser/api/call.ts';
import { listCases } from '../../contracts/cases.ts';
import { usePolling } from '../live/use-live.ts';
import { inboxTabs } from '../search-params.ts';
import { inboxStates } from './inbox-tabs.ts';
import { useAfterEvents } from './use-counts.ts';

import type { InboxTab } from '../search-params.ts';

/** The most that one answer holds; a unit with more open cases than this sees "500+". */
export const countLimit = 500;

/** Open cases of the unit per tab. The counts of the desk's queues do not tell signing from handling, so the rows are counted. */
export function useInboxCounts(): Partial<Readonly<Record<InboxTab, number>>> {
  const queries = useQueryClient();
  const polling = usePolling();
  const queryKey = ['cases', 'inbox-counts'];
  useAfterEvents(() => void queries.invalidateQueries({ queryKey }));
  const { data } = useQuery({
    queryKey,
    queryFn: ({ signal }) =>
      call(listCases, {
        query: {
          mine: 'unit',
          states: ['to_sign', 'handling', ...inboxStates.to_check].join(','),
          limit: String(countLimit),
        },
        signal,
      }),
    refetchInterval: polling,
  });
  if (data === undefined) return {};
  return Object.fromEntries(
    inboxTabs
      .filter(tab => tab !== 'ended' && tab !== 'all')
      .map(tab => [tab, data.cases.filter(row => inboxStates[tab].includes(row.state)).length]),
  );
}

import { queryOptions } from '@tanstack/react-query';

import { call } from '../../browser/api/call.ts';
import { territory } from '../../contracts/grids.ts';

/** The boundaries change with a new division, not during a shift. */
export const territoryQuery = queryOptions({
  queryKey: ['territory'],
  queryFn: ({ signal }) => call(territory, { signal, timeout: 60_000 }),
  staleTime: 60 * 60_000,
  gcTime: Number.POSITIVE_INFINITY,
});

import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';

import { call } from '../../browser/api/call.ts';
import { readCase } from '../../contracts/cases.ts';
import { useCaseEvents, usePolling } from '../live/use-live.ts';

export const caseQuery = (id: string) =>
  queryOptions({
    queryKey: ['cases', 'one', id],
    queryFn: ({ signal }) => call(readCase, { params: { id }, signal }),
  });

/** One case with its record, kept up to date while it is on screen. */
export function useCase(id: string) {
  const queries = useQueryClient();
  const polling = usePolling();
  const query = useQuery({ ...caseQuery(id), refetchInterval: polling });
  useCaseEvents(event => {
    if (event.caseId !== id) return;
    const known = queries.getQueryData(caseQuery(id).queryKey);
    if (known !== undefined && event.row !== null && event.row.version <= known.version) return;
    void queries.invalidateQueries({ queryKey: caseQuery(id).queryKey });
  });
  return query;
}

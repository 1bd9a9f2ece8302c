import { queryOptions } from '@tanstack/react-query';

import { call } from '../../browser/api/call.ts';
import { listCategories } from '../../contracts/cases.ts';
import { listUnits } from '../../contracts/grids.ts';

/** Categories with their filing conditions; edited by the town, so asked for again once in a while. */
export const categoriesQuery = queryOptions({
  queryKey: ['categories'],
  queryFn: async ({ signal }) => (await call(listCategories, { signal })).categories,
  staleTime: 10 * 60_000,
});

export const unitsQuery = queryOptions({
  queryKey: ['units'],
  queryFn: async ({ signal }) => (await call(listUnits, { signal })).units,
  staleTime: 10 * 60_000,
});

import { queryOptions } from '@tanstack/react-query';

import { call } from '../../browser/api/call.ts';
import { openApi } from '../../contracts/platform.ts';

import type { OpenApiDocument } from './openapi.ts';

/** The document as the server prints it; it changes with the program only. */
export const openApiQuery = queryOptions({
  queryKey: ['openapi'],
  queryFn: async ({ signal }) => (await call(openApi, { signal })) as OpenApiDocument,
  staleTime: Number.POSITIVE_INFINITY,
});

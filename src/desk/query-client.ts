import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';

import { Problem } from '../browser/api/call.ts';

/**
 * The store of what the server said. A named problem is an answer and is not asked again; only silence is. When the session has
 * ended, whoever asked is told once.
 */
export function createQueryClient(onSignedOut: () => void): QueryClient {
  const watch = (error: unknown): void => {
    if (error instanceof Problem && error.code === 'identity.not_signed_in') onSignedOut();
  };
  return new QueryClient({
    queryCache: new QueryCache({ onError: watch }),
    mutationCache: new MutationCache({ onError: watch }),
    defaultOptions: {
      queries: {
        retry: (count, error) => !(error instanceof Problem) && count < 2,
        staleTime: 30_000,
        // "Online" as the browser sees it is a guess (a cable into a dead switch is online): we always try.
        networkMode: 'always',
      },
      mutations: { networkMode: 'always' },
    },
  });
}

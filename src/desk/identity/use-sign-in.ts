import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';

import { isSafeBack, phoneApp } from '../paths.ts';
import { sessionQuery, workplaceOf } from './session.ts';

import type { Me } from '../../contracts/identity.ts';

/**
 * Signing in by any of its ways (password, first set-up), then going to where the person was before, or works. `back` is only
 * followed within this app.
 */
export function useEnter<Input>(how: (input: Input) => Promise<Me>, back: string | undefined) {
  const queries = useQueryClient();
  const router = useRouter();
  return useMutation({
    mutationFn: how,
    onSuccess: async me => {
      queries.setQueryData(sessionQuery.queryKey, me);
      const place = isSafeBack(back) && back !== '/' ? back : workplaceOf(me);
      if (place === phoneApp) window.location.assign(place);
      else await router.navigate({ href: place, replace: true });
    },
  });
}

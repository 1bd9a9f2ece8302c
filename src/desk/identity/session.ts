import { queryOptions, useSuspenseQuery } from '@tanstack/react-query';

import { Problem, call } from '../../browser/api/call.ts';
import { readSession } from '../../contracts/identity.ts';
import { mayAnywhere, permissionsOf } from '../../domain/identity/permissions.ts';
import { paths, phoneApp } from '../paths.ts';

import type { Me } from '../../contracts/identity.ts';
import type { Actor, Permission, Role } from '../../domain/identity/permissions.ts';

/** Who is signed in; null when nobody is. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async ({ signal }): Promise<Me | null> => {
    try {
      return await call(readSession, { signal });
    } catch (error) {
      if (error instanceof Problem && error.code === 'identity.not_signed_in') return null;
      throw error;
    }
  },
  staleTime: Number.POSITIVE_INFINITY,
  gcTime: Number.POSITIVE_INFINITY,
});

/** Whoever is signed in. Only for pages below the signed-in layout, which has made sure of it. */
export function useMe(): Me {
  const { data } = useSuspenseQuery(sessionQuery);
  if (data === null) throw new Problem(notSignedIn);
  return data;
}

const notSignedIn = {
  type: 'about:blank',
  title: '',
  status: 401,
  detail: '',
  code: 'identity.not_signed_in',
} as const;

export const actorOf = (me: Me): Actor => ({
  kind: 'account',
  accountId: me.accountId,
  name: me.name,
  grants: me.grants,
});

export const may = (me: Me, permission: Permission): boolean => mayAnywhere(actorOf(me), permission);

export const rolesOf = (me: Me): readonly Role[] => [...new Set(me.grants.map(grant => grant.role))];

const centreRoles: readonly Role[] = ['acceptor', 'shift_leader', 'dispatcher', 'supervisor', 'leader'];

/** Works at the command centre: sees the desk. */
export const isOfCentre = (me: Me): boolean => rolesOf(me).some(role => centreRoles.includes(role));

/** Where somebody works, so that signing in ends there: the desk, the unit's inbox, the accounts, or the phone app. */
export function workplaceOf(me: Me): string {
  if (isOfCentre(me)) return paths.desk;
  if (may(me, 'cases.handle')) return paths.inbox;
  if (may(me, 'identity.read_accounts')) return paths.accounts;
  if (may(me, 'cases.check')) return phoneApp;
  return paths.apiDocs;
}

/** The earliest stage that is somebody's own duty decides which tab he sees first; a shift leader may accept but rarely does. */
export function firstQueueOf(me: Me): 'to_accept' | 'to_file' | 'to_dispatch' | 'to_check' | 'in_handling' {
  const permissions = new Set(rolesOf(me).flatMap(role => permissionsOf[role]));
  if (rolesOf(me).includes('acceptor')) return 'to_accept';
  if (permissions.has('cases.file')) return 'to_file';
  if (permissions.has('cases.dispatch')) return 'to_dispatch';
  if (permissions.has('cases.check')) return 'to_check';
  return 'in_handling';
}

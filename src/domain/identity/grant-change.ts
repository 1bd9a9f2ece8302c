import { canHoldTogether } from './permissions.ts';

import type { Grant } from './permissions.ts';

export interface GrantChange {
  readonly add: readonly Grant[];
  readonly remove: readonly Grant[];
}

const isSame = (a: Grant, b: Grant): boolean =>
  a.role === b.role && a.townId === b.townId && a.gridId === b.gridId && a.unitId === b.unitId;

const has = (grants: readonly Grant[], grant: Grant): boolean => grants.some(held => isSame(held, grant));

/**
 * What an account holds after a change: first taken away, then given, nothing twice. Null when the result would put
 * administrators' rights together with each other or with business (三员分离).
 */
export function changeGrants(
  held: readonly Grant[],
  change: GrantChange,
): { readonly added: readonly Grant[]; readonly removed: readonly Grant[]; readonly after: readonly Grant[] } | null {
  const removed = held.filter(grant => has(change.remove, grant) && !has(change.add, grant));
  const kept = held.filter(grant => !has(removed, grant));
  const added: Grant[] = [];
  for (const grant of change.add) if (!has(kept, grant) && !has(added, grant)) added.push(grant);
  const after = [...kept, ...added];
  return canHoldTogether(after.map(grant => grant.role)) ? { added, removed, after } : null;
}

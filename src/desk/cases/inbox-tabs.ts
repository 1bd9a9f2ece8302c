import type { CaseState } from '../../domain/cases/states.ts';
import type { InboxTab } from '../search-params.ts';

/** What each tab of a unit's inbox holds. A case that was fed back is out of the unit's hands but not yet done. */
export const inboxStates: Readonly<Record<InboxTab, readonly CaseState[]>> = {
  to_sign: ['to_sign'],
  handling: ['handling'],
  to_check: ['fed_back', 'checking', 'to_close'],
  ended: ['closed', 'evaluated'],
  all: ['to_sign', 'handling', 'fed_back', 'checking', 'to_close', 'closed', 'evaluated'],
};

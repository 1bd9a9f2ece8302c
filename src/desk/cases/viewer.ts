import { unitsOf } from '../../domain/identity/permissions.ts';
import { actorOf } from '../identity/session.ts';

import type { Me } from '../../contracts/identity.ts';
import type { Viewer } from './queue-rules.ts';

/** Whose lists are on screen. */
export const viewerOf = (me: Me): Viewer => ({ accountId: me.accountId, unitIds: unitsOf(actorOf(me)) });

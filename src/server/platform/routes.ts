import { openApi } from '../../contracts/platform.ts';
import { route } from './http/route.ts';

import type { Route } from './http/route.ts';

/** `/healthz` is registered apart (`health.ts`): it answers without the wrapper while the database is down. */
export const platformRoutes = (document: unknown): readonly Route[] => [
  route(openApi, () => Promise.resolve(document)),
];

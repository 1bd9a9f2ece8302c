import { accessEndpoints } from './access.ts';
import { ownAccountEndpoints } from './own-account.ts';
import { securityEndpoints } from './security.ts';
import { casesEndpoints } from './cases.ts';
import { gridsEndpoints } from './grids.ts';
import { identityEndpoints } from './identity.ts';
import { intakeEndpoints } from './intake.ts';
import { platformEndpoints } from './platform.ts';

import type { Endpoint } from './endpoint.ts';

/** All that can be called, by module: the server registers it, the OpenAPI document prints it, the access test walks it. */
export const endpointsByModule = {
  platform: platformEndpoints,
  identity: { ...identityEndpoints, ...ownAccountEndpoints, ...securityEndpoints, ...accessEndpoints },
  grids: gridsEndpoints,
  cases: casesEndpoints,
  intake: intakeEndpoints,
} as const;

export const allEndpoints: readonly Endpoint[] = Object.values(endpointsByModule).flatMap(
  module => Object.values(module) as unknown as readonly Endpoint[],
);

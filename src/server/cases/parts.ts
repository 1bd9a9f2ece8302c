import type { Zone } from '../../domain/kernel/time.ts';
import type { Territory } from '../grids/index.ts';
import type { Secrets } from '../platform/secrets.ts';
import type { Catalogue } from './catalogue.ts';
import type { DueOf } from './deadlines.ts';

/** What the services of this module stand on, put together once in compose.ts. */
export interface CasesParts {
  readonly territory: Territory;
  readonly catalogue: Catalogue;
  readonly due: DueOf;
  readonly secrets: Secrets;
  readonly zone: Zone;
}

import { newId } from './clock.ts';
import { json, timestamptz } from './database/columns.ts';

import type { Instant } from '../../domain/kernel/time.ts';
import type { Tables } from './database/tables.ts';
import type { Kysely } from 'kysely';

export interface DomainEvent {
  readonly townId: string;
  /** `<module>.<what happened>`. */
  readonly type: string;
  /** Id of the thing it happened to. */
  readonly subject: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly at: Instant;
}

/** Tells an event in the transaction in which it happened: it is there exactly when its cause is. */
export async function tell(trx: Kysely<Tables>, event: DomainEvent): Promise<void> {
  await trx
    .insertInto('platform.event')
    .values({
      town_id: event.townId,
      id: newId(),
      type: event.type,
      subject: event.subject,
      payload: json<unknown>(event.payload),
      at: timestamptz(event.at),
    })
    .execute();
}

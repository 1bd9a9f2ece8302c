import type { InstantColumn, JsonColumn, OptionalInstantColumn, OptionalJsonColumn } from './columns.ts';

/** What has happened, told in the transaction in which it happened. */
export interface EventTable {
  town_id: string;
  /** UUIDv7: in the order of telling. */
  id: string;
  type: string;
  subject: string;
  payload: JsonColumn<unknown>;
  at: InstantColumn;
}

/** One reaction to one event: the queue of the worker. */
export interface DeliveryTable {
  town_id: string;
  event_id: string;
  reaction: string;
  state: 'waiting' | 'done' | 'failed';
  attempts: number;
  not_before: InstantColumn;
  last_error: string | null;
  done_at: OptionalInstantColumn;
}

/** The answer to a request that a client may send again. */
export interface IdempotencyTable {
  town_id: string;
  scope: string;
  key: string;
  request_digest: string;
  /** Null until the transaction of the first request ends. */
  status: number | null;
  body: OptionalJsonColumn<unknown>;
  at: InstantColumn;
}

export interface SettingTable {
  name: string;
  value: JsonColumn<unknown>;
}

/** A photo that belongs to no case yet. */
export interface UploadTable {
  id: string;
  sha256: string;
  source_sha256: string;
  width: number;
  height: number;
  bytes: number;
  at: InstantColumn;
}

/** Every table by its full name, `schema.table`. */
export interface Tables {
  'platform.event': EventTable;
  'platform.delivery': DeliveryTable;
  'platform.idempotency': IdempotencyTable;
  'platform.setting': SettingTable;
  'platform.upload': UploadTable;
}

-- What every module stands on: events and their deliveries, answers kept for resends, the program's own settings.
-- Where town_id stands and why: "Towns" in src/server/platform/database/table-kinds.ts.

create table platform.event (
  town_id uuid not null,
  id uuid not null,
  type text not null,
  subject uuid not null,
  payload jsonb not null,
  at timestamptz not null,
  constraint event_pkey primary key (town_id, id)
);
create index event_by_subject on platform.event (town_id, subject, id);

-- One row for each reaction to an event. The worker polls a town's waiting rows, oldest first.
create table platform.delivery (
  town_id uuid not null,
  event_id uuid not null,
  reaction text not null,
  state text not null default 'waiting',
  attempts integer not null default 0,
  not_before timestamptz not null,
  last_error text,
  done_at timestamptz,
  constraint delivery_pkey primary key (town_id, event_id, reaction),
  constraint delivery_event_fkey foreign key (town_id, event_id) references platform.event (town_id, id) on delete cascade,
  constraint delivery_state_check check (state in ('waiting', 'done', 'failed')),
  constraint delivery_done_check check ((state = 'done') = (done_at is not null))
);
create index delivery_waiting on platform.delivery (town_id, not_before) where state = 'waiting';

-- A resend under the same key gets the first answer. Written in the transaction of the work itself: status and body
-- are null only inside it.
create table platform.idempotency (
  town_id uuid not null,
  scope text not null,
  key text not null,
  request_digest text not null,
  status integer,
  body jsonb,
  at timestamptz not null,
  constraint idempotency_pkey primary key (town_id, scope, key)
);
create index idempotency_by_age on platform.idempotency (town_id, at);

create table platform.setting (
  name text not null,
  value jsonb not null,
  constraint setting_pkey primary key (name)
);

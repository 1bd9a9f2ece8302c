-- Written by tools/dump-schema.ts from the migrations; not run. Change the schema by a new migration.

create schema cases;
create schema grids;
create schema identity;
create schema intake;
create schema platform;

create table cases.attachment (
  town_id uuid not null,
  case_id uuid not null,
  id uuid not null,
  seq integer not null,
  sha256 text not null,
  width integer not null,
  height integer not null,
  bytes integer not null,
  constraint attachment_pkey PRIMARY KEY (town_id, case_id, id),
  constraint attachment_town_id_case_id_fkey FOREIGN KEY (town_id, case_id) REFERENCES cases.case_file(town_id, id)
);

create table cases.case_file (
  town_id uuid not null,
  id uuid not null,
  number text not null,
  version integer not null,
  state text not null,
  channel text not null,
  urgency text not null,
  words text not null,
  address text not null,
  lng double precision,
  lat double precision,
  datum text,
  accuracy double precision,
  grid_id uuid not null,
  grid_path uuid[] not null,
  scheme text,
  category_code text,
  condition_no integer,
  lead_unit_id uuid,
  handler_ids uuid[] not null default '{}'::uuid[],
  checker_id uuid,
  contest_count integer not null default 0,
  rework_count integer not null default 0,
  rating integer,
  reported_at timestamp with time zone not null,
  closed_at timestamp with time zone,
  updated_at timestamp with time zone not null,
  last_actor_name text,
  clock_stage text,
  clock_due_at timestamp with time zone,
  head_seq integer not null,
  head_hash text not null,
  constraint case_file_pkey PRIMARY KEY (town_id, id),
  constraint case_file_town_id_number_key UNIQUE (town_id, number),
  constraint case_file_scheme_category_code_fkey FOREIGN KEY (scheme, category_code) REFERENCES cases.category(scheme, code),
  constraint case_file_town_id_grid_id_fkey FOREIGN KEY (town_id, grid_id) REFERENCES grids.grid(town_id, id),
  constraint case_file_town_id_lead_unit_id_fkey FOREIGN KEY (town_id, lead_unit_id) REFERENCES grids.unit(town_id, id)
);
CREATE INDEX case_checker ON cases.case_file USING btree (town_id, checker_id, state) WHERE (checker_id IS NOT NULL);
CREATE INDEX case_open_due ON cases.case_file USING btree (town_id, clock_due_at, id) WHERE (state <> ALL (ARRAY['closed'::text, 'evaluated'::text, 'rejected'::text]));
CREATE INDEX case_state_reported ON cases.case_file USING btree (town_id, state, reported_at DESC, id DESC);
CREATE INDEX case_unit ON cases.case_file USING btree (town_id, lead_unit_id, state) WHERE (lead_unit_id IS NOT NULL);

create table cases.category (
  scheme text not null,
  code text not null,
  class_zh text not null,
  class_en text not null,
  name_zh text not null,
  name_en text not null,
  urgency text not null,
  lead_unit_code text,
  initials text not null,
  constraint category_pkey PRIMARY KEY (scheme, code),
  constraint category_urgency_check CHECK ((urgency = ANY (ARRAY['A'::text, 'B'::text, 'C'::text])))
);

create table cases.clock (
  town_id uuid not null,
  case_id uuid not null,
  id uuid not null,
  stage text not null,
  limit_n double precision not null,
  limit_unit text not null,
  start_at timestamp with time zone not null,
  due_at timestamp with time zone,
  stopped_at timestamp with time zone,
  constraint clock_pkey PRIMARY KEY (town_id, case_id, id),
  constraint clock_town_id_case_id_fkey FOREIGN KEY (town_id, case_id) REFERENCES cases.case_file(town_id, id)
);

create table cases.filing_condition (
  scheme text not null,
  category_code text not null,
  no integer not null,
  text_zh text not null,
  text_en text not null,
  limit_n double precision not null,
  limit_unit text not null,
  urgency text not null,
  close_zh text not null,
  close_en text not null,
  photo_reason_zh text,
  photo_reason_en text,
  constraint filing_condition_pkey PRIMARY KEY (scheme, category_code, no),
  constraint filing_condition_scheme_category_code_fkey FOREIGN KEY (scheme, category_code) REFERENCES cases.category(scheme, code),
  constraint filing_condition_limit_n_check CHECK ((limit_n > (0)::double precision)),
  constraint filing_condition_limit_unit_check CHECK ((limit_unit = ANY (ARRAY['UH'::text, 'WH'::text, 'WD'::text, 'UD'::text, 'ND'::text]))),
  constraint filing_condition_urgency_check CHECK ((urgency = ANY (ARRAY['A'::text, 'B'::text, 'C'::text])))
);

create table cases.number_counter (
  town_id uuid not null,
  day date not null,
  last integer not null,
  constraint number_counter_pkey PRIMARY KEY (town_id, day)
);

create table cases.reporter (
  town_id uuid not null,
  case_id uuid not null,
  id uuid not null,
  name_sealed text,
  phone_sealed text,
  constraint reporter_pkey PRIMARY KEY (town_id, case_id, id),
  constraint reporter_town_id_case_id_fkey FOREIGN KEY (town_id, case_id) REFERENCES cases.case_file(town_id, id)
);
alter table cases.reporter enable row level security;
alter table cases.reporter force row level security;
create policy town_sight on cases.reporter using (((current_setting('jingwei.towns'::text, true) = '*'::text) OR ((town_id)::text = ANY (string_to_array(current_setting('jingwei.towns'::text, true), ','::text)))));

create table cases.step (
  town_id uuid not null,
  case_id uuid not null,
  seq integer not null,
  action text not null,
  from_state text,
  to_state text not null,
  actor_id uuid,
  actor_name text,
  post text,
  unit_id uuid,
  at timestamp with time zone not null,
  note text,
  note_salt text,
  note_digest text,
  attachment_digests text[] not null default '{}'::text[],
  prev_hash text,
  hash text not null,
  constraint step_pkey PRIMARY KEY (town_id, case_id, seq),
  constraint step_town_id_case_id_fkey FOREIGN KEY (town_id, case_id) REFERENCES cases.case_file(town_id, id)
);

create table grids.appointment (
  town_id uuid not null,
  id uuid not null,
  post_id uuid not null,
  account_id uuid not null,
  since date not null,
  until date,
  constraint appointment_pkey PRIMARY KEY (town_id, id),
  constraint appointment_account_id_fkey FOREIGN KEY (account_id) REFERENCES identity.account(id),
  constraint appointment_town_id_post_id_fkey FOREIGN KEY (town_id, post_id) REFERENCES grids.post(town_id, id),
  constraint appointment_check CHECK (((until IS NULL) OR (until >= since)))
);
CREATE INDEX appointment_account ON grids.appointment USING btree (town_id, account_id);
CREATE INDEX appointment_post ON grids.appointment USING btree (town_id, post_id);

create table grids.division (
  code text not null,
  parent_code text,
  level text not null,
  name text not null,
  boundary jsonb,
  source text,
  constraint division_pkey PRIMARY KEY (code),
  constraint division_parent_code_fkey FOREIGN KEY (parent_code) REFERENCES grids.division(code),
  constraint division_level_check CHECK ((level = ANY (ARRAY['city'::text, 'county'::text, 'town'::text])))
);

create table grids.division_step (
  town_id uuid not null,
  version_id uuid not null,
  seq integer not null,
  operation jsonb not null,
  before jsonb not null,
  after jsonb not null,
  account_id uuid not null,
  at timestamp with time zone not null,
  constraint division_step_pkey PRIMARY KEY (town_id, version_id, seq),
  constraint division_step_account_id_fkey FOREIGN KEY (account_id) REFERENCES identity.account(id),
  constraint division_step_town_id_version_id_fkey FOREIGN KEY (town_id, version_id) REFERENCES grids.division_version(town_id, id)
);

create table grids.division_version (
  town_id uuid not null,
  id uuid not null,
  number integer not null,
  state text not null,
  base_number integer,
  valid_from date,
  note text,
  author_id uuid,
  author_name text,
  created_at timestamp with time zone not null,
  published_at timestamp with time zone,
  published_by text,
  revision integer not null default 0,
  "position" integer not null default 0,
  lock_account_id uuid,
  lock_name text,
  lock_until timestamp with time zone,
  constraint division_version_pkey PRIMARY KEY (town_id, id),
  constraint division_version_number UNIQUE (town_id, number),
  constraint division_version_author_id_fkey FOREIGN KEY (author_id) REFERENCES identity.account(id),
  constraint division_version_lock_account_id_fkey FOREIGN KEY (lock_account_id) REFERENCES identity.account(id),
  constraint division_version_check CHECK (((state = 'published'::text) = (published_at IS NOT NULL))),
  constraint division_version_check1 CHECK (((state <> 'published'::text) OR (valid_from IS NOT NULL))),
  constraint division_version_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'published'::text, 'discarded'::text])))
);
CREATE UNIQUE INDEX division_version_day ON grids.division_version USING btree (town_id, valid_from) WHERE (state = 'published'::text);
CREATE UNIQUE INDEX division_version_draft ON grids.division_version USING btree (town_id) WHERE (state = 'draft'::text);

create table grids.grid (
  town_id uuid not null,
  id uuid not null,
  constraint grid_pkey PRIMARY KEY (town_id, id)
);

create table grids.grid_state (
  town_id uuid not null,
  id uuid not null,
  valid_from date not null,
  valid_to date,
  version integer not null,
  code text not null,
  level integer not null,
  type text not null,
  kind text not null,
  parent_id uuid,
  division_code text,
  path uuid[] not null,
  name text not null,
  official_name text not null,
  households integer,
  population integer,
  address text,
  bounds_text text,
  boundary jsonb not null,
  min_lng double precision not null,
  min_lat double precision not null,
  max_lng double precision not null,
  max_lat double precision not null,
  label_lng double precision not null,
  label_lat double precision not null,
  source text not null,
  note_zh text,
  note_en text,
  constraint grid_state_pkey PRIMARY KEY (town_id, id, valid_from),
  constraint grid_state_division_code_fkey FOREIGN KEY (division_code) REFERENCES grids.division(code),
  constraint grid_state_town_id_id_fkey FOREIGN KEY (town_id, id) REFERENCES grids.grid(town_id, id),
  constraint grid_state_town_id_parent_id_fkey FOREIGN KEY (town_id, parent_id) REFERENCES grids.grid(town_id, id),
  constraint grid_state_town_id_version_fkey FOREIGN KEY (town_id, version) REFERENCES grids.division_version(town_id, number),
  constraint grid_state_check CHECK (((valid_to IS NULL) OR (valid_to > valid_from))),
  constraint grid_state_kind_check CHECK ((kind = ANY (ARRAY['residential'::text, 'commercial'::text, 'industrial'::text, 'campus'::text, 'rural'::text, 'other'::text]))),
  constraint grid_state_level_check CHECK (((level >= 1) AND (level <= 4))),
  constraint grid_state_type_check CHECK ((type = ANY (ARRAY['basic'::text, 'exclusive'::text, 'micro'::text])))
);
CREATE UNIQUE INDEX grid_state_code ON grids.grid_state USING btree (town_id, code) WHERE (valid_to IS NULL);
CREATE UNIQUE INDEX grid_state_open ON grids.grid_state USING btree (town_id, id) WHERE (valid_to IS NULL);

create table grids.post (
  town_id uuid not null,
  id uuid not null,
  grid_id uuid not null,
  code text not null,
  name text not null,
  constraint post_pkey PRIMARY KEY (town_id, id),
  constraint post_town_id_grid_id_fkey FOREIGN KEY (town_id, grid_id) REFERENCES grids.grid(town_id, id)
);
CREATE INDEX post_grid ON grids.post USING btree (town_id, grid_id);

create table grids.street_line (
  town_id uuid not null,
  id uuid not null,
  name text not null,
  rank integer not null,
  line jsonb not null,
  source text not null,
  constraint street_line_pkey PRIMARY KEY (town_id, id)
);

create table grids.unit (
  town_id uuid not null,
  id uuid not null,
  code text not null,
  name text not null,
  name_then text not null,
  kind text not null,
  phone text,
  initials text not null,
  constraint unit_pkey PRIMARY KEY (town_id, id),
  constraint unit_town_id_code_key UNIQUE (town_id, code)
);

create table identity.access_chain (
  chain integer not null,
  seq bigint not null,
  hash text,
  constraint access_chain_pkey PRIMARY KEY (chain)
);

create table identity.access_entry (
  chain integer not null,
  seq bigint not null,
  id uuid not null,
  at timestamp with time zone not null,
  account_id uuid,
  login_name text,
  name text,
  what text not null,
  object_kind text,
  object_id text,
  object_name text,
  result text not null,
  problem text,
  ip text not null,
  user_agent text,
  details text not null,
  prev_hash text,
  hash text not null,
  constraint access_entry_pkey PRIMARY KEY (chain, seq),
  constraint access_entry_result_check CHECK ((result = ANY (ARRAY['done'::text, 'refused'::text, 'failed'::text]))),
  constraint access_entry_seq_check CHECK ((seq > 0))
);
CREATE INDEX access_entry_account ON identity.access_entry USING btree (account_id, at DESC, id DESC);
CREATE INDEX access_entry_at ON identity.access_entry USING btree (at DESC, id DESC);
CREATE INDEX access_entry_what ON identity.access_entry USING btree (what, at DESC, id DESC);
revoke delete, truncate, update on identity.access_entry from current_user;

create table identity.account (
  id uuid not null,
  login_name text not null,
  name text not null,
  password_digest text not null,
  failed_sign_ins integer not null default 0,
  locked_until timestamp with time zone,
  last_sign_in_at timestamp with time zone,
  disabled_at timestamp with time zone,
  created_at timestamp with time zone not null,
  password_changed_at timestamp with time zone not null,
  must_change_password boolean not null default false,
  constraint account_pkey PRIMARY KEY (id)
);
CREATE UNIQUE INDEX account_login_name ON identity.account USING btree (lower(login_name));

create table identity.linked_login (
  issuer text not null,
  subject text not null,
  account_id uuid not null,
  linked_at timestamp with time zone not null,
  constraint linked_login_pkey PRIMARY KEY (issuer, subject),
  constraint linked_login_account_id_issuer_key UNIQUE (account_id, issuer),
  constraint linked_login_account_id_fkey FOREIGN KEY (account_id) REFERENCES identity.account(id)
);

create table identity.password_history (
  account_id uuid not null,
  at timestamp with time zone not null,
  digest text not null,
  constraint password_history_pkey PRIMARY KEY (account_id, at, digest),
  constraint password_history_account_id_fkey FOREIGN KEY (account_id) REFERENCES identity.account(id)
);

create table identity.policy (
  version integer not null,
  value jsonb not null,
  oidc_secret_sealed text,
  account_id uuid,
  at timestamp with time zone not null,
  constraint policy_pkey PRIMARY KEY (version)
);

create table identity.recovery_code (
  account_id uuid not null,
  digest text not null,
  used_at timestamp with time zone,
  constraint recovery_code_pkey PRIMARY KEY (account_id, digest),
  constraint recovery_code_account_id_fkey FOREIGN KEY (account_id) REFERENCES identity.account(id)
);

create table identity.role_grant (
  id uuid not null,
  account_id uuid not null,
  role text not null,
  town_id uuid,
  grid_id uuid,
  unit_id uuid,
  created_at timestamp with time zone not null,
  constraint role_grant_pkey PRIMARY KEY (id),
  constraint role_grant_account_id_fkey FOREIGN KEY (account_id) REFERENCES identity.account(id)
);
CREATE INDEX role_grant_account ON identity.role_grant USING btree (account_id);
CREATE INDEX role_grant_town_role ON identity.role_grant USING btree (town_id, role);

create table identity.second_factor (
  account_id uuid not null,
  secret_sealed text not null,
  created_at timestamp with time zone not null,
  confirmed_at timestamp with time zone,
  last_step bigint,
  constraint second_factor_pkey PRIMARY KEY (account_id),
  constraint second_factor_account_id_fkey FOREIGN KEY (account_id) REFERENCES identity.account(id)
);

create table identity.session (
  token_digest text not null,
  account_id uuid not null,
  created_at timestamp with time zone not null,
  seen_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  user_agent text,
  id uuid not null,
  ip text,
  method text not null,
  constraint session_pkey PRIMARY KEY (token_digest),
  constraint session_account_id_fkey FOREIGN KEY (account_id) REFERENCES identity.account(id),
  constraint session_method_check CHECK ((method = ANY (ARRAY['password'::text, 'setup'::text, 'oidc'::text])))
);
CREATE INDEX session_account ON identity.session USING btree (account_id);
CREATE UNIQUE INDEX session_id ON identity.session USING btree (id);

create table intake.receipt (
  town_id uuid not null,
  number text not null,
  case_id uuid not null,
  code_digest text not null,
  failed integer not null default 0,
  locked_until timestamp with time zone,
  constraint receipt_pkey PRIMARY KEY (town_id, number),
  constraint receipt_town_id_case_id_fkey FOREIGN KEY (town_id, case_id) REFERENCES cases.case_file(town_id, id)
);

create table platform.delivery (
  town_id uuid not null,
  event_id uuid not null,
  reaction text not null,
  state text not null default 'waiting'::text,
  attempts integer not null default 0,
  not_before timestamp with time zone not null,
  last_error text,
  done_at timestamp with time zone,
  constraint delivery_pkey PRIMARY KEY (town_id, event_id, reaction),
  constraint delivery_event_fkey FOREIGN KEY (town_id, event_id) REFERENCES platform.event(town_id, id) ON DELETE CASCADE,
  constraint delivery_done_check CHECK (((state = 'done'::text) = (done_at IS NOT NULL))),
  constraint delivery_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'done'::text, 'failed'::text])))
);
CREATE INDEX delivery_waiting ON platform.delivery USING btree (town_id, not_before) WHERE (state = 'waiting'::text);

create table platform.event (
  town_id uuid not null,
  id uuid not null,
  type text not null,
  subject uuid not null,
  payload jsonb not null,
  at timestamp with time zone not null,
  constraint event_pkey PRIMARY KEY (town_id, id)
);
CREATE INDEX event_by_subject ON platform.event USING btree (town_id, subject, id);

create table platform.idempotency (
  town_id uuid not null,
  scope text not null,
  key text not null,
  request_digest text not null,
  status integer,
  body jsonb,
  at timestamp with time zone not null,
  constraint idempotency_pkey PRIMARY KEY (town_id, scope, key)
);
CREATE INDEX idempotency_by_age ON platform.idempotency USING btree (town_id, at);

create table platform.migration (
  number integer not null,
  name text not null,
  checksum text not null,
  at timestamp with time zone not null default now(),
  constraint migration_pkey PRIMARY KEY (number)
);

create table platform.setting (
  name text not null,
  value jsonb not null,
  constraint setting_pkey PRIMARY KEY (name)
);

create table platform.upload (
  id uuid not null,
  sha256 text not null,
  source_sha256 text not null,
  width integer not null,
  height integer not null,
  bytes integer not null,
  at timestamp with time zone not null,
  constraint upload_pkey PRIMARY KEY (id)
);
CREATE INDEX upload_at ON platform.upload USING btree (at);

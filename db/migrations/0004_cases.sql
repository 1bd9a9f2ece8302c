-- Categories with their filing conditions (town-free), the case, its record, its clocks.
create schema cases;

create table cases.category (
  scheme text not null,
  code text not null,
  class_zh text not null,
  class_en text not null,
  name_zh text not null,
  name_en text not null,
  urgency text not null check (urgency in ('A', 'B', 'C')),
  -- Code of the unit that leads by default; units differ by town, codes do not.
  lead_unit_code text,
  initials text not null,
  primary key (scheme, code)
);

create table cases.filing_condition (
  scheme text not null,
  category_code text not null,
  no int not null,
  text_zh text not null,
  text_en text not null,
  limit_n double precision not null check (limit_n > 0),
  limit_unit text not null check (limit_unit in ('UH', 'WH', 'WD', 'UD', 'ND')),
  urgency text not null check (urgency in ('A', 'B', 'C')),
  close_zh text not null,
  close_en text not null,
  photo_reason_zh text,
  photo_reason_en text,
  primary key (scheme, category_code, no),
  foreign key (scheme, category_code) references cases.category (scheme, code)
);

create table cases.number_counter (
  town_id uuid not null,
  day date not null,
  last int not null,
  primary key (town_id, day)
);

create table cases.case_file (
  town_id uuid not null,
  id uuid not null,
  number text not null,
  version int not null,
  state text not null,
  channel text not null,
  urgency text not null,
  words text not null,
  address text not null,
  lng double precision,
  lat double precision,
  -- The datum in which the point came; lng and lat are WGS-84.
  datum text,
  accuracy double precision,
  grid_id uuid not null,
  grid_path uuid[] not null,
  scheme text,
  category_code text,
  condition_no int,
  lead_unit_id uuid,
  handler_ids uuid[] not null default '{}',
  checker_id uuid,
  contest_count int not null default 0,
  rework_count int not null default 0,
  rating int,
  reported_at timestamptz not null,
  closed_at timestamptz,
  updated_at timestamptz not null,
  last_actor_name text,
  -- The clock that matters now, repeated here so that a queue sorts by time left without a join.
  clock_stage text,
  clock_due_at timestamptz,
  head_seq int not null,
  head_hash text not null,
  primary key (town_id, id),
  unique (town_id, number),
  foreign key (town_id, grid_id) references grids.grid (town_id, id),
  foreign key (town_id, lead_unit_id) references grids.unit (town_id, id),
  foreign key (scheme, category_code) references cases.category (scheme, code)
);
create index case_open_due on cases.case_file (town_id, clock_due_at, id)
  where state not in ('closed', 'evaluated', 'rejected');
create index case_state_reported on cases.case_file (town_id, state, reported_at desc, id desc);
create index case_unit on cases.case_file (town_id, lead_unit_id, state) where lead_unit_id is not null;
create index case_checker on cases.case_file (town_id, checker_id, state) where checker_id is not null;

create table cases.step (
  town_id uuid not null,
  case_id uuid not null,
  seq int not null,
  action text not null,
  from_state text,
  to_state text not null,
  actor_id uuid,
  actor_name text,
  post text,
  unit_id uuid,
  at timestamptz not null,
  note text,
  note_salt text,
  note_digest text,
  attachment_digests text[] not null default '{}',
  prev_hash text,
  hash text not null,
  primary key (town_id, case_id, seq),
  foreign key (town_id, case_id) references cases.case_file (town_id, id)
);

create table cases.clock (
  town_id uuid not null,
  case_id uuid not null,
  id uuid not null,
  stage text not null,
  limit_n double precision not null,
  limit_unit text not null,
  start_at timestamptz not null,
  -- Null while the calendar of that year has not been imported: refused, never guessed.
  due_at timestamptz,
  stopped_at timestamptz,
  primary key (town_id, case_id, id),
  foreign key (town_id, case_id) references cases.case_file (town_id, id)
);

create table cases.attachment (
  town_id uuid not null,
  case_id uuid not null,
  id uuid not null,
  seq int not null,
  sha256 text not null,
  width int not null,
  height int not null,
  bytes int not null,
  primary key (town_id, case_id, id),
  foreign key (town_id, case_id) references cases.case_file (town_id, id)
);

create table cases.reporter (
  town_id uuid not null,
  case_id uuid not null,
  id uuid not null,
  -- Encrypted under the installation's key (platform/secrets.ts); null when not given.
  name_sealed text,
  phone_sealed text,
  primary key (town_id, case_id, id),
  foreign key (town_id, case_id) references cases.case_file (town_id, id)
);

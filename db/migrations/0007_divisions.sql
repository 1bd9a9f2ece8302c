-- Versions of a town's division. A grid's identity is apart from how it stands on a day: cases, posts and grants point at the
-- identity, which never goes away; a state is added only where a version changes the grid.
create table grids.division_version (
  town_id uuid not null,
  id uuid not null,
  number int not null,
  state text not null check (state in ('draft', 'published', 'discarded')),
  -- The version that it was drawn upon; null for the first.
  base_number int,
  -- The first day on which it holds.
  valid_from date,
  note text,
  author_id uuid references identity.account (id),
  author_name text,
  created_at timestamptz not null,
  published_at timestamptz,
  published_by text,
  -- Counts every change of the draft, undo included: two editors never overwrite each other unseen.
  revision int not null default 0,
  -- How many of the draft's steps are applied; those after it can be redone.
  position int not null default 0,
  lock_account_id uuid references identity.account (id),
  lock_name text,
  lock_until timestamptz,
  primary key (town_id, id),
  constraint division_version_number unique (town_id, number),
  check ((state = 'published') = (published_at is not null)),
  check (state <> 'published' or valid_from is not null)
);
-- One draft a town: what two people drew apart could not be joined.
create unique index division_version_draft on grids.division_version (town_id) where state = 'draft';
-- Two versions cannot begin on one day.
create unique index division_version_day on grids.division_version (town_id, valid_from) where state = 'published';

create table grids.division_step (
  town_id uuid not null,
  version_id uuid not null,
  seq int not null,
  operation jsonb not null,
  -- Grid id → the grid before and after, null where it is not there.
  before jsonb not null,
  after jsonb not null,
  account_id uuid not null references identity.account (id),
  at timestamptz not null,
  primary key (town_id, version_id, seq),
  foreign key (town_id, version_id) references grids.division_version (town_id, id)
);

create table grids.grid_state (
  town_id uuid not null,
  id uuid not null,
  -- Holds on valid_from ≤ day < valid_to.
  valid_from date not null,
  valid_to date,
  version int not null,
  -- Divisions' codes change every year: the code is an attribute, never a key (handbook §1.2).
  code text not null,
  level int not null check (level between 1 and 4),
  type text not null check (type in ('basic', 'exclusive', 'micro')),
  kind text not null check (kind in ('residential', 'commercial', 'industrial', 'campus', 'rural', 'other')),
  parent_id uuid,
  division_code text references grids.division (code),
  -- The ancestors from the town down to this grid itself; scope asks `path @> array[grid]`.
  path uuid[] not null,
  name text not null,
  official_name text not null,
  households int,
  population int,
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
  primary key (town_id, id, valid_from),
  foreign key (town_id, id) references grids.grid (town_id, id),
  foreign key (town_id, parent_id) references grids.grid (town_id, id),
  foreign key (town_id, version) references grids.division_version (town_id, number),
  check (valid_to is null or valid_to > valid_from)
);
create unique index grid_state_code on grids.grid_state (town_id, code) where valid_to is null;
-- A grid has one open end, so its states cannot overlap there.
create unique index grid_state_open on grids.grid_state (town_id, id) where valid_to is null;

insert into grids.division_version (town_id, id, number, state, valid_from, created_at, published_at)
  select town_id, gen_random_uuid(), 1, 'published', min(valid_from), now(), now() from grids.grid group by town_id;

insert into grids.grid_state
  select town_id, id, valid_from, valid_to, 1, code, level, 'basic', 'residential', parent_id, division_code, path, name,
    official_name, households, null, address, null, boundary, min_lng, min_lat, max_lng, max_lat, label_lng, label_lat, source,
    note_zh, note_en
  from grids.grid;

alter table grids.grid
  drop constraint grid_town_id_parent_id_fkey,
  drop column code, drop column level, drop column parent_id, drop column division_code, drop column path, drop column name,
  drop column official_name, drop column households, drop column address, drop column boundary, drop column min_lng,
  drop column min_lat, drop column max_lng, drop column max_lat, drop column label_lng, drop column label_lat,
  drop column source, drop column note_zh, drop column note_en, drop column valid_from, drop column valid_to;

alter table grids.division drop constraint division_level_check,
  add constraint division_level_check check (level in ('city', 'county', 'town'));

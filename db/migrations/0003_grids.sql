-- The territory: county and city above the towns (reference), the town's own tree of grids, its units and posts.
create schema grids;

create table grids.division (
  code text primary key,
  parent_code text references grids.division (code),
  level text not null check (level in ('city', 'county')),
  name text not null,
  -- GeoJSON geometry, WGS-84; null where no boundary is known.
  boundary jsonb,
  source text
);

create table grids.grid (
  town_id uuid not null,
  id uuid not null,
  -- Divisions' codes change every year: the code is an attribute, never a key (handbook §1.2).
  code text not null,
  level int not null check (level between 1 and 3),
  parent_id uuid,
  division_code text references grids.division (code),
  -- The ancestors from the town down to this grid itself; scope asks `path @> array[grid]`.
  path uuid[] not null,
  name text not null,
  official_name text not null,
  households int,
  address text,
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
  valid_from date not null,
  valid_to date,
  primary key (town_id, id),
  foreign key (town_id, parent_id) references grids.grid (town_id, id)
);
create unique index grid_code on grids.grid (town_id, code) where valid_to is null;

create table grids.street_line (
  town_id uuid not null,
  id uuid not null,
  name text not null,
  rank int not null,
  line jsonb not null,
  source text not null,
  primary key (town_id, id)
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
  primary key (town_id, id),
  unique (town_id, code)
);

create table grids.post (
  town_id uuid not null,
  id uuid not null,
  grid_id uuid not null,
  -- P11 … P35 of the handbook's §5.2.
  code text not null,
  name text not null,
  primary key (town_id, id),
  foreign key (town_id, grid_id) references grids.grid (town_id, id)
);
create index post_grid on grids.post (town_id, grid_id);

create table grids.appointment (
  town_id uuid not null,
  id uuid not null,
  post_id uuid not null,
  account_id uuid not null references identity.account (id),
  since date not null,
  until date,
  primary key (town_id, id),
  foreign key (town_id, post_id) references grids.post (town_id, id),
  check (until is null or until >= since)
);
create index appointment_account on grids.appointment (town_id, account_id);
create index appointment_post on grids.appointment (town_id, post_id);

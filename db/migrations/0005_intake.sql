-- What a reporter holds in the hand, and photos that have arrived but belong to no case yet.
create schema intake;

create table intake.receipt (
  town_id uuid not null,
  number text not null,
  case_id uuid not null,
  code_digest text not null,
  failed int not null default 0,
  locked_until timestamptz,
  primary key (town_id, number),
  foreign key (town_id, case_id) references cases.case_file (town_id, id)
);

-- Before a report names a place, a photo belongs to no town.
create table intake.upload (
  id uuid primary key,
  sha256 text not null,
  source_sha256 text not null,
  width int not null,
  height int not null,
  bytes int not null,
  at timestamptz not null
);
create index upload_at on intake.upload (at);

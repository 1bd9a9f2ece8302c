-- What a reporter holds in the hand.
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

-- A photo that has arrived and belongs to no case yet: before a report names a place, it belongs to no town.
create table platform.upload (
  id uuid primary key,
  sha256 text not null,
  -- Of the bytes as they came, to recognise a resend.
  source_sha256 text not null,
  width int not null,
  height int not null,
  bytes int not null,
  at timestamptz not null
);
create index upload_at on platform.upload (at);

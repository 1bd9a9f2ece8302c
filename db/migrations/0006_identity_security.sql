-- The access record, sessions that can be told apart, password history, one-time codes, linked logins, the security policy,
-- and row-level security for personal data.

-- Who did what, when, from where, with which result; append-only. `chain` and `seq`: [Note: The access record].
create table identity.access_entry (
  chain int not null,
  seq bigint not null,
  id uuid not null,
  at timestamptz not null,
  -- Null where nobody was signed in; a name typed at a failed sign-in stays as typed.
  account_id uuid,
  login_name text,
  name text,
  what text not null,
  object_kind text,
  object_id text,
  object_name text,
  result text not null check (result in ('done', 'refused', 'failed')),
  -- Code of the problem, where the result is not `done`.
  problem text,
  ip text not null,
  user_agent text,
  -- JSON as text: it is hashed as it stands, and jsonb would order it anew.
  details text not null,
  prev_hash text,
  hash text not null,
  primary key (chain, seq),
  check (seq > 0)
);
create index access_entry_at on identity.access_entry (at desc, id desc);
create index access_entry_what on identity.access_entry (what, at desc, id desc);
create index access_entry_account on identity.access_entry (account_id, at desc, id desc);

-- The last link of each chain; its row is what writers wait for.
create table identity.access_chain (
  chain int primary key,
  seq bigint not null,
  hash text
);

-- The owner gives up the right himself: a slip in the program cannot change what was written.
revoke update, delete, truncate on identity.access_entry from current_user;

alter table identity.session
  add column id uuid not null default gen_random_uuid(),
  add column ip text,
  -- How the holder proved who he is: `password`, `setup` or `oidc`.
  add column method text not null default 'password' check (method in ('password', 'setup', 'oidc'));
alter table identity.session alter column id drop default, alter column method drop default;
create unique index session_id on identity.session (id);

alter table identity.account
  add column password_changed_at timestamptz,
  add column must_change_password boolean not null default false;
update identity.account set password_changed_at = created_at;
alter table identity.account alter column password_changed_at set not null;

create table identity.password_history (
  account_id uuid not null references identity.account (id),
  at timestamptz not null,
  digest text not null,
  primary key (account_id, at, digest)
);

create table identity.second_factor (
  account_id uuid primary key references identity.account (id),
  -- Encrypted under the installation's key.
  secret_sealed text not null,
  created_at timestamptz not null,
  -- Null until a first code has proved that the device shows the right ones.
  confirmed_at timestamptz,
  -- The last 30-second step whose code was used: no code counts twice.
  last_step bigint
);

create table identity.recovery_code (
  account_id uuid not null references identity.account (id),
  digest text not null,
  used_at timestamptz,
  primary key (account_id, digest)
);

-- Which person of an OpenID provider an account belongs to, fixed at the first sign-in: claims can be given to others later.
create table identity.linked_login (
  issuer text not null,
  subject text not null,
  account_id uuid not null references identity.account (id),
  linked_at timestamptz not null,
  primary key (issuer, subject),
  unique (account_id, issuer)
);

-- Every version that was ever in force; the highest is.
create table identity.policy (
  version int primary key,
  value jsonb not null,
  -- The provider's client secret, encrypted under the installation's key.
  oidc_secret_sealed text,
  account_id uuid,
  at timestamptz not null
);

-- [Note: Sight of towns] in src/server/platform/database/town-sight.ts.
alter table cases.reporter enable row level security;
alter table cases.reporter force row level security;
create policy town_sight on cases.reporter using (
  current_setting('jingwei.towns', true) = '*'
  or town_id::text = any (string_to_array(current_setting('jingwei.towns', true), ','))
);

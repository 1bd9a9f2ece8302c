-- Accounts, what they may do where, and their sessions. Town-free: people change towns, administrators belong to none.
create schema identity;

create table identity.account (
  id uuid primary key,
  login_name text not null,
  name text not null,
  password_digest text not null,
  failed_sign_ins int not null default 0,
  locked_until timestamptz,
  last_sign_in_at timestamptz,
  disabled_at timestamptz,
  created_at timestamptz not null
);
-- 用户名 is compared without regard to case: a phone's keyboard capitalises the first letter.
create unique index account_login_name on identity.account (lower(login_name));

create table identity.role_grant (
  id uuid primary key,
  account_id uuid not null references identity.account (id),
  role text not null,
  town_id uuid,
  grid_id uuid,
  unit_id uuid,
  created_at timestamptz not null
);
create index role_grant_account on identity.role_grant (account_id);
create index role_grant_town_role on identity.role_grant (town_id, role);

create table identity.session (
  -- SHA-256 of the cookie's secret: a copied table opens no session.
  token_digest text primary key,
  account_id uuid not null references identity.account (id),
  created_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null,
  user_agent text
);
create index session_account on identity.session (account_id);

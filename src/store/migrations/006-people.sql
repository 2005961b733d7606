-- People: how they sign in, who may do what in which dossier, how they are invited, and what is written to them.
-- An account is the owner's of the house, or a member's: everybody else's.
alter table accounts alter column password_hash drop not null;
alter table accounts add column email text;
create unique index accounts_email on accounts (lower(email)) where email is not null;
-- The secret of the second factor, encrypted to the house's seal key; confirmed once a code was right.
alter table accounts add column totp text;
alter table accounts add column totp_confirmed_at timestamptz;
-- The last time step whose code was used: no code works twice.
alter table accounts add column totp_step bigint;
alter table accounts add column suspended_at timestamptz;

-- Sessions begin anew: from here on each says by what it was opened, and on what kind of device.
delete from sessions;
alter table sessions add column id uuid not null;
alter table sessions add column method text not null;
alter table sessions add column device text;
-- When the person last proved who they are; what is most dangerous asks for it again.
alter table sessions add column confirmed_at timestamptz not null;
create unique index sessions_id on sessions (id);
create index sessions_account on sessions (account);

create table passkeys (
  id text primary key,
  account uuid not null references accounts (id) on delete cascade,
  name text not null,
  public_key bytea not null,
  counter bigint not null,
  transports jsonb not null,
  backed_up boolean not null,
  created_at timestamptz not null,
  used_at timestamptz
);
create index passkeys_account on passkeys (account);

create table recovery_codes (
  account uuid not null references accounts (id) on delete cascade,
  code_hash text not null,
  used_at timestamptz,
  primary key (account, code_hash)
);

-- What a browser was asked to sign, for minutes.
create table challenges (
  id uuid primary key,
  challenge text not null,
  purpose text not null,
  account uuid,
  expires_at timestamptz not null
);

-- Wrong guesses, so that a restart gives nobody fresh ones and several processes count together.
create table guesses (
  key text primary key,
  points int not null,
  expires_at timestamptz not null
);

create table memberships (
  dossier uuid not null,
  account uuid not null references accounts (id) on delete cascade,
  role text not null,
  -- Whether this person may open what is sealed; no role brings it along.
  opens boolean not null,
  created_at timestamptz not null,
  created_by uuid not null,
  primary key (dossier, account)
);
create index memberships_account on memberships (account);
-- Whoever made a dossier owns it, as was so until now.
insert into memberships (dossier, account, role, opens, created_at, created_by)
  select dossiers.id, accounts.id, 'owner', true, dossiers.created_at, accounts.id
  from dossiers join accounts on accounts.id = dossiers.created_by;

create table invitations (
  id uuid primary key,
  token_hash text not null unique,
  -- Null for an invitation into the house alone.
  dossier uuid,
  role text,
  opens boolean not null,
  email text,
  note text,
  created_at timestamptz not null,
  created_by uuid not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  used_by uuid,
  withdrawn_at timestamptz
);
create index invitations_dossier on invitations (dossier, created_at desc);

-- Letters on their way, and those nobody could send.
create table outbox (
  id uuid primary key,
  at timestamptz not null,
  recipient text not null,
  subject text not null,
  body text not null,
  state text not null,
  tries int not null default 0,
  failure text,
  sent_at timestamptz
);
create index outbox_newest on outbox (at desc, id);

-- Seals: the key of each sealed subject, wrapped by the house's key, which is not in the database.
-- A seal without a key was erased: nothing that it closed can be opened again.
create table seals (
  dossier uuid not null,
  id uuid not null,
  subject uuid not null,
  wrapped text,
  -- The public half of the house's key that it is wrapped for.
  wrapped_for text,
  -- The public half of the seal's own key: closing needs no secret.
  recipient text not null,
  created_at timestamptz not null,
  destroyed_at timestamptz,
  primary key (dossier, id)
);
create unique index seals_subject on seals (dossier, subject);

alter table statements add column sealed jsonb;
alter table figures add column sealed jsonb;
alter table incidents add column sealed jsonb;
alter table sources add column sealed jsonb;
alter table sources add column witness uuid;
-- Payload and salt of an entry that was written before its subject was sealed, closed by its seal.
alter table entries add column payload_sealed text;

create table witnesses (
  dossier uuid not null,
  id uuid not null,
  pseudonym text not null,
  consents jsonb not null,
  protection text,
  sealed jsonb,
  version int not null,
  created_at timestamptz not null,
  created_by uuid not null,
  updated_at timestamptz not null,
  updated_by uuid not null,
  primary key (dossier, id)
);
create unique index witnesses_pseudonym on witnesses (dossier, lower(pseudonym));

do $$
declare name text;
begin
  foreach name in array array['passkeys', 'memberships', 'invitations', 'seals', 'witnesses'] loop
    execute format(
      'create trigger refuse_unlogged before insert or update or delete on %I for each row execute function refuse_unlogged()',
      name
    );
  end loop;
end
$$;

-- The foundation: dossiers, sources, records, the log's entries, publications, accounts.
-- The dossier leads every key, so that the data can be sharded by it.
create extension if not exists unaccent;

create table accounts (
  id uuid primary key,
  name text not null unique,
  role text not null,
  password_hash text not null,
  created_at timestamptz not null
);

create table sessions (
  token_hash text primary key,
  account uuid not null references accounts (id) on delete cascade,
  created_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null
);

create table settings (
  name text primary key,
  value text not null
);

create table entries (
  id uuid primary key,
  position bigint generated always as identity,
  dossier uuid,
  at timestamptz not null,
  who uuid not null,
  action text not null,
  subject uuid not null,
  batch uuid not null,
  undoes uuid,
  -- Work that follows from this entry and is not done yet; null when there is none.
  job text,
  job_tries int not null default 0,
  log_index bigint unique,
  head_salt bytea not null,
  head_commitment bytea not null,
  salt bytea,
  commitment bytea not null,
  -- Canonical JSON (RFC 8785), exactly the bytes the commitment covers; null once erased.
  payload text
);
create index entries_unsequenced on entries (position) where log_index is null;
create index entries_jobs on entries (position) where job is not null;
create index entries_subject on entries (subject, position);
create index entries_batch on entries (batch);
create index entries_undoes on entries (undoes) where undoes is not null;
create index entries_dossier on entries (dossier, position);
create index entries_who on entries (who, dossier, position);

create table log_state (
  only_row boolean primary key default true check (only_row),
  size bigint not null
);
insert into log_state (size) values (0);

create table dossiers (
  id uuid primary key,
  title text not null,
  slug text not null unique,
  summary text,
  language text not null,
  published_by text,
  publication int not null default 0,
  version int not null,
  created_at timestamptz not null,
  created_by uuid not null,
  updated_at timestamptz not null,
  updated_by uuid not null
);

create table blobs (
  sha256 text primary key,
  bytes bigint not null,
  stored_at timestamptz not null,
  checked_at timestamptz,
  fault text
);

create table sources (
  dossier uuid not null,
  id uuid not null,
  original text not null,
  file_name text,
  media_type text not null,
  bytes bigint not null,
  state text not null,
  failure jsonb,
  text text,
  text_length int,
  title text not null,
  type text not null,
  publisher text,
  author text,
  published text,
  language text,
  address text,
  acquisition text not null,
  obtained_from text,
  reliability text not null,
  may_leave boolean not null,
  sensitivity text not null,
  note text,
  version int not null,
  created_at timestamptz not null,
  created_by uuid not null,
  updated_at timestamptz not null,
  updated_by uuid not null,
  primary key (dossier, id)
);
create unique index sources_original on sources (dossier, original);
create index sources_newest on sources (dossier, created_at desc, id desc);

-- The text of a source in parts, for search and snippets only. The blob is the truth.
create table source_parts (
  dossier uuid not null,
  source uuid not null,
  part int not null,
  start int not null,
  words text not null,
  search tsvector not null,
  primary key (dossier, source, part)
);
create index source_parts_search on source_parts using gin (search);

create table renditions (
  dossier uuid not null,
  id uuid not null,
  source uuid not null,
  kind text not null,
  parent text not null,
  sha256 text not null,
  bytes bigint not null,
  media_type text not null,
  tool text not null,
  tool_version text not null,
  created_at timestamptz not null,
  primary key (dossier, id)
);
create index renditions_source on renditions (dossier, source, created_at);

create table statements (
  dossier uuid not null,
  id uuid not null,
  status text not null,
  passages jsonb not null,
  submission uuid,
  provenance jsonb,
  content text not null,
  mode text not null,
  act text not null,
  speaker jsonb,
  reporter jsonb,
  addressee jsonb,
  venue text,
  said_on text,
  topics jsonb not null,
  language text,
  note text,
  tags jsonb not null,
  sensitivity text not null,
  version int not null,
  created_at timestamptz not null,
  created_by uuid not null,
  updated_at timestamptz not null,
  updated_by uuid not null,
  primary key (dossier, id)
);

create table figures (
  dossier uuid not null,
  id uuid not null,
  status text not null,
  passages jsonb not null,
  submission uuid,
  provenance jsonb,
  counted text not null,
  measure uuid,
  unit text,
  bound text not null,
  value double precision,
  low double precision,
  high double precision,
  equivalents jsonb not null,
  baseline jsonb,
  place jsonb,
  period text,
  according_to jsonb,
  reported_by jsonb,
  method text,
  language text,
  note text,
  tags jsonb not null,
  sensitivity text not null,
  version int not null,
  created_at timestamptz not null,
  created_by uuid not null,
  updated_at timestamptz not null,
  updated_by uuid not null,
  primary key (dossier, id)
);

create table incidents (
  dossier uuid not null,
  id uuid not null,
  status text not null,
  passages jsonb not null,
  submission uuid,
  provenance jsonb,
  title text not null,
  occurred_on text,
  place jsonb,
  acts jsonb not null,
  language text,
  note text,
  tags jsonb not null,
  sensitivity text not null,
  version int not null,
  created_at timestamptz not null,
  created_by uuid not null,
  updated_at timestamptz not null,
  updated_by uuid not null,
  primary key (dossier, id)
);

-- One narrow row for each record, for lists, facets and search. Rebuilt from the records; never the truth.
create table record_index (
  dossier uuid not null,
  kind text not null,
  id uuid not null,
  status text not null,
  sensitivity text not null,
  party text,
  -- The kind's own facet: a statement's mode, a figure's bound, an incident's first act.
  form text not null,
  act text,
  venue text,
  place text,
  year int,
  source uuid,
  sort_date text not null,
  sort_party text not null,
  sort_value double precision not null,
  confidence real not null,
  start int not null,
  search tsvector not null,
  primary key (dossier, kind, id)
);
-- Facets with many values: few records have one, and going through a sorted index for them would read it all.
create index record_index_act on record_index (dossier, kind, act);
create index record_index_place on record_index (dossier, kind, place);
create index record_index_source on record_index (dossier, kind, source);
create index record_index_date on record_index (dossier, kind, sort_date, id);
create index record_index_party on record_index (dossier, kind, sort_party, id);
create index record_index_value on record_index (dossier, kind, sort_value, id);
create index record_index_confidence on record_index (dossier, kind, confidence, id);
create index record_index_search on record_index using gin (search);

-- Which records rest on which source, and where: the reader's question.
create table record_sources (
  dossier uuid not null,
  source uuid not null,
  kind text not null,
  id uuid not null,
  start int not null,
  primary key (dossier, source, kind, id)
);
create index record_sources_record on record_sources (dossier, kind, id);

create table actors (
  dossier uuid not null,
  id uuid not null,
  name text not null,
  type text not null,
  aliases jsonb not null,
  roles jsonb not null,
  version int not null,
  created_at timestamptz not null,
  created_by uuid not null,
  updated_at timestamptz not null,
  updated_by uuid not null,
  primary key (dossier, id)
);

create table places (
  dossier uuid not null,
  id uuid not null,
  name text not null,
  type text not null,
  aliases jsonb not null,
  parent uuid,
  position jsonb,
  existed text,
  version int not null,
  created_at timestamptz not null,
  created_by uuid not null,
  updated_at timestamptz not null,
  updated_by uuid not null,
  primary key (dossier, id)
);

create table measures (
  dossier uuid not null,
  id uuid not null,
  name text not null,
  definition text,
  unit text,
  counting_rule text,
  version int not null,
  created_at timestamptz not null,
  created_by uuid not null,
  updated_at timestamptz not null,
  updated_by uuid not null,
  primary key (dossier, id)
);

create table links (
  dossier uuid not null,
  id uuid not null,
  "from" jsonb not null,
  "to" jsonb not null,
  link text not null,
  note text,
  version int not null,
  created_at timestamptz not null,
  created_by uuid not null,
  updated_at timestamptz not null,
  updated_by uuid not null,
  primary key (dossier, id)
);
create index links_from on links (dossier, (("from" ->> 'id')));
create index links_to on links (dossier, (("to" ->> 'id')));

create table publications (
  dossier uuid not null,
  number int not null,
  title text not null,
  summary text,
  published_by text,
  note text,
  records int not null,
  sources int not null,
  at timestamptz not null,
  by uuid not null,
  primary key (dossier, number)
);

-- What the public sees: redacted views, each valid from one publication until another.
-- Public pages and bundles read these rows and nothing else, so that nothing unpublished can reach them.
create table published (
  dossier uuid not null,
  id uuid not null,
  kind text not null,
  since int not null,
  until int,
  view jsonb not null,
  entry uuid not null,
  sort_key text not null,
  primary key (dossier, kind, id, since)
);
create index published_current on published (dossier, kind, sort_key, id) where until is null;

-- No row that matters is written outside store.write: it alone sets constat.batch, and it always adds entries.
create function refuse_unlogged() returns trigger language plpgsql as $$
begin
  if coalesce(current_setting('constat.batch', true), '') = '' then
    raise exception 'unlogged write to %: use store.write', tg_table_name;
  end if;
  return coalesce(new, old);
end
$$;
do $$
declare name text;
begin
  foreach name in array array[
    'dossiers', 'sources', 'renditions', 'statements', 'figures', 'incidents',
    'actors', 'places', 'measures', 'links', 'publications', 'published', 'accounts'
  ] loop
    execute format(
      'create trigger refuse_unlogged before insert or update or delete on %I for each row execute function refuse_unlogged()',
      name
    );
  end loop;
end
$$;

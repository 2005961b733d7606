-- Measures say what kind of count they are and how sources word them; figures whether an amount is pledged.
alter table measures add column series text not null default 'unknown';
alter table measures add column repeats text not null default 'unknown';
alter table measures add column wordings jsonb not null default '[]';
alter table figures add column modality text not null default 'reported';
create index figures_measure on figures (dossier, measure) where measure is not null;

-- What people made of findings, and what they filed by hand. Findings themselves are worked out and never stored.
create table disagreements (
  dossier uuid not null,
  id uuid not null,
  key text not null,
  kind text not null,
  records jsonb not null,
  working jsonb not null,
  found_by text,
  state text not null,
  explanation text,
  reason text,
  link uuid,
  version int not null,
  created_at timestamptz not null,
  created_by uuid not null,
  updated_at timestamptz not null,
  updated_by uuid not null,
  primary key (dossier, id)
);
create unique index disagreements_key on disagreements (dossier, key);

-- Whom the team asked what, and what came of it.
create table requests (
  dossier uuid not null,
  id uuid not null,
  asked_of jsonb not null,
  question text not null,
  about jsonb not null,
  means text not null,
  asked_on text not null,
  due text,
  outcome text not null,
  answered_on text,
  answer uuid,
  note text,
  sensitivity text not null,
  version int not null,
  created_at timestamptz not null,
  created_by uuid not null,
  updated_at timestamptz not null,
  updated_by uuid not null,
  primary key (dossier, id)
);

-- Units of a currency for one euro on a day, where they were added to those that ship with Constat.
create table exchange_rates (
  day text not null,
  currency text not null,
  per_euro double precision not null,
  source text not null,
  primary key (currency, day)
);

do $$
declare name text;
begin
  foreach name in array array['disagreements', 'requests', 'exchange_rates'] loop
    execute format(
      'create trigger refuse_unlogged before insert or update or delete on %I for each row execute function refuse_unlogged()',
      name
    );
  end loop;
end
$$;

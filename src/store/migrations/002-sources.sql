-- Background work that outlives a crash, and snippets that match without accents.

-- Until when a job is taken; past it, whoever took it is dead and another may.
alter table entries add column job_until timestamptz;

-- The search columns hold lexemes of unaccented text. These configurations find the same lexemes in text with its
-- accents, so that a snippet is shown as the source has it.
create text search configuration constat_english (copy = english);
alter text search configuration constat_english
  alter mapping for hword, hword_part, word with unaccent, english_stem;
create text search configuration constat_french (copy = french);
alter text search configuration constat_french
  alter mapping for hword, hword_part, word with unaccent, french_stem;
create text search configuration constat_simple (copy = simple);
alter text search configuration constat_simple
  alter mapping for hword, hword_part, word with unaccent, simple;

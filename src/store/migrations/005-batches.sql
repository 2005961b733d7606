-- A batch may have a hundred thousand entries and is taken back in pieces, newest first: without its positions in the index,
-- each piece would sort all of it.
drop index entries_batch;
create index entries_batch on entries (batch, position);

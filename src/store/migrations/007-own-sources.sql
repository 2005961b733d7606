-- What an observer hands in is a source of its own even where somebody else handed in the same bytes, of which they must not
-- learn; for everybody else, addSource keeps one source for one original under a lock.
drop index sources_original;
create index sources_original on sources (dossier, original, created_at);

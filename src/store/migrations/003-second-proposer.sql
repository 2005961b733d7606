-- Each dossier says for itself whether the texts of its sources are sent to the language model, where one is set.
alter table dossiers add column consult boolean not null default true;

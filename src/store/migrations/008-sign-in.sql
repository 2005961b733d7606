-- What signing in keeps up to date by itself (the last step of a code, the counter and last use of a passkey) is no change
-- of an account, and needs no entry. Every other column of these tables still does.
drop trigger refuse_unlogged on accounts;
create trigger refuse_unlogged
  before insert or delete
  or update of id, name, role, password_hash, created_at, email, totp, totp_confirmed_at, suspended_at
  on accounts for each row execute function refuse_unlogged();
drop trigger refuse_unlogged on passkeys;
create trigger refuse_unlogged
  before insert or delete or update of id, account, name, public_key, transports, created_at
  on passkeys for each row execute function refuse_unlogged();

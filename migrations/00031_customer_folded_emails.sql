-- expands: e-mail addresses are unique however they are spelled

-- +goose NO TRANSACTION
-- +goose Up

-- What all spellings of the address have in common (text.Fold). Null for accounts of versions that don't know it: theirs are
-- compared by the database's lower().
ALTER TABLE public.accounts ADD COLUMN IF NOT EXISTS email_folded text;

SET lock_timeout = 0;

-- Sign-in looks accounts up by address.
DROP INDEX CONCURRENTLY IF EXISTS public.accounts_email_folded_key;
CREATE UNIQUE INDEX CONCURRENTLY accounts_email_folded_key ON public.accounts ((coalesce(email_folded, lower(email))));

RESET lock_timeout;

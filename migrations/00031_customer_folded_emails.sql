-- expands: e-mail addresses are unique however they are spelled

-- +goose Up

-- What all spellings of the address have in common (text.Fold). Null for accounts of versions that don't know it: theirs are
-- compared by the database's lower().
ALTER TABLE public.accounts ADD COLUMN email_folded text;

-- Sign-in looks accounts up by address.
CREATE UNIQUE INDEX accounts_email_folded_key ON public.accounts ((coalesce(email_folded, lower(email))));

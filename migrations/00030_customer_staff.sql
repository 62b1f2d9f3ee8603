-- expands: staff's locations, and accounts that are suspended

-- +goose NO TRANSACTION
-- +goose Up

ALTER TABLE public.accounts
    -- The locations at which the roles are held; null: all of them.
    ADD COLUMN IF NOT EXISTS location_ids uuid[] CHECK (cardinality(location_ids) > 0),
    -- Since when nobody may sign in to the account; null while its owner may.
    ADD COLUMN IF NOT EXISTS suspended_at timestamptz;

SET lock_timeout = 0;

-- All sessions of an account end at once when it loses a right.
DROP INDEX CONCURRENTLY IF EXISTS public.sessions_account_id_idx;
CREATE INDEX CONCURRENTLY sessions_account_id_idx ON public.sessions (account_id);

RESET lock_timeout;

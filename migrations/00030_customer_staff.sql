-- expands: staff's locations, and accounts that are suspended

-- +goose Up

ALTER TABLE public.accounts
    -- The locations at which the roles are held; null: all of them.
    ADD COLUMN location_ids uuid[] CHECK (cardinality(location_ids) > 0),
    -- Since when nobody may sign in to the account; null while its owner may.
    ADD COLUMN suspended_at timestamptz;

-- All sessions of an account end at once when it loses a right.
CREATE INDEX sessions_account_id_idx ON public.sessions (account_id);

-- expands: devices on which an account has been signed in to

-- +goose Up

-- Whoever brings the token of such a device is counted apart from strangers who try the account's password. It opens nothing by
-- itself; the token is never stored.
CREATE TABLE public.devices (
    token_sha256 bytea       PRIMARY KEY CHECK (length(token_sha256) = 32),
    account_id   uuid        NOT NULL REFERENCES public.accounts (customer_id) ON DELETE CASCADE,
    added_at     timestamptz NOT NULL
);

-- Another password, and signing out everywhere, forget the account's devices.
CREATE INDEX devices_account_id_idx ON public.devices (account_id);

-- Used by the clean-up of old devices.
CREATE INDEX devices_added_at_idx ON public.devices (added_at);

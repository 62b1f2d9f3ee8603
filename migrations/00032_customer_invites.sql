-- expands: invitations of staff, and what sessions are recognized by

-- +goose Up

-- An invited account has no password (the hash is ''), and can't be signed in to until its invitation is accepted. The token
-- itself is never stored.
CREATE TABLE public.invites (
    account_id   uuid        PRIMARY KEY REFERENCES public.accounts (customer_id) ON DELETE CASCADE,
    token_sha256 bytea       NOT NULL CHECK (length(token_sha256) = 32),
    expires_at   timestamptz NOT NULL,
    CONSTRAINT invites_token_key UNIQUE (token_sha256)
);

-- Used by the clean-up of expired invitations.
CREATE INDEX invites_expires_at_idx ON public.invites (expires_at);

ALTER TABLE public.sessions
    -- What the API calls the session: the hash of its token stays inside.
    ADD COLUMN id      uuid NOT NULL DEFAULT gen_random_uuid(),
    -- Where it was opened, and by which program, as that calls itself.
    ADD COLUMN address text,
    ADD COLUMN client  text CHECK (length(client) <= 200);

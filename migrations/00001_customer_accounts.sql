-- expands: customers, their accounts and sessions

-- +goose Up

-- Whoever orders. Staff have a row too: anyone can be hungry.
CREATE TABLE public.customers (
    id         uuid        PRIMARY KEY,
    name       text        NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    phone      text        CHECK (length(phone) BETWEEN 1 AND 40),
    created_at timestamptz NOT NULL
);

-- How a customer signs in. It shares the customer's key, so that an account's id is its customer's id.
CREATE TABLE public.accounts (
    customer_id   uuid        PRIMARY KEY REFERENCES public.customers (id),
    email         text        NOT NULL CHECK (length(email) BETWEEN 3 AND 320),
    password_hash text        NOT NULL,
    roles         text[]      NOT NULL CHECK (
        cardinality(roles) > 0
        AND roles <@ ARRAY['CUSTOMER', 'COOK', 'DRIVER', 'MANAGER']
    ),
    created_at    timestamptz NOT NULL
);

-- Sign-in looks accounts up by address, whatever its case.
CREATE UNIQUE INDEX accounts_email_key ON public.accounts (lower(email));

-- The token itself is never stored: a stolen table opens nothing.
CREATE TABLE public.sessions (
    token_sha256 bytea       PRIMARY KEY CHECK (length(token_sha256) = 32),
    account_id   uuid        NOT NULL REFERENCES public.accounts (customer_id) ON DELETE CASCADE,
    created_at   timestamptz NOT NULL,
    expires_at   timestamptz NOT NULL
);

-- Used by the clean-up of expired sessions.
CREATE INDEX sessions_expires_at_idx ON public.sessions (expires_at);

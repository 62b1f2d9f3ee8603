-- expands: orders that are changed after they were placed

-- +goose Up

ALTER TABLE public.orders
    -- By what it was priced, so that a change of it is priced by the same. Null: ordered before this was kept.
    ADD COLUMN rules json;

ALTER TABLE public.order_items
    -- The line as it was priced, with its options. Null: ordered before this was kept.
    ADD COLUMN priced json,
    -- What its dish takes, by the menu of then. Null: ordered before this was kept.
    ADD COLUMN preparation_seconds integer;

ALTER TABLE public.payments
    -- How many supplements it has had.
    ADD COLUMN supplements integer NOT NULL DEFAULT 0,
    -- Of what was given back: because the order was changed, and costs less.
    ADD COLUMN changed_cents bigint NOT NULL DEFAULT 0;

-- What changes made dearer, each authorized apart from the order's payment. `due` is as a payment's.
CREATE TABLE public.payment_supplements (
    id                   uuid        PRIMARY KEY,
    order_id             uuid        NOT NULL REFERENCES public.orders (id),
    -- Counts the order's from 1; with the order's id it makes the gateway's idempotency key.
    number               integer     NOT NULL CHECK (number > 0),
    status               text        NOT NULL CHECK (
        status IN ('PENDING', 'REQUIRES_ACTION', 'AUTHORIZED', 'CAPTURED', 'PARTIALLY_REFUNDED', 'REFUNDED', 'VOIDED', 'FAILED')
    ),
    amount_cents         bigint      NOT NULL CHECK (amount_cents >= 0),
    refunded_cents       bigint      NOT NULL DEFAULT 0 CHECK (refunded_cents >= 0),
    attempt              integer     NOT NULL,
    attempted_at         timestamptz NOT NULL,
    token                text,
    intent_id            text,
    intent_attempt       integer     NOT NULL,
    decline_code         text,
    burnt_keys           integer     NOT NULL,
    action_client_secret text,
    action_url           text,
    due                  text        CHECK (due IN ('AUTHORIZE', 'CAPTURE', 'RELEASE')),
    due_since            timestamptz,
    due_at               timestamptz,
    due_tries            integer     NOT NULL,
    -- The change that it pays for, while that waits for the bank.
    amendment            json,
    -- An order's supplements are read with it.
    CONSTRAINT payment_supplements_order_number_key UNIQUE (order_id, number),
    CONSTRAINT payment_supplements_due_has_time CHECK ((due IS NULL) = (due_at IS NULL))
);

-- The settler claims what is due, earliest first.
CREATE INDEX payment_supplements_due_at_idx ON public.payment_supplements (due_at) WHERE due IS NOT NULL;

-- The settler looks for changes that nobody has paid for in time.
CREATE INDEX payment_supplements_waiting_idx ON public.payment_supplements (attempted_at) WHERE amendment IS NOT NULL;

-- A change of an order, by the version that it made, and what the order was before.
CREATE TABLE public.order_amendments (
    id                 uuid        PRIMARY KEY,
    order_id           uuid        NOT NULL REFERENCES public.orders (id),
    version            integer     NOT NULL,
    price_change_cents bigint      NOT NULL,
    before             json        NOT NULL,
    -- Names of the promotions that don't apply any more.
    dropped            json        NOT NULL,
    -- An order's changes are read with it.
    CONSTRAINT order_amendments_order_version_key UNIQUE (order_id, version)
);

ALTER TABLE public.refunds
    -- Of which supplement's money it is; 0: of the order's payment itself.
    ADD COLUMN supplement integer NOT NULL DEFAULT 0,
    -- Because the order was changed: it is no part of what the order costs since.
    ADD COLUMN changed boolean NOT NULL DEFAULT false;

ALTER TABLE public.tickets
    -- The version of the first change that nobody has seen; 0 if there is none.
    ADD COLUMN unseen_version integer NOT NULL DEFAULT 0;

ALTER TABLE public.ticket_items
    -- The versions of the ticket since which, and until which, it is of the ticket; 0: it still is.
    ADD COLUMN since_version integer NOT NULL DEFAULT 1,
    ADD COLUMN until_version integer NOT NULL DEFAULT 0,
    -- The line in whose place it came.
    ADD COLUMN replaces integer,
    -- What it was, once it isn't of the ticket any more.
    ADD COLUMN was json;

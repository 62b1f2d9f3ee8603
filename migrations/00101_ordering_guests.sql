-- expands: orders of guests, and tokens of orders

-- +goose Up

ALTER TABLE public.orders
    -- As told for this order; an account's address is no part of it.
    ADD COLUMN customer_email text;

-- By what a guest is known again, who has no account: a row for each order of one. It goes when the guest is forgotten.
CREATE TABLE public.guest_orders (
    order_id  uuid PRIMARY KEY REFERENCES public.orders (id),
    -- Made of the phone number: the same for each order with that number, however it is written.
    person_id uuid NOT NULL
);

-- What a guest has open, and has ordered before.
CREATE INDEX guest_orders_person_idx ON public.guest_orders (person_id);

-- Where a guest ordered from, as long as the order may be unfinished.
CREATE TABLE public.guest_networks (
    order_id  uuid        PRIMARY KEY REFERENCES public.orders (id),
    -- The client's address, or the upper half of it.
    network   text        NOT NULL,
    placed_at timestamptz NOT NULL
);

-- What the guests of a network have open.
CREATE INDEX guest_networks_network_idx ON public.guest_networks (network);

-- Used by the sweep of those that are no longer needed.
CREATE INDEX guest_networks_placed_at_idx ON public.guest_networks (placed_at);

-- What lets its bearer do something with one order, without an account. Only hashes are kept: a token is told once.
CREATE TABLE public.order_tokens (
    token_sha256 bytea       PRIMARY KEY CHECK (length(token_sha256) = 32),
    order_id     uuid        NOT NULL REFERENCES public.orders (id),
    -- As the order has it: who is asking is looked up before every request, and waits for no order.
    customer_id  uuid        NOT NULL,
    -- '' of a link.
    guest_name   text        NOT NULL,
    -- GUEST: to see, pay and cancel it; TRACKING: to see it.
    scope        text        NOT NULL CHECK (scope IN ('GUEST', 'TRACKING')),
    created_at   timestamptz NOT NULL,
    expires_at   timestamptz NOT NULL
);

-- An order has a few of each scope, of which the oldest makes room; all go when its customer is forgotten.
CREATE INDEX order_tokens_order_idx ON public.order_tokens (order_id, scope, created_at);

-- Used by the sweep of those that have expired.
CREATE INDEX order_tokens_expires_at_idx ON public.order_tokens (expires_at);

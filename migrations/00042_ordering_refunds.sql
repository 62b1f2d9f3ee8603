-- expands: refunds, in parts

-- +goose Up

-- What was given back of an order, or is about to be. What a refund is of is decided when it is asked for, so that all of them
-- together never come to more than was taken, nor to more of a line than was sold. Those that somebody made at the gateway by
-- hand are here, too.
CREATE TABLE public.refunds (
    id                 uuid        PRIMARY KEY,
    order_id           uuid        NOT NULL REFERENCES public.orders (id),
    amount_cents       bigint      NOT NULL CHECK (amount_cents > 0),
    -- Of the food with its tax, of the delivery fee, and of the tip.
    goods_cents        bigint      NOT NULL CHECK (goods_cents >= 0),
    delivery_fee_cents bigint      NOT NULL CHECK (delivery_fee_cents >= 0),
    tip_cents          bigint      NOT NULL CHECK (tip_cents >= 0),
    status             text        NOT NULL CHECK (status IN ('REQUESTED', 'SUCCEEDED', 'FAILED')),
    reason             text        NOT NULL,
    actor_role         text        NOT NULL CHECK (actor_role IN ('CUSTOMER', 'GUEST', 'COOK', 'DRIVER', 'MANAGER', 'SYSTEM')),
    actor_id           uuid,
    actor_name         text,
    at                 timestamptz NOT NULL,
    -- The gateway's id of it, once it is known there, or the gateway's word for why it failed.
    gateway_id         text,
    failure_code       text,
    -- How many keys the gateway has refused for good: the next call takes another one.
    burnt_keys         integer     NOT NULL DEFAULT 0 CHECK (burnt_keys >= 0),
    CONSTRAINT refunds_parts_within_amount CHECK (goods_cents + delivery_fee_cents + tip_cents <= amount_cents)
);

-- An order's refunds.
CREATE INDEX refunds_order_idx ON public.refunds (order_id, at, id);

-- What a refund takes of the order's lines: portions, and of the line's price without what is added to it.
CREATE TABLE public.refund_lines (
    refund_id   uuid    NOT NULL REFERENCES public.refunds (id),
    line        integer NOT NULL CHECK (line BETWEEN 1 AND 50),
    quantity    integer NOT NULL CHECK (quantity >= 0),
    value_cents bigint  NOT NULL CHECK (value_cents >= 0),
    PRIMARY KEY (refund_id, line)
);

ALTER TABLE public.orders
    -- What was given back, of the total.
    ADD COLUMN refunded_cents bigint NOT NULL DEFAULT 0,
    ADD CONSTRAINT orders_refund_within_total CHECK (refunded_cents BETWEEN 0 AND total_cents);

ALTER TABLE public.order_items
    -- What one portion took of the stock. An order of an earlier version has none.
    ADD COLUMN ingredients json,
    -- Of refunds that succeeded.
    ADD COLUMN refunded_quantity integer NOT NULL DEFAULT 0,
    ADD COLUMN refunded_cents bigint NOT NULL DEFAULT 0,
    ADD CONSTRAINT order_items_refund_within_line CHECK (
        refunded_quantity BETWEEN 0 AND quantity AND refunded_cents BETWEEN 0 AND total_cents
    );

ALTER TABLE public.payments
    -- When the gateway is to be asked for refunds, or what became of them. Apart from `due`, which servers of earlier versions
    -- would take for something else.
    ADD COLUMN refunds_due_at timestamptz,
    ADD COLUMN refunds_due_tries integer NOT NULL DEFAULT 0 CONSTRAINT payments_refunds_due_tries_check CHECK (refunds_due_tries >= 0);

-- Stock that comes back with a refund, after it was handed over. An order may get several.
ALTER TABLE public.stock_movements
    ADD COLUMN refund_id uuid REFERENCES public.refunds (id),
    DROP CONSTRAINT stock_movements_kind_check,
    ADD CONSTRAINT stock_movements_kind_check CHECK (kind IN ('COUNTED', 'RESERVED', 'RELEASED', 'CONSUMED', 'RETURNED')),
    DROP CONSTRAINT stock_movements_kind_moves,
    ADD CONSTRAINT stock_movements_kind_moves CHECK (
        CASE kind
            WHEN 'COUNTED' THEN reserved = 0 AND order_id IS NULL
            WHEN 'RESERVED' THEN on_hand = 0 AND reserved > 0 AND order_id IS NOT NULL
            WHEN 'RELEASED' THEN on_hand = 0 AND reserved < 0 AND order_id IS NOT NULL
            WHEN 'CONSUMED' THEN on_hand < 0 AND reserved = on_hand AND order_id IS NOT NULL
            WHEN 'RETURNED' THEN on_hand > 0 AND reserved = 0 AND order_id IS NOT NULL AND refund_id IS NOT NULL
        END
    );

-- The simulated gateway's refunds, of which some fail later on.
ALTER TABLE simulated_gateway.intents ADD COLUMN refunds json NOT NULL DEFAULT '[]';

ALTER TABLE simulated_gateway.ledger
    DROP CONSTRAINT ledger_kind_check,
    ADD CONSTRAINT ledger_kind_check CHECK (kind IN ('authorize', 'capture', 'void', 'refund', 'refund_failed'));

DROP INDEX simulated_gateway.ledger_once_per_intent;

-- Only refunds can come in parts. This is the last guard against charging twice.
CREATE UNIQUE INDEX ledger_once_per_intent ON simulated_gateway.ledger (intent_id, kind) WHERE kind NOT IN ('refund', 'refund_failed');

-- expands: promotions, and what an order costs and why

-- +goose Up

-- What makes some orders of a location cheaper.
CREATE TABLE public.promotions (
    id                   uuid        PRIMARY KEY,
    location_id          uuid        NOT NULL REFERENCES public.locations (id),
    name                 text        NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
    -- As customers are told it, and as it is compared; NULL: it applies by itself.
    code                 text        CHECK (length(code) BETWEEN 1 AND 40),
    code_folded          text,
    priority             integer     NOT NULL,
    -- What it gives: kind, basisPoints, amount, portions, slots.
    reward               json        NOT NULL,
    -- The other conditions: scope, minimum, fulfillments, hours, firstOrder.
    conditions           json        NOT NULL,
    -- The dishes that reward and conditions name.
    menu_item_ids        json        NOT NULL,
    starts_at            timestamptz,
    ends_at              timestamptz,
    max_uses             integer     CHECK (max_uses > 0),
    max_uses_by_customer integer     CHECK (max_uses_by_customer > 0),
    -- Counted where max_uses bounds it, so that others' orders don't wait for each other.
    uses                 integer     NOT NULL DEFAULT 0 CHECK (uses >= 0),
    version              integer     NOT NULL CHECK (version > 0),
    created_at           timestamptz NOT NULL,
    updated_at           timestamptz NOT NULL,
    CONSTRAINT promotions_code_is_folded CHECK ((code IS NULL) = (code_folded IS NULL)),
    CONSTRAINT promotions_ends_after_start CHECK (ends_at >= starts_at),
    -- An order finds the promotion of a code by it, and those without any.
    CONSTRAINT promotions_code_key UNIQUE (location_id, code_folded)
);

-- That an order was made cheaper by a promotion. An order that is cancelled or rejected gives it back.
CREATE TABLE public.promotion_redemptions (
    order_id     uuid        NOT NULL REFERENCES public.orders (id),
    promotion_id uuid        NOT NULL REFERENCES public.promotions (id),
    customer_id  uuid        NOT NULL,
    amount_cents bigint      NOT NULL CHECK (amount_cents > 0),
    released_at  timestamptz,
    PRIMARY KEY (order_id, promotion_id)
);

-- How often it was used, in all and by one customer.
CREATE INDEX promotion_redemptions_customer_idx ON public.promotion_redemptions (promotion_id, customer_id) WHERE released_at IS NULL;

ALTER TABLE public.orders
    -- As the API writes them. An order of an earlier version has none.
    ADD COLUMN price_lines json NOT NULL DEFAULT '[]',
    ADD COLUMN taxes json NOT NULL DEFAULT '[]',
    ADD COLUMN coupons json NOT NULL DEFAULT '[]';

ALTER TABLE public.order_items
    -- The line's part of the order's discount.
    ADD COLUMN discount_cents bigint NOT NULL DEFAULT 0,
    ADD CONSTRAINT order_items_discount_within_line CHECK (discount_cents BETWEEN 0 AND total_cents);

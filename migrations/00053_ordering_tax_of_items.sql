-- expands: each line of an order has its part of the tax

-- +goose Up

ALTER TABLE public.order_items
    -- 0 of an order of an earlier version, which has the tax of the whole alone.
    ADD COLUMN tax_cents bigint NOT NULL DEFAULT 0 CHECK (tax_cents >= 0);

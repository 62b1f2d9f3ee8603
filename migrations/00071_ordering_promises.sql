-- expands: for when an order is, and what it was promised

-- +goose Up

-- All are null of an order of an earlier version, which has estimates alone.
ALTER TABLE public.orders
    -- Null: as soon as possible.
    ADD COLUMN scheduled_for   timestamptz,
    ADD COLUMN promised_likely timestamptz,
    ADD COLUMN promised_latest timestamptz,
    ADD COLUMN promise_reason  text,
    -- How long the kitchen takes if nothing else is to do, and how long the way takes, for what is promised later on.
    ADD COLUMN kitchen_seconds integer CHECK (kitchen_seconds >= 0),
    ADD COLUMN way_seconds     integer CHECK (way_seconds >= 0),
    -- Which places of the oven it was promised: a list of [seconds since 1970, pizzas]; null: none.
    ADD COLUMN baking          jsonb;

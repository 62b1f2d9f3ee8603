-- expands: how long the kitchen takes for a line of an order

-- +goose Up

-- From the first station to the last, as learned or configured when it was ordered. Null: ordered before this was known.
ALTER TABLE public.order_items ADD COLUMN takes_seconds integer CHECK (takes_seconds >= 0);

-- expands: what one customer may have open at a location, and the least that is delivered

-- +goose Up

-- The limits are those that held for all locations until now; null: no bound.
ALTER TABLE public.locations
    ADD COLUMN minimum_order                  bigint  NOT NULL DEFAULT 0 CHECK (minimum_order BETWEEN 0 AND 100000000),
    ADD COLUMN open_orders_limit              integer DEFAULT 20 CHECK (open_orders_limit BETWEEN 1 AND 1000000),
    ADD COLUMN open_portions_limit            integer DEFAULT 200 CHECK (open_portions_limit BETWEEN 1 AND 1000000),
    ADD COLUMN new_customer_cash_orders_limit integer DEFAULT 2 CHECK (new_customer_cash_orders_limit BETWEEN 0 AND 1000000);

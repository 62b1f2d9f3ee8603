-- expands: orders, events and sales belong to a location

-- +goose Up

-- Orders are in their location's currency: the foreign key of both keeps the two from being told apart.
ALTER TABLE public.locations ADD CONSTRAINT locations_currency_key UNIQUE (id, currency);

ALTER TABLE public.orders
    ADD COLUMN location_id uuid,
    -- The day it counts for, at its location; null: placed before there were locations, on the day it was in UTC.
    ADD COLUMN business_day date,
    -- Whether the prices contain the tax.
    ADD COLUMN tax_included boolean NOT NULL DEFAULT false;

ALTER TABLE public.events ADD COLUMN location_id uuid;

-- A shop that was there before is a location from now on, for each currency that it has sold in. As a default, its id is that of
-- every row that is there without any being written, and that of the rows of servers that don't know the column.
-- +goose StatementBegin
DO $$
DECLARE
    sold record;
    made uuid;
BEGIN
    FOR sold IN
        SELECT coalesce(c.currency, 'USD') AS currency
        FROM (SELECT) AS always
        LEFT JOIN (SELECT o.currency, count(*) AS orders FROM public.orders AS o GROUP BY o.currency) AS c ON true
        WHERE c.currency IS NOT NULL OR EXISTS (SELECT FROM public.menu_items)
        ORDER BY c.orders
    LOOP
        made := pg_catalog.gen_random_uuid();
        INSERT INTO public.locations (
            id, name, slug, street, city, postal_code, time_zone, day_ends_at, currency, prices_include_tax, delivery_fee, version, created_at, updated_at
        )
        VALUES (made, 'Our pizzeria', 'shop-' || lower(sold.currency), '-', '-', '-', 'UTC', 0, sold.currency, false, 0, 1, now(), now());
    END LOOP;
    IF made IS NOT NULL THEN
        EXECUTE format('ALTER TABLE public.orders DROP COLUMN location_id, ADD COLUMN location_id uuid DEFAULT %L', made);
        EXECUTE format('ALTER TABLE public.events DROP COLUMN location_id, ADD COLUMN location_id uuid DEFAULT %L', made);
        UPDATE public.orders AS o SET location_id = l.id
        FROM public.locations AS l
        WHERE l.currency = o.currency AND o.location_id <> l.id;
    END IF;
END
$$;
-- +goose StatementEnd

ALTER TABLE public.orders
    ALTER COLUMN location_id SET NOT NULL,
    ADD CONSTRAINT orders_location_currency_fkey FOREIGN KEY (location_id, currency) REFERENCES public.locations (id, currency),
    DROP CONSTRAINT orders_total_adds_up,
    ADD CONSTRAINT orders_total_adds_up CHECK (
        total_cents = subtotal_cents - discount_cents + delivery_fee_cents + CASE WHEN tax_included THEN 0 ELSE tax_cents END + tip_cents
    );

-- The queue ahead of a new order at its location.
DROP INDEX public.orders_in_kitchen_idx;
CREATE INDEX orders_in_kitchen_idx ON public.orders (location_id, status, placed_at)
    WHERE status IN ('PENDING', 'CONFIRMED', 'PREPARING');

-- What is a pizza, and how it is taxed, are properties of a dish.
ALTER TABLE public.menu_items
    ADD COLUMN is_pizza boolean NOT NULL DEFAULT false,
    ADD COLUMN tax_category text NOT NULL DEFAULT 'FOOD' CHECK (tax_category IN ('FOOD', 'DRINK', 'ALCOHOL', 'OTHER'));

UPDATE public.menu_items AS m SET is_pizza = true WHERE m.category = 'Pizza';

ALTER TABLE public.order_items
    -- Null: ordered before this was known; then its category tells.
    ADD COLUMN is_pizza boolean,
    ADD COLUMN tax_category text NOT NULL DEFAULT 'FOOD' CHECK (tax_category IN ('FOOD', 'DRINK', 'ALCOHOL', 'OTHER'));

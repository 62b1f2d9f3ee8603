-- Customers, and stock that no measurement uses up: counted, as every stock is.
INSERT INTO public.customers (id, name, phone, created_at)
SELECT gen_random_uuid(), 'Customer ' || n, '555-' || n, now() - interval '2 years'
FROM generate_series(1, 500) AS n;

WITH counted AS (
    UPDATE public.stock_levels AS l SET on_hand = 2000000000
    FROM public.stock_levels AS before
    WHERE before.ingredient_id = l.ingredient_id AND before.location_id = l.location_id
    RETURNING l.ingredient_id, l.location_id, l.on_hand - before.on_hand AS difference
)
INSERT INTO public.stock_movements (ingredient_id, location_id, kind, on_hand, reserved, at)
SELECT c.ingredient_id, c.location_id, 'COUNTED', c.difference, 0, now() - interval '2 years'
FROM counted AS c;

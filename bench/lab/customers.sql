-- Customers, and stock that no measurement uses up: counted, as every stock is.
INSERT INTO public.customers (id, name, phone, created_at)
SELECT gen_random_uuid(), 'Customer ' || n, '555-' || n, now() - interval '2 years'
FROM generate_series(1, 500) AS n;

WITH counted AS (
    UPDATE public.ingredients AS g SET on_hand = 2000000000
    FROM public.ingredients AS before
    WHERE before.id = g.id
    RETURNING g.id, g.on_hand - before.on_hand AS difference
)
INSERT INTO public.stock_movements (ingredient_id, kind, on_hand, reserved, at)
SELECT c.id, 'COUNTED', c.difference, 0, now() - interval '2 years'
FROM counted AS c;

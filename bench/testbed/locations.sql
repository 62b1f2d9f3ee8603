-- Adds locations like the first, until there are as many as bench.locations says, and stock for all that the measurement may
-- take.
INSERT INTO public.locations (
    id, name, slug, street, city, postal_code, time_zone, day_ends_at, currency, prices_include_tax, delivery_fee, version, created_at, updated_at
)
SELECT
    gen_random_uuid(), l.name || ' ' || n, l.slug || '-' || n, l.street, l.city, l.postal_code, l.time_zone, l.day_ends_at, l.currency,
    l.prices_include_tax, l.delivery_fee, 1, now(), now()
FROM (SELECT f.* FROM public.locations AS f ORDER BY f.created_at, f.id LIMIT 1) AS l
CROSS JOIN generate_series(1 + (SELECT count(*) FROM public.locations), current_setting('bench.locations')::integer) AS n;

INSERT INTO public.location_tax_rates (location_id, category, rate_basis_points)
SELECT l.id, r.category, r.rate_basis_points
FROM public.locations AS l
CROSS JOIN public.location_tax_rates AS r
WHERE r.location_id = (SELECT f.id FROM public.locations AS f ORDER BY f.created_at, f.id LIMIT 1)
ON CONFLICT DO NOTHING;

UPDATE public.stock_levels AS s SET on_hand = 1000000000 + s.reserved, changes = s.changes + 1;

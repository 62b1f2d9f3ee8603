/* The places that the chain sells at: few and seldom changed, a plain view.

kind: plain
*/
SELECT
    l.id,
    l.name,
    l.slug,
    l.phone,
    l.street,
    l.city,
    l.postal_code,
    l.address_notes,
    l.time_zone,
    l.day_ends_at,
    l.currency,
    l.prices_include_tax,
    l.delivery_fee,
    (
        SELECT coalesce(json_agg(json_build_object('category', r.category, 'rateBasisPoints', r.rate_basis_points, 'pickupRateBasisPoints', r.pickup_rate_basis_points) ORDER BY r.category COLLATE "C"), '[]')
        FROM public.location_tax_rates AS r
        WHERE r.location_id = l.id
    ) AS tax_rates,
    l.version,
    l.minimum_order,
    l.open_orders_limit,
    l.open_portions_limit,
    l.new_customer_cash_orders_limit,
    l.oven_places,
    l.bake_seconds,
    l.cooks,
    l.make_seconds,
    l.delivery_minutes,
    l.learn_times
FROM public.locations AS l;

/* Who holds what of an ingredient: orders that the kitchen hasn't finished, and quotes. Always asked for as it is now, a plain view.

kind: plain
*/
SELECT
    o.location_id,
    m.ingredient_id,
    o.id AS order_id,
    NULL::uuid AS quote_id,
    o.status,
    o.placed_at,
    o.scheduled_for,
    m.reserved
FROM public.orders AS o
JOIN public.stock_movements AS m ON m.order_id = o.id AND m.kind = 'RESERVED'
WHERE o.status IN ('PENDING', 'CONFIRMED', 'PREPARING')
UNION ALL
SELECT
    m.location_id,
    m.ingredient_id,
    NULL,
    m.quote_id,
    NULL,
    NULL,
    NULL,
    m.reserved
FROM public.stock_movements AS m
WHERE m.quote_id IS NOT NULL;

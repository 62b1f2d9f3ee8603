/* What orders that aren't ready yet were promised of the oven: always asked for as it is now, a plain view.

kind: plain
*/
SELECT
    o.id AS order_id,
    o.location_id,
    o.status,
    o.placed_at,
    o.baking
FROM public.orders AS o
WHERE o.status IN ('PENDING', 'CONFIRMED', 'PREPARING');

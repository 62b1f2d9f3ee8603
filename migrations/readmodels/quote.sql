/* Quotes, which hold for minutes: always asked for as they are now, a plain view.

kind: plain
*/
SELECT
    q.id,
    q.location_id,
    q.customer_id,
    q.expires_at,
    q.baking,
    q.ordered
FROM public.quotes AS q;

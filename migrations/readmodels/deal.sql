/* Promotions that customers are told of, as long as they aren't used up: few, a plain view.

kind: plain
*/
SELECT
    p.id,
    p.location_id,
    p.name,
    p.code,
    p.priority,
    p.reward,
    p.conditions,
    p.starts_at,
    p.ends_at,
    p.max_uses,
    p.max_uses_by_customer,
    p.created_at
FROM public.promotions AS p
WHERE p.advertised AND (p.max_uses IS NULL OR p.uses < p.max_uses);

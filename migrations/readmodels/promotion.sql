/* Promotions, and how often they were used: few, and seldom looked at, a plain view.

kind: plain
*/
SELECT
    p.id,
    p.location_id,
    p.name,
    p.code,
    p.priority,
    p.advertised,
    p.reward,
    p.conditions,
    p.starts_at,
    p.ends_at,
    p.max_uses,
    p.max_uses_by_customer,
    p.version,
    p.created_at,
    (
        SELECT count(*)
        FROM public.promotion_redemptions AS r
        WHERE r.promotion_id = p.id AND r.released_at IS NULL
    ) AS uses,
    (
        SELECT coalesce(sum(r.amount_cents), 0)::bigint
        FROM public.promotion_redemptions AS r
        WHERE r.promotion_id = p.id AND r.released_at IS NULL
    ) AS saved_cents
FROM public.promotions AS p;

/* Stock is always asked for as it is now: a plain view, nothing to keep fresh. This is that of all locations together.

kind: plain
*/
SELECT
    g.id,
    g.name,
    coalesce(l.on_hand, 0) AS on_hand,
    coalesce(l.reserved, 0) AS reserved,
    coalesce(l.on_hand - l.reserved, 0) AS available,
    g.low_threshold,
    to_json(g.allergens) AS allergens,
    g.diet,
    g.version
FROM public.ingredients AS g
LEFT JOIN (
    SELECT s.ingredient_id, sum(s.on_hand)::bigint AS on_hand, sum(s.reserved)::bigint AS reserved
    FROM public.stock_levels AS s
    GROUP BY s.ingredient_id
) AS l ON l.ingredient_id = g.id;

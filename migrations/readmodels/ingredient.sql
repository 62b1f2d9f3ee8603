/* Stock is always asked for as it is now: a plain view, nothing to keep fresh.

kind: plain
*/
SELECT
    g.id,
    g.name,
    l.on_hand,
    l.reserved,
    l.on_hand - l.reserved AS available,
    g.low_threshold
FROM public.ingredients AS g
JOIN public.stock_levels AS l ON l.ingredient_id = g.id;

/* What a location has of each ingredient: a plain view, nothing to keep fresh.

kind: plain
*/
SELECT
    l.location_id,
    g.id,
    g.name,
    l.on_hand,
    l.reserved,
    l.on_hand - l.reserved AS available,
    g.low_threshold,
    to_json(g.allergens) AS allergens,
    g.diet,
    g.version
FROM public.stock_levels AS l
JOIN public.ingredients AS g ON g.id = l.ingredient_id;

/* What a location has of each ingredient: a plain view, nothing to keep fresh.

kind: plain
*/
SELECT
    l.location_id,
    g.id,
    g.name,
    l.on_hand,
    l.reserved,
    public.available_units(l.on_hand, l.reserved, l.sold_out_since) AS available,
    g.low_threshold,
    to_json(g.allergens) AS allergens,
    g.diet,
    g.version,
    l.sold_out_since IS NOT NULL AS is_sold_out,
    -- What has ended stays in the level.
    CASE WHEN l.sold_out_since IS NOT NULL THEN l.sold_out_until END AS sold_out_until,
    l.sold_out_reason
FROM public.stock_levels AS l
JOIN public.ingredients AS g ON g.id = l.ingredient_id;

/* Stock is always asked for as it is now: a plain view, nothing to keep fresh. This is that of all locations together.

kind: plain
*/
SELECT
    g.id,
    g.name,
    coalesce(l.on_hand, 0) AS on_hand,
    coalesce(l.reserved, 0) AS reserved,
    coalesce(l.available, 0) AS available,
    g.low_threshold,
    to_json(g.allergens) AS allergens,
    g.diet,
    g.version,
    -- At every location; when and why is told by location.
    coalesce(l.is_sold_out, false) AS is_sold_out,
    NULL::timestamptz AS sold_out_until,
    NULL::text AS sold_out_reason
FROM public.ingredients AS g
LEFT JOIN (
    SELECT
        s.ingredient_id,
        sum(s.on_hand)::bigint AS on_hand,
        sum(s.reserved)::bigint AS reserved,
        sum(public.available_units(s.on_hand, s.reserved, s.sold_out_since))::bigint AS available,
        bool_and(s.sold_out_since IS NOT NULL) AS is_sold_out
    FROM public.stock_levels AS s
    GROUP BY s.ingredient_id
) AS l ON l.ingredient_id = g.id;

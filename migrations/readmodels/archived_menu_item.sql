/* What was taken off the menu for good, as it was then.

kind: plain
*/
SELECT
    m.id,
    m.name,
    m.description,
    m.category,
    m.is_pizza,
    m.tax_category,
    (
        SELECT json_agg(
            json_build_object('size', p.size, 'price', p.price_cents)
            ORDER BY array_position(ARRAY['SMALL', 'MEDIUM', 'LARGE', 'ONE_SIZE'], p.size)
        )
        FROM public.menu_item_prices AS p
        WHERE p.menu_item_id = m.id
    ) AS prices,
    (
        SELECT coalesce(json_agg(a.name ORDER BY a.name COLLATE "C"), '[]')
        FROM (
            SELECT unnest(m.allergens) AS name
            UNION
            SELECT unnest(g.allergens)
            FROM public.recipes AS r
            JOIN public.ingredients AS g ON g.id = r.ingredient_id
            WHERE r.menu_item_id = m.id
        ) AS a
    ) AS allergens,
    to_json(m.allergens) AS declared_allergens,
    -- The strictest that every ingredient is fit for.
    (
        SELECT CASE WHEN bool_and(g.diet IS NOT DISTINCT FROM 'VEGAN') THEN 'VEGAN' WHEN bool_and(g.diet IS NOT NULL) THEN 'VEGETARIAN' END
        FROM public.recipes AS r
        JOIN public.ingredients AS g ON g.id = r.ingredient_id
        WHERE r.menu_item_id = m.id
    ) AS diet,
    NOT m.is_available AS is_hidden,
    m.preparation_minutes,
    m.version,
    CASE WHEN m.image_id IS NOT NULL THEN json_build_object('id', m.image_id) END AS image,
    m.archived_at
FROM public.menu_items AS m
WHERE m.archived_at IS NOT NULL;

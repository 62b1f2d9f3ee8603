/* An option group as the catalogue has it, with the options that some location has. Archived ones are gone.

kind: plain
*/
SELECT
    g.id,
    g.name,
    g.min,
    g.max,
    g.free_up_to,
    g.halves,
    CASE WHEN g.light_price IS NOT NULL THEN json_build_object('priceBasisPoints', g.light_price, 'doseBasisPoints', g.light_dose) END AS light,
    CASE WHEN g.extra_price IS NOT NULL THEN json_build_object('priceBasisPoints', g.extra_price, 'doseBasisPoints', g.extra_dose) END AS extra,
    coalesce(offered.list, '[]') AS options,
    g.version
FROM public.option_groups AS g
CROSS JOIN LATERAL (
    SELECT json_agg(
        json_build_object(
            'id', o.id,
            'name', o.name,
            'prices', (
                SELECT json_agg(
                    json_build_object(
                        'size', p.size,
                        'price', p.price_cents,
                        'isAvailable', o.ingredient_id IS NULL OR EXISTS (
                            SELECT
                            FROM public.stock_levels AS l
                            WHERE l.ingredient_id = o.ingredient_id AND public.available_units(l.on_hand, l.reserved, l.sold_out_since) >= p.dose
                        )
                    )
                    ORDER BY array_position(ARRAY['SMALL', 'MEDIUM', 'LARGE', 'ONE_SIZE'], p.size)
                )
                FROM public.menu_option_prices AS p
                WHERE p.option_id = o.id
            ),
            'isDefault', o.is_default,
            'allergens', array_to_json(ARRAY(
                SELECT a.name FROM (SELECT unnest(o.allergens) AS name UNION SELECT unnest(i.allergens)) AS a ORDER BY a.name COLLATE "C"
            )),
            'diet', i.diet,
            'ingredientId', o.ingredient_id,
            'doses', (
                SELECT json_agg(
                    json_build_object('size', p.size, 'quantity', p.dose)
                    ORDER BY array_position(ARRAY['SMALL', 'MEDIUM', 'LARGE', 'ONE_SIZE'], p.size)
                )
                FROM public.menu_option_prices AS p
                WHERE p.option_id = o.id AND o.ingredient_id IS NOT NULL
            )
        )
        ORDER BY o.position, o.id
    ) AS list
    FROM public.menu_options AS o
    LEFT JOIN public.ingredients AS i ON i.id = o.ingredient_id
    WHERE o.group_id = g.id
) AS offered
WHERE g.archived_at IS NULL;

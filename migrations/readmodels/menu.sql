/* What can be seen on the menu, for all locations: the catalogue, what the manager does otherwise somewhere, and which sizes are sold out
where. Both lists have the locations only of which there is something to tell. Archived items are gone.

kind: row
root: public.menu_items
key: id
after: public.tell_availability # whoever watches the menu is to know of what stock has changed, too
follows:
  - table: public.menu_items
    keys: row.id
  - table: public.menu_item_prices
    keys: row.menu_item_id
  - table: public.menu_item_locations
    keys: row.menu_item_id
  - table: public.menu_item_location_prices
    keys: row.menu_item_id
  - table: public.locations
    # A new location may be the only one that offers a dish. None is added while somebody switches a dish off (keep_locations).
    keys: SELECT DISTINCT o.menu_item_id FROM public.menu_item_locations AS o WHERE NOT o.is_available ORDER BY o.menu_item_id
  - table: public.recipes
    keys: row.menu_item_id
    # A command that changes a recipe takes turns with those that change the ingredient's stock, or neither would see the other.
    claim: {table: public.stock_levels, key: ingredient_id, by: row.ingredient_id}
  - table: public.stock_levels
    keys: SELECT r.menu_item_id FROM public.recipes AS r WHERE r.ingredient_id = row.ingredient_id ORDER BY r.menu_item_id
    # Nearly every order changes stock; only a change that makes a size available, or not, is worth computing the item. Which sizes are
    # sold isn't asked: somebody may be changing them.
    keys_on_update: |
      SELECT r.menu_item_id FROM public.recipes AS r
      WHERE r.ingredient_id = new.ingredient_id
          AND least(old.on_hand - old.reserved, new.on_hand - new.reserved) < r.quantity * 2
          AND public.changes_what_can_be_had(r.quantity, old.on_hand - old.reserved, new.on_hand - new.reserved)
      ORDER BY r.menu_item_id
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
    to_json(m.allergens) AS allergens,
    -- Whether it can be had at some location, in some size.
    coalesce(stock.is_left, others.is_offered) AS is_available,
    NOT m.is_available AS is_hidden,
    -- Whether some location offers it, be there stock or not.
    others.is_offered,
    m.preparation_minutes,
    m.version,
    coalesce(others.list, '[]') AS locations,
    coalesce(stock.sold_out, '[]') AS sold_out,
    -- The sizes of which something is left at some location; null: none of them needs stock.
    stock.sizes_left
FROM public.menu_items AS m
CROSS JOIN LATERAL (
    SELECT
        -- As the catalogue says, while there is no location.
        coalesce(
            (
                SELECT bool_or(coalesce(d.is_available, m.is_available))
                FROM public.locations AS l
                LEFT JOIN public.menu_item_locations AS d ON d.menu_item_id = m.id AND d.location_id = l.id
            ),
            m.is_available
        ) AS is_offered,
        json_agg(
            json_build_object(
                'locationId', o.location_id,
                'isAvailable', o.is_available,
                'prices', (
                    SELECT json_agg(
                        json_build_object('size', p.size, 'price', p.price_cents)
                        ORDER BY array_position(ARRAY['SMALL', 'MEDIUM', 'LARGE', 'ONE_SIZE'], p.size)
                    )
                    FROM public.menu_item_location_prices AS p
                    WHERE p.menu_item_id = o.menu_item_id AND p.location_id = o.location_id
                )
            )
            ORDER BY o.location_id
        ) AS list
    FROM public.menu_item_locations AS o
    WHERE o.menu_item_id = m.id
) AS others
CROSS JOIN LATERAL (
    WITH portions AS (
        SELECT
            l.location_id,
            p.size,
            array_position(ARRAY['SMALL', 'MEDIUM', 'LARGE', 'ONE_SIZE'], p.size) AS place,
            coalesce(o.is_available, m.is_available) AS is_offered,
            bool_and(l.on_hand - l.reserved >= public.portion(r.quantity, p.size)) AS is_left
        FROM public.recipes AS r
        JOIN public.stock_levels AS l ON l.ingredient_id = r.ingredient_id
        JOIN public.menu_item_prices AS p ON p.menu_item_id = r.menu_item_id
        LEFT JOIN public.menu_item_locations AS o ON o.menu_item_id = r.menu_item_id AND o.location_id = l.location_id
        WHERE r.menu_item_id = m.id
        GROUP BY l.location_id, p.size, o.is_available
    )
    SELECT
        (SELECT bool_or(p.is_offered AND p.is_left) FROM portions AS p) AS is_left,
        (
            SELECT json_agg(json_build_object('locationId', s.location_id, 'sizes', s.sizes) ORDER BY s.location_id)
            FROM (
                SELECT p.location_id, json_agg(p.size ORDER BY p.place) AS sizes
                FROM portions AS p
                WHERE p.is_offered AND NOT p.is_left
                GROUP BY p.location_id
            ) AS s
        ) AS sold_out,
        CASE WHEN EXISTS (SELECT FROM portions) THEN (
            SELECT coalesce(json_agg(s.size ORDER BY s.place), '[]')
            FROM (SELECT DISTINCT p.size, p.place FROM portions AS p WHERE p.is_offered AND p.is_left) AS s
        ) END AS sizes_left
) AS stock
WHERE m.archived_at IS NULL;

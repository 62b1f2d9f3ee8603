/* What can be seen on the menu, for all locations: the catalogue, what the manager does otherwise somewhere, and which sizes and options
are sold out where. These lists have the locations only of which there is something to tell. Archived items are gone.

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
  - table: public.ingredients
    # A command that changes it locks its stock, too, and takes the turn of option groups.
    keys: |
      SELECT r.menu_item_id FROM public.recipes AS r WHERE r.ingredient_id = row.id
      UNION
      SELECT l.menu_item_id
      FROM public.menu_options AS o
      JOIN public.menu_item_option_groups AS l ON l.group_id = o.group_id
      WHERE o.ingredient_id = row.id
      ORDER BY menu_item_id
  # Commands that change groups, or which items have them, take turns with whatever changes what can be had.
  - table: public.menu_item_option_groups
    keys: row.menu_item_id
  - table: public.option_groups
    keys: SELECT l.menu_item_id FROM public.menu_item_option_groups AS l WHERE l.group_id = row.id ORDER BY l.menu_item_id
  - table: public.menu_options
    keys: SELECT l.menu_item_id FROM public.menu_item_option_groups AS l WHERE l.group_id = row.group_id ORDER BY l.menu_item_id
  - table: public.menu_option_prices
    keys: |
      SELECT l.menu_item_id
      FROM public.menu_options AS o
      JOIN public.menu_item_option_groups AS l ON l.group_id = o.group_id
      WHERE o.id = row.option_id
      ORDER BY l.menu_item_id
  - table: public.stock_levels
    keys: |
      SELECT r.menu_item_id FROM public.recipes AS r WHERE r.ingredient_id = row.ingredient_id
      UNION
      SELECT l.menu_item_id
      FROM public.menu_options AS o
      JOIN public.menu_item_option_groups AS l ON l.group_id = o.group_id
      WHERE o.ingredient_id = row.ingredient_id
      ORDER BY menu_item_id
    # Nearly every order changes stock; only a change of what can be sold of it that makes a size or an option available, or not, is worth computing the item.
    # Which sizes are sold isn't asked: somebody may be changing them.
    keys_on_update: |
      SELECT r.menu_item_id FROM public.recipes AS r
      WHERE r.ingredient_id = new.ingredient_id
          AND least(
              public.available_units(old.on_hand, old.reserved, old.sold_out_since), public.available_units(new.on_hand, new.reserved, new.sold_out_since)
          ) < r.quantity * 2
          AND public.changes_what_can_be_had(
              r.quantity,
              public.available_units(old.on_hand, old.reserved, old.sold_out_since),
              public.available_units(new.on_hand, new.reserved, new.sold_out_since)
          )
      UNION
      SELECT i.id
      FROM public.menu_options AS o
      JOIN public.menu_option_prices AS p ON p.option_id = o.id
      CROSS JOIN LATERAL public.items_offering(p.option_id) AS i (id)
      WHERE o.ingredient_id = new.ingredient_id
          AND (public.available_units(old.on_hand, old.reserved, old.sold_out_since) < p.dose)
              <> (public.available_units(new.on_hand, new.reserved, new.sold_out_since) < p.dose)
      ORDER BY menu_item_id
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
    contents.allergens,
    to_json(m.allergens) AS declared_allergens,
    -- Without those of the options that come with it.
    contents.fixed_allergens,
    contents.diet,
    contents.option_groups,
    CASE WHEN m.halves_sizes <> '{}' THEN json_build_object(
        'basePrice', m.halves_base_price, 'toppingPercent', m.halves_topping_percent, 'splitCharge', m.halves_split_charge,
        'sizes', to_json(m.halves_sizes)
    ) END AS halves,
    -- Whether it can be had at some location, in some size.
    coalesce(contents.is_left, others.is_offered) AS is_available,
    NOT m.is_available AS is_hidden,
    -- Whether some location offers it, be there stock or not.
    others.is_offered,
    m.preparation_minutes,
    m.version,
    CASE WHEN m.image_id IS NOT NULL THEN json_build_object('id', m.image_id) END AS image,
    coalesce(others.list, '[]') AS locations,
    coalesce(contents.sold_out, '[]') AS sold_out,
    -- The sizes of which something is left at some location; null: none of them needs stock.
    contents.sizes_left,
    coalesce(contents.options_sold_out, '[]') AS options_sold_out,
    -- Those that are sold out at all locations.
    coalesce(contents.options_gone, '[]') AS options_gone,
    -- What changes without a change of the item; menu events tell it, so that a change is told once.
    md5(concat_ws('|', contents.allergens::text, contents.fixed_allergens::text, contents.diet, contents.option_groups::text)) AS shows
FROM public.menu_items AS m
CROSS JOIN LATERAL (
    SELECT
        -- As the catalogue says, while there is no location.
        coalesce(bool_or(coalesce(o.is_available, m.is_available)), m.is_available) AS is_offered,
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
                    WHERE p.menu_item_id = m.id AND p.location_id = o.location_id
                )
            )
            ORDER BY o.location_id
        ) FILTER (WHERE o.location_id IS NOT NULL) AS list
    FROM public.locations AS l
    LEFT JOIN public.menu_item_locations AS o ON o.menu_item_id = m.id AND o.location_id = l.id
) AS others
CROSS JOIN LATERAL (
    WITH options AS (
        SELECT
            l.group_id,
            coalesce(l.min, g.min) AS min,
            o.id,
            o.position,
            o.name,
            coalesce(o.id = ANY (l.default_option_ids), o.is_default) AS is_default,
            o.ingredient_id,
            -- Most have none: nothing to sort.
            CASE WHEN o.allergens <> '{}' OR i.allergens <> '{}' THEN ARRAY(
                SELECT DISTINCT a.name COLLATE "C" FROM unnest(o.allergens || i.allergens) AS a (name) ORDER BY a.name COLLATE "C"
            ) ELSE '{}' END AS allergens,
            i.diet
        FROM public.menu_item_option_groups AS l
        JOIN public.option_groups AS g ON g.id = l.group_id
        JOIN public.menu_options AS o ON o.group_id = l.group_id
        LEFT JOIN public.ingredients AS i ON i.id = o.ingredient_id
        WHERE l.menu_item_id = m.id AND g.archived_at IS NULL AND (l.option_ids IS NULL OR o.id = ANY (l.option_ids))
    ),
    offers AS (
        -- An option in one size.
        SELECT
            o.group_id,
            o.min,
            o.id,
            o.ingredient_id,
            p.size,
            array_position(ARRAY['SMALL', 'MEDIUM', 'LARGE', 'ONE_SIZE'], p.size) AS place,
            p.price_cents,
            p.dose
        FROM options AS o
        JOIN public.menu_option_prices AS p ON p.option_id = o.id
    ),
    stocked AS (
        SELECT
            l.location_id,
            o.group_id,
            o.min,
            o.id,
            o.size,
            o.place,
            public.available_units(l.on_hand, l.reserved, l.sold_out_since) >= o.dose AS is_left
        FROM offers AS o
        JOIN public.stock_levels AS l ON l.ingredient_id = o.ingredient_id
    ),
    needs AS (
        SELECT
            l.location_id,
            p.size,
            public.available_units(l.on_hand, l.reserved, l.sold_out_since) >= public.portion(r.quantity, p.size) AS is_left
        FROM public.recipes AS r
        JOIN public.stock_levels AS l ON l.ingredient_id = r.ingredient_id
        JOIN public.menu_item_prices AS p ON p.menu_item_id = r.menu_item_id
        WHERE r.menu_item_id = m.id
        UNION ALL
        -- Of a group that has to be chosen from, enough has to be left.
        SELECT
            s.location_id,
            p.size,
            (SELECT count(*) FROM offers AS o WHERE o.group_id = s.group_id AND o.size = p.size)
                - count(*) FILTER (WHERE s.size = p.size AND NOT s.is_left) >= s.min
        FROM stocked AS s
        JOIN public.menu_item_prices AS p ON p.menu_item_id = m.id
        WHERE s.min > 0
        GROUP BY s.location_id, s.group_id, s.min, p.size
    ),
    portions AS (
        SELECT
            n.location_id,
            n.size,
            array_position(ARRAY['SMALL', 'MEDIUM', 'LARGE', 'ONE_SIZE'], n.size) AS place,
            coalesce(o.is_available, m.is_available) AS is_offered,
            bool_and(n.is_left) AS is_left
        FROM needs AS n
        LEFT JOIN public.menu_item_locations AS o ON o.menu_item_id = m.id AND o.location_id = n.location_id
        GROUP BY n.location_id, n.size, o.is_available
    )
    SELECT
        (
            SELECT coalesce(json_agg(DISTINCT a.name COLLATE "C"), '[]')
            FROM unnest(m.allergens || string_to_array(concat_ws(',', recipe.allergens, groups.allergens), ',')) AS a (name)
        ) AS allergens,
        (
            SELECT coalesce(json_agg(DISTINCT a.name COLLATE "C"), '[]')
            FROM unnest(m.allergens || string_to_array(recipe.allergens, ',')) AS a (name)
        ) AS fixed_allergens,
        -- The strictest that all of it is fit for.
        CASE
            WHEN coalesce(recipe.is_vegan AND groups.is_vegan, recipe.is_vegan, groups.is_vegan) THEN 'VEGAN'
            WHEN coalesce(recipe.is_vegetarian AND groups.is_vegetarian, recipe.is_vegetarian, groups.is_vegetarian) THEN 'VEGETARIAN'
        END AS diet,
        coalesce(groups.list, '[]') AS option_groups,
        sizes.is_left,
        sizes.list AS sizes_left,
        (
            SELECT json_agg(json_build_object('locationId', s.location_id, 'sizes', s.sizes) ORDER BY s.location_id)
            FROM (
                SELECT p.location_id, json_agg(p.size ORDER BY p.place) AS sizes
                FROM portions AS p
                WHERE p.is_offered AND NOT p.is_left
                GROUP BY p.location_id
            ) AS s
        ) AS sold_out,
        (
            SELECT json_agg(json_build_object('locationId', s.location_id, 'options', s.options) ORDER BY s.location_id)
            FROM (
                SELECT o.location_id, json_agg(json_build_object('id', o.id, 'sizes', o.sizes) ORDER BY o.id) AS options
                FROM (
                    SELECT t.location_id, t.id, json_agg(t.size ORDER BY t.place) AS sizes
                    FROM stocked AS t
                    WHERE NOT t.is_left
                    GROUP BY t.location_id, t.id
                ) AS o
                GROUP BY o.location_id
            ) AS s
        ) AS options_sold_out,
        CASE WHEN EXISTS (SELECT FROM stocked AS t WHERE NOT t.is_left) THEN (
            SELECT json_agg(json_build_object('id', o.id, 'sizes', o.sizes) ORDER BY o.id)
            FROM (
                SELECT g.id, json_agg(g.size ORDER BY g.place) AS sizes
                FROM (SELECT t.id, t.size, t.place FROM stocked AS t GROUP BY t.id, t.size, t.place HAVING NOT bool_or(t.is_left)) AS g
                GROUP BY g.id
            ) AS o
        ) END AS options_gone
    FROM (
        -- Allergens are gathered as texts: no aggregate joins arrays of several lengths.
        SELECT
            string_agg(nullif(array_to_string(i.allergens, ','), ''), ',') AS allergens,
            bool_and(i.diet IS NOT DISTINCT FROM 'VEGAN') AS is_vegan,
            bool_and(i.diet IS NOT NULL) AS is_vegetarian
        FROM public.recipes AS r
        JOIN public.ingredients AS i ON i.id = r.ingredient_id
        WHERE r.menu_item_id = m.id
    ) AS recipe
    CROSS JOIN (
        SELECT
            string_agg(offered.allergens, ',') AS allergens,
            bool_and(offered.is_vegan) AS is_vegan,
            bool_and(offered.is_vegetarian) AS is_vegetarian,
            json_agg(
                json_build_object(
                    'id', g.id,
                    'name', g.name,
                    'min', coalesce(l.min, g.min),
                    'max', greatest(coalesce(l.max, g.max), CASE WHEN coalesce(l.max, g.max) IS NOT NULL THEN coalesce(l.min, g.min) END),
                    'freeUpTo', coalesce(l.free_up_to, g.free_up_to),
                    'halves', g.halves,
                    'light', CASE WHEN g.light_price IS NOT NULL THEN json_build_object('priceBasisPoints', g.light_price, 'doseBasisPoints', g.light_dose) END,
                    'extra', CASE WHEN g.extra_price IS NOT NULL THEN json_build_object('priceBasisPoints', g.extra_price, 'doseBasisPoints', g.extra_dose) END,
                    'options', coalesce(offered.list, '[]')
                )
                ORDER BY l.position, l.group_id
            ) AS list
        FROM public.menu_item_option_groups AS l
        JOIN public.option_groups AS g ON g.id = l.group_id
        LEFT JOIN (
            SELECT
                o.group_id,
                string_agg(nullif(array_to_string(o.allergens, ','), ''), ',') FILTER (WHERE o.is_default) AS allergens,
                bool_and(o.diet IS NOT DISTINCT FROM 'VEGAN') FILTER (WHERE o.is_default AND o.ingredient_id IS NOT NULL) AS is_vegan,
                bool_and(o.diet IS NOT NULL) FILTER (WHERE o.is_default AND o.ingredient_id IS NOT NULL) AS is_vegetarian,
                json_agg(
                    json_build_object(
                        'id', o.id,
                        'name', o.name,
                        'prices', sizes.prices,
                        'isDefault', o.is_default,
                        'allergens', to_json(o.allergens),
                        'diet', o.diet,
                        'ingredientId', o.ingredient_id,
                        'doses', sizes.doses
                    )
                    ORDER BY o.position, o.id
                ) AS list
            FROM options AS o
            LEFT JOIN (
                SELECT
                    p.id,
                    json_agg(json_build_object('size', p.size, 'price', p.price_cents)) AS prices,
                    json_agg(json_build_object('size', p.size, 'quantity', p.dose)) FILTER (WHERE p.ingredient_id IS NOT NULL) AS doses
                FROM (SELECT f.id, f.ingredient_id, f.size, f.price_cents, f.dose FROM offers AS f ORDER BY f.id, f.place) AS p
                GROUP BY p.id
            ) AS sizes ON sizes.id = o.id
            GROUP BY o.group_id
        ) AS offered ON offered.group_id = l.group_id
        WHERE l.menu_item_id = m.id AND g.archived_at IS NULL
    ) AS groups
    CROSS JOIN (
        SELECT
            bool_or(s.is_left) AS is_left,
            CASE WHEN count(*) > 0 THEN coalesce(json_agg(s.size ORDER BY s.place) FILTER (WHERE s.is_left), '[]') END AS list
        FROM (SELECT p.size, p.place, bool_or(p.is_offered AND p.is_left) AS is_left FROM portions AS p GROUP BY p.size, p.place) AS s
    ) AS sizes
) AS contents
WHERE m.archived_at IS NULL;

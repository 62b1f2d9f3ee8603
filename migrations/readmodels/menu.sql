/* What can be seen on the menu. Archived items are gone.

kind: row
root: public.menu_items
key: id
after: public.tell_availability # whoever watches the menu is to know of what stock has changed, too
follows:
  - table: public.menu_items
    keys: row.id
  - table: public.menu_item_prices
    keys: row.menu_item_id
  - table: public.recipes
    keys: row.menu_item_id
    # A command that changes a recipe takes turns with those that change the ingredient's stock, or neither would see the other.
    claim: {table: public.stock_levels, key: ingredient_id, by: row.ingredient_id}
  - table: public.stock_levels
    keys: SELECT r.menu_item_id FROM public.recipes AS r WHERE r.ingredient_id = row.ingredient_id ORDER BY 1
    # Nearly every order changes stock; only a change that makes an item available, or not, is worth computing it.
    keys_on_update: |
      SELECT r.menu_item_id FROM public.recipes AS r
      WHERE r.ingredient_id = new.ingredient_id
          AND (old.on_hand - old.reserved < r.quantity) <> (new.on_hand - new.reserved < r.quantity)
      ORDER BY 1
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
    m.is_available AND NOT EXISTS (
        SELECT
        FROM public.recipes AS r
        JOIN public.stock_levels AS l ON l.ingredient_id = r.ingredient_id
        WHERE r.menu_item_id = m.id AND l.on_hand - l.reserved < r.quantity
    ) AS is_available,
    m.version
FROM public.menu_items AS m
WHERE m.archived_at IS NULL;

-- +goose Up

-- What can be seen on the menu. Archived items are gone.
CREATE VIEW public.menu_source AS
SELECT
    m.id,
    m.name,
    m.description,
    m.category,
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
        JOIN public.ingredients AS g ON g.id = r.ingredient_id
        WHERE r.menu_item_id = m.id AND g.on_hand - g.reserved < r.quantity
    ) AS is_available,
    m.version
FROM public.menu_items AS m
WHERE m.archived_at IS NULL;

SELECT readmodel.create_row_model('menu', 'public.menu_items', 'id');
SELECT readmodel.watch('menu', 'public.menu_items', 'row.id');
SELECT readmodel.watch('menu', 'public.menu_item_prices', 'row.menu_item_id');
-- Whoever changes a recipe takes turns with those who change that ingredient's stock, or neither would see the other.
SELECT readmodel.watch(
    'menu', 'public.recipes', 'row.menu_item_id',
    claim => readmodel.claim('public.ingredients', 'id', 'row.ingredient_id')
);
-- Nearly every order changes stock; only a change that makes an item available, or not, is worth computing it.
SELECT readmodel.watch(
    'menu', 'public.ingredients', 'SELECT r.menu_item_id FROM public.recipes AS r WHERE r.ingredient_id = row.id ORDER BY 1',
    keys_on_update => 'SELECT r.menu_item_id FROM public.recipes AS r
        WHERE r.ingredient_id = new.id
            AND (old.on_hand - old.reserved < r.quantity) <> (new.on_hand - new.reserved < r.quantity)
        ORDER BY 1'
);

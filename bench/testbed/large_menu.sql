-- A menu of 200 dishes in three sizes, each made of three ingredients and offered with three of 30 groups of eight options.
-- Triggers run, as they do for commands.
INSERT INTO public.option_groups (id, name, min, max, free_up_to, halves, version, created_at, updated_at)
SELECT md5('group ' || g)::uuid, 'Group ' || g, 0, 5, 1, true, 1, now(), now()
FROM generate_series(1, 30) AS g;

INSERT INTO public.menu_options (id, group_id, "position", name, is_default, ingredient_id, allergens)
SELECT
    md5('option ' || g || ' ' || o)::uuid, md5('group ' || g)::uuid, o, 'Option ' || g || ' ' || o, o = 0,
    (SELECT i.id FROM public.ingredients AS i ORDER BY md5(i.id::text || g || o) LIMIT 1),
    CASE WHEN o % 3 = 0 THEN ARRAY['MILK'] ELSE '{}' END
FROM generate_series(1, 30) AS g
CROSS JOIN generate_series(0, 7) AS o;

INSERT INTO public.menu_option_prices (option_id, size, price_cents, dose)
SELECT p.id, s.size, s.price, 1
FROM public.menu_options AS p
CROSS JOIN (VALUES ('SMALL', 100), ('MEDIUM', 150), ('LARGE', 200)) AS s (size, price)
WHERE p.name LIKE 'Option %';

INSERT INTO public.menu_items (
    id, name, description, category, is_pizza, allergens, is_available, preparation_minutes, version, created_at, updated_at
)
SELECT
    md5('dish ' || d)::uuid, 'Dish ' || d, 'What dish ' || d || ' is made of, and how it tastes, in a line or two as menus have them.',
    (ARRAY['Pizza', 'Pasta', 'Salads', 'Sides'])[1 + d % 4], d % 4 = 0, ARRAY['GLUTEN'], true, 10, 1, now(), now()
FROM generate_series(1, 200) AS d;

INSERT INTO public.menu_item_prices (menu_item_id, size, price_cents)
SELECT md5('dish ' || d)::uuid, s.size, s.price + d
FROM generate_series(1, 200) AS d
CROSS JOIN (VALUES ('SMALL', 790), ('MEDIUM', 990), ('LARGE', 1290)) AS s (size, price);

INSERT INTO public.recipes (menu_item_id, ingredient_id, quantity)
SELECT md5('dish ' || d)::uuid, made_of.id, 1
FROM generate_series(1, 200) AS d
CROSS JOIN LATERAL (SELECT i.id FROM public.ingredients AS i ORDER BY md5(i.id::text || d) LIMIT 3) AS made_of;

INSERT INTO public.menu_item_option_groups (menu_item_id, group_id, "position")
SELECT md5('dish ' || d)::uuid, md5('group ' || (1 + (d * 7 + k * 11) % 30))::uuid, k
FROM generate_series(1, 200) AS d
CROSS JOIN generate_series(0, 2) AS k;

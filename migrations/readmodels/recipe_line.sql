/* What a medium or one-size portion of an item takes of each of its ingredients, also of an archived one.

kind: plain
*/
SELECT
    r.menu_item_id,
    r.ingredient_id,
    g.name,
    r.quantity
FROM public.recipes AS r
JOIN public.ingredients AS g ON g.id = r.ingredient_id;

/* How long dishes take, as configured and as learned, in each size that they are sold in, at each location: asked for by managers
alone and one dish at a time, a plain view.

kind: plain
*/
SELECT
    l.id AS location_id,
    p.menu_item_id,
    p.size,
    m.is_pizza,
    m.preparation_minutes,
    l.bake_seconds,
    l.learn_times,
    coalesce(t.likely_seconds, 0) AS likely_seconds,
    coalesce(t.latest_seconds, 0) AS latest_seconds,
    coalesce(t.samples, 0) AS samples,
    coalesce(t.left_out, 0) AS left_out,
    coalesce(t.by_hour, '[]') AS by_hour
FROM public.menu_item_prices AS p
JOIN public.menu_items AS m ON m.id = p.menu_item_id
CROSS JOIN public.locations AS l
LEFT JOIN public.learned_times AS t ON t.location_id = l.id AND t.menu_item_id = p.menu_item_id AND t.size = p.size;

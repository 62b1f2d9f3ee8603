/* Which stations a location's dishes pass: always asked for as it is now, a plain view.

kind: plain
*/
SELECT
    r.location_id,
    r.position,
    r.menu_item_id,
    r.category,
    r.size,
    r.station_ids
FROM public.station_routes AS r;

/* Where a location's kitchen works, also at stations that were taken away, whose position is null: always asked for as it is now, a plain
view.

kind: plain
*/
SELECT
    s.id,
    s.location_id,
    s.name,
    s.position,
    s.capacity,
    s.is_expo
FROM public.stations AS s;

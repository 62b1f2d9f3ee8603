/* Where locations deliver: few and seldom changed, a plain view.

kind: plain
*/
SELECT
    z.id,
    z.location_id,
    z.position,
    z.name,
    z.postal_codes,
    z.fee,
    z.minimum_order,
    z.minutes
FROM public.delivery_zones AS z;

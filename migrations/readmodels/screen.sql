/* Screens and their settings: few, and when one was last seen changes all the time. A plain view.

kind: plain
*/
SELECT
    s.id,
    s.location_id,
    s.name,
    s.station_ids,
    s.text_size,
    s.theme,
    (
        SELECT coalesce(json_agg(json_build_object('key', k.key, 'action', k.action) ORDER BY k.key COLLATE "C"), '[]')
        FROM public.screen_keys AS k
        WHERE k.screen_id = s.id
    ) AS keys,
    s.sound_volume,
    s.sound_events,
    s.code_expires_at,
    s.paired_at,
    s.claimed_at,
    (SELECT g.last_seen_at FROM public.screen_sightings AS g WHERE g.screen_id = s.id) AS last_seen_at,
    s.revoked_at,
    s.version
FROM public.screens AS s;

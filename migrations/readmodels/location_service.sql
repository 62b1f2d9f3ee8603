/* What locations offer and when, of each fulfillment of which something was set: few and seldom changed, a plain view.

kind: plain
*/
SELECT
    s.location_id,
    s.fulfillment,
    s.hours,
    s.special_days,
    s.last_order_before,
    s.lead_minutes,
    s.slot_minutes,
    s.max_days_ahead,
    s.paused_until,
    s.pause_reason
FROM public.location_services AS s;

/* Changes of the menu that are to be made at a time, and what became of them: few rows, asked for by managers as they are now, a
plain view.

kind: plain
*/
SELECT
    c.id,
    c.at,
    c.created_at,
    c.menu_item_id,
    c.option_group_id,
    c.location_ids,
    c.changes,
    c.actor_role,
    c.actor_name,
    c.status,
    c.ended_at,
    c.refusal
FROM public.scheduled_menu_changes AS c;

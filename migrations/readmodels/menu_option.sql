/* Which option group an option is of.

kind: plain
*/
SELECT
    o.id,
    o.group_id
FROM public.menu_options AS o
JOIN public.option_groups AS g ON g.id = o.group_id
WHERE g.archived_at IS NULL;

/* Who works for the shop, as what and where. Few rows, always asked for as they are now: a plain view.

kind: plain
*/
SELECT
    a.customer_id AS id,
    c.name,
    a.email,
    a.roles,
    a.location_ids,
    a.suspended_at,
    (SELECT i.expires_at FROM public.invites AS i WHERE i.account_id = a.customer_id AND a.password_hash = '') AS invited_until
FROM public.accounts AS a
JOIN public.customers AS c ON c.id = a.customer_id
WHERE a.roles && ARRAY['COOK', 'DRIVER', 'MANAGER'];

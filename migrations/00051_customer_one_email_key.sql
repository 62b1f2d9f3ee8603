-- expands: e-mail addresses are unique by their folded form alone, in the same way in every database

-- +goose Up

-- Accounts of versions that didn't fold addresses, as nearly as SQL can: or else a Turkish database, where lower('I') is ı, would
-- not find INFO@example.com by info@example.com. Where two addresses only now turn out to be one, it stays with the account that
-- has it already, whose spelling lower() makes it; of several others the oldest gets it. Accounts that don't get it are kept, and
-- have all that is theirs, but nobody signs in to them any more.
UPDATE public.accounts AS a
SET email_folded = f.folded
FROM (
    SELECT DISTINCT ON (n.folded) n.customer_id, n.folded
    FROM (
        SELECT o.customer_id, o.created_at, lower(normalize(o.email, NFKC) COLLATE "und-x-icu") AS folded
        FROM public.accounts AS o
        WHERE o.email_folded IS NULL
    ) AS n
    ORDER BY n.folded, n.created_at, n.customer_id
) AS f
WHERE a.customer_id = f.customer_id
    AND NOT EXISTS (
        SELECT FROM public.accounts AS o
        WHERE o.customer_id <> a.customer_id AND coalesce(o.email_folded, lower(o.email)) = f.folded
    );

-- It made more addresses one than those that are, or fewer, by the database's locale. The other one, by which accounts are looked
-- up, takes its name: every version tells by it that an address is taken.
DROP INDEX public.accounts_email_key;
ALTER INDEX public.accounts_email_folded_key RENAME TO accounts_email_key;

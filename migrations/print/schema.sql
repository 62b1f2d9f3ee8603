-- Everything that is in force in a database, in an order that doesn't depend on how it came there. Bodies of views are left
-- out: they stand in migrations/readmodels, and Postgres writes them differently from version to version.
WITH relation AS (
    SELECT c.oid, n.nspname || '.' || c.relname AS name, c.relkind AS kind, array_to_string(c.reloptions, ', ') AS options
    FROM pg_catalog.pg_class AS c
    JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
    WHERE n.nspname = ANY ($1) AND c.relname <> 'goose_db_version'
),
line AS (
    SELECT
        r.name, 1 AS part, a.attnum::text AS rank,
        format(
            '    %s %s%s%s', quote_ident(a.attname), format_type(a.atttypid, a.atttypmod),
            CASE WHEN a.attnotnull THEN ' NOT NULL' END,
            CASE
                WHEN a.attgenerated <> '' THEN ' GENERATED ALWAYS AS (' || pg_get_expr(d.adbin, d.adrelid) || ') STORED'
                WHEN a.attidentity <> '' THEN ' GENERATED ' || CASE a.attidentity WHEN 'a' THEN 'ALWAYS' ELSE 'BY DEFAULT' END || ' AS IDENTITY'
                ELSE ' DEFAULT ' || pg_get_expr(d.adbin, d.adrelid)
            END
        ) AS text
    FROM relation AS r
    JOIN pg_catalog.pg_attribute AS a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
    LEFT JOIN pg_catalog.pg_attrdef AS d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    WHERE r.kind IN ('r', 'v', 'm')
    UNION ALL
    SELECT r.name, 2, c.contype::text || c.conname::text, format('    CONSTRAINT %s %s', quote_ident(c.conname), pg_get_constraintdef(c.oid))
    FROM relation AS r
    JOIN pg_catalog.pg_constraint AS c ON c.conrelid = r.oid AND c.contype IN ('p', 'u', 'c', 'f')
)
SELECT coalesce(string_agg(t.text, E'\n\n' ORDER BY t.part, t.name COLLATE "C"), '')
FROM (
    SELECT
        1 AS part, r.name,
        format(
            E'%s %s (\n%s\n)%s;', CASE r.kind WHEN 'r' THEN 'TABLE' WHEN 'v' THEN 'VIEW' ELSE 'MATERIALIZED VIEW' END, r.name,
            (SELECT string_agg(l.text, E',\n' ORDER BY l.part, length(l.rank), l.rank) FROM line AS l WHERE l.name = r.name),
            ' WITH (' || r.options || ')'
        )
        || coalesce(
            (
                SELECT E'\n' || string_agg(pg_get_indexdef(i.indexrelid) || ';', E'\n' ORDER BY i.indexrelid::regclass::text COLLATE "C")
                FROM pg_catalog.pg_index AS i
                WHERE i.indrelid = r.oid
                    AND NOT EXISTS (SELECT FROM pg_catalog.pg_constraint AS c WHERE c.conindid = i.indexrelid AND c.contype IN ('p', 'u'))
            ), '')
        || coalesce(
            (
                SELECT E'\n' || string_agg(pg_get_triggerdef(g.oid) || ';', E'\n' ORDER BY g.tgname)
                FROM pg_catalog.pg_trigger AS g
                WHERE g.tgrelid = r.oid AND NOT g.tgisinternal
            ), '') AS text
    FROM relation AS r
    WHERE r.kind IN ('r', 'v', 'm')
    UNION ALL
    SELECT 2, p.proname, rtrim(pg_get_functiondef(p.oid), E'\n') || ';'
    FROM pg_catalog.pg_proc AS p
    JOIN pg_catalog.pg_namespace AS n ON n.oid = p.pronamespace
    WHERE n.nspname = ANY ($1)
) AS t

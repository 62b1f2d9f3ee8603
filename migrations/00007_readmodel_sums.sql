-- +goose Up

-- Sums: where a key computed anew would make every writer queue on the same rows, a model is kept as contributions.

-- Builds snapshot, fresh and view around public.<model>_source: an inner join of tables, grouped by the dimensions
-- named. Every other column is a bigint that adds up, and one of them, `lines`, is count(*): it tells whether the
-- group exists. Fresh is append-only, so that no two writers meet.
-- +goose StatementBegin
CREATE FUNCTION readmodel.create_sum_model(model text, dimensions text[]) RETURNS void
LANGUAGE plpgsql
SET search_path = '' AS $$
DECLARE
    source   CONSTANT regclass := format('public.%I', model || '_source')::regclass;
    fresh    CONSTANT text := format('public.%I', model || '_fresh');
    snapshot CONSTANT text := format('public.%I', model || '_snapshot');
    cols     CONSTANT text := readmodel.columns(source, '');
    keys     CONSTANT text := (SELECT string_agg(quote_ident(d), ', ') FROM unnest(dimensions) AS d);
BEGIN
    EXECUTE format('CREATE MATERIALIZED VIEW %s AS SELECT %s FROM %s', snapshot, cols, source);
    EXECUTE format('CREATE UNIQUE INDEX %I ON %s (%s)', model || '_snapshot_key', snapshot, keys);
    EXECUTE format('CREATE TABLE %s AS SELECT %s, pg_current_xact_id() AS xid FROM %s WITH NO DATA', fresh, cols, source);

    INSERT INTO readmodel.models (name, kind, snapshot, refreshed_at) VALUES (model, 'sum', pg_current_snapshot(), now());

    -- A contribution that the snapshot contains no longer counts, from the very commit of the refresh on, whenever it is
    -- swept away.
    EXECUTE format(
        'CREATE VIEW public.%I AS
            SELECT %s
            FROM (
                SELECT %s FROM %s
                UNION ALL
                SELECT %s FROM %s AS f
                WHERE NOT pg_visible_in_snapshot(f.xid, (SELECT m.snapshot FROM readmodel.models AS m WHERE m.name = %L))
            ) AS c
            GROUP BY %s
            HAVING sum(c.lines) <> 0',
        model || '_view', readmodel.summed(source, dimensions), cols, snapshot, readmodel.columns(source, 'f.'), fresh, model, keys);
END
$$;
-- +goose StatementEnd

-- Lists a sum model's columns for a query over contributions `c`: dimensions as they are, the rest added up.
-- +goose StatementBegin
CREATE FUNCTION readmodel.summed(source regclass, dimensions text[]) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT string_agg(
        CASE
            WHEN a.attname = ANY (dimensions) THEN format('c.%I', a.attname)
            ELSE format('sum(c.%1$I)::bigint AS %1$I', a.attname)
        END,
        ', ' ORDER BY a.attnum
    )
    FROM pg_catalog.pg_attribute AS a
    WHERE a.attrelid = source AND a.attnum > 0
$$;
-- +goose StatementEnd

-- Makes a sum model follow a table that its definition joins. What a changed row adds is the definition itself with
-- that row in place of its table: once for the new row, once, taken away, for the old one. `root` is a query over `row`
-- that locks the row by which writers of different tables take turns (none where the changed row is that row). `condition` is
-- a test over `row` without which a row contributes nothing; it spares the look, and must follow from the
-- definition.
-- +goose StatementBegin
CREATE FUNCTION readmodel.watch_sum(
    model text, source_table regclass, root text DEFAULT NULL, condition text DEFAULT 'true'
) RETURNS void
LANGUAGE plpgsql
SET search_path = '' AS $$
DECLARE
    source     CONSTANT regclass := format('public.%I', model || '_source')::regclass;
    definition CONSTANT text := rtrim(pg_catalog.pg_get_viewdef(source), '; ');
    cols       CONSTANT text := readmodel.columns(source, '');
    follow     CONSTANT text := model || '_follows_' || (SELECT c.relname FROM pg_catalog.pg_class AS c WHERE c.oid = source_table);
    locked     CONSTANT text := coalesce(replace(root, 'SELECT', 'PERFORM') || ';', '');
    added      CONSTANT text := replace(definition, source_table::text || ' ', '(SELECT new.*) ');
    removed    CONSTANT text := replace(definition, source_table::text || ' ', '(SELECT old.*) ');
    dimensions CONSTANT text[] := (
        SELECT array_agg(a.attname::text)
        FROM pg_catalog.pg_index AS i
        JOIN pg_catalog.pg_attribute AS a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
        WHERE i.indrelid = format('public.%I', model || '_snapshot')::regclass AND i.indisunique
    );
    measures   CONSTANT text[] := (
        SELECT array_agg(a.attname::text ORDER BY a.attnum)
        FROM pg_catalog.pg_attribute AS a
        WHERE a.attrelid = source AND a.attnum > 0 AND a.attname <> ALL (dimensions)
    );
    negated    CONSTANT text := (
        SELECT string_agg(CASE WHEN a.attname = ANY (measures) THEN format('-d.%I', a.attname) ELSE format('d.%I', a.attname) END, ', ' ORDER BY a.attnum)
        FROM pg_catalog.pg_attribute AS a
        WHERE a.attrelid = source AND a.attnum > 0
    );
BEGIN
    EXECUTE format(
        $function$
        CREATE FUNCTION readmodel.%1$I() RETURNS trigger LANGUAGE plpgsql AS $body$
        BEGIN
            IF TG_OP <> 'INSERT' THEN
                %2$s
                INSERT INTO public.%3$I (%4$s, xid)
                SELECT %5$s, pg_catalog.pg_current_xact_id() FROM (%6$s) AS d;
            END IF;
            IF TG_OP <> 'DELETE' THEN
                %7$s
                INSERT INTO public.%3$I (%4$s, xid)
                SELECT %8$s, pg_catalog.pg_current_xact_id() FROM (%9$s) AS d;
            END IF;
            RETURN NULL;
        END
        $body$
        $function$,
        follow, replace(locked, 'row.', 'old.'), model || '_fresh', cols, negated, removed,
        replace(locked, 'row.', 'new.'), readmodel.columns(source, 'd.'), added);

    EXECUTE format(
        'CREATE TRIGGER %I AFTER INSERT ON %s FOR EACH ROW WHEN (%s) EXECUTE FUNCTION readmodel.%I()',
        follow || '_insert', source_table, replace(condition, 'row.', 'new.'), follow);
    EXECUTE format(
        'CREATE TRIGGER %I AFTER DELETE ON %s FOR EACH ROW WHEN (%s) EXECUTE FUNCTION readmodel.%I()',
        follow || '_delete', source_table, replace(condition, 'row.', 'old.'), follow);
    EXECUTE format(
        'CREATE TRIGGER %I AFTER UPDATE ON %s FOR EACH ROW WHEN ((%s) IS DISTINCT FROM (%s)) EXECUTE FUNCTION readmodel.%I()',
        follow || '_update', source_table,
        readmodel.columns_read(model, source_table, 'old.'), readmodel.columns_read(model, source_table, 'new.'), follow);
    EXECUTE format(
        'CREATE OR REPLACE TRIGGER readmodel_refuse_truncate BEFORE TRUNCATE ON %s
            FOR EACH STATEMENT EXECUTE FUNCTION readmodel.refuse_truncate()',
        source_table);
END
$$;
-- +goose StatementEnd

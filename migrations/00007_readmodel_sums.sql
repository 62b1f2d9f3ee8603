-- +goose Up

-- Sums: where a key computed anew would make every writer queue on the same rows, a model is kept as contributions.

-- The tables that a sum model joins. The root is the one that the others refer to.
CREATE TABLE readmodel.sum_tables (
    model        text    NOT NULL REFERENCES readmodel.models (name),
    source_table text    NOT NULL,
    is_root      boolean NOT NULL,
    PRIMARY KEY (model, source_table)
);

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
    PERFORM readmodel.lock_tables_of(source);
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

-- What a changed row adds depends on the rows it is joined with. They are read after the statement: had it changed them
-- too, the product of both changes would count twice. So one statement (WITH has room for several changes) may change one
-- table of a sum; the arguments are the others.
-- +goose StatementBegin
CREATE FUNCTION readmodel.begin_sums() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    changing CONSTANT text := coalesce(pg_catalog.current_setting('readmodel.changing', true), '');
    other    text;
    ignored  text;
BEGIN
    IF pg_catalog.current_setting('readmodel.claiming', true) = 'on' THEN
        RETURN NULL;
    END IF;
    IF changing <> '' THEN
        FOREACH other IN ARRAY TG_ARGV LOOP
            IF pg_catalog.strpos(changing, other || ';') > 0 THEN
                RAISE EXCEPTION 'one statement changes both % and %, which a read model adds up', other, TG_RELID::regclass
                    USING ERRCODE = 'feature_not_supported', HINT = 'Use one statement for each table.';
            END IF;
        END LOOP;
    END IF;
    ignored := pg_catalog.set_config('readmodel.changing', changing || TG_TABLE_SCHEMA || '.' || TG_TABLE_NAME || ';', true);
    RETURN NULL;
END
$$;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE FUNCTION readmodel.end_sums() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    ignored text;
BEGIN
    IF pg_catalog.current_setting('readmodel.claiming', true) IS DISTINCT FROM 'on' THEN
        ignored := pg_catalog.set_config('readmodel.changing', '', true);
    END IF;
    RETURN NULL;
END
$$;
-- +goose StatementEnd

-- Writes one of a sum model's two steps for `row`: the model's definition with that row in place of its table, added
-- (sign '') or taken away (sign '-').
-- +goose StatementBegin
CREATE FUNCTION readmodel.contribute(model text, source_table regclass, sign text, claim text, lookup text) RETURNS text
LANGUAGE plpgsql STABLE
SET search_path = '' AS $$
DECLARE
    source     CONSTANT regclass := format('public.%I', model || '_source')::regclass;
    definition CONSTANT text := rtrim(pg_catalog.pg_get_viewdef(source), '; ');
    named      CONSTANT text := source_table::text || ' ';
    signed     CONSTANT text := (
        SELECT string_agg(CASE WHEN a.attnum = ANY (i.indkey) THEN '' ELSE sign END || format('d.%I', a.attname), ', ' ORDER BY a.attnum)
        FROM pg_catalog.pg_index AS i
        JOIN pg_catalog.pg_attribute AS a ON a.attrelid = i.indrelid AND a.attnum > 0
        WHERE i.indrelid = format('public.%I', model || '_snapshot')::regclass AND i.indisunique
    );
BEGIN
    IF length(definition) - length(replace(definition, named, '')) <> length(named) THEN
        RAISE EXCEPTION '% must read % once, under an alias', source, source_table;
    END IF;
    RETURN format(
        '%s IF %s THEN INSERT INTO public.%I (%s, xid) SELECT %s, pg_catalog.pg_current_xact_id() FROM (%s) AS d; END IF;',
        claim, lookup, model || '_fresh', readmodel.columns(source, ''), signed, replace(definition, named, '(SELECT row.*) '));
END
$$;
-- +goose StatementEnd

-- Makes a sum model follow a table that its definition joins. One of them is the root, named first: the others refer to
-- its rows by foreign key, so that a row of the root has nothing to add when it is inserted or deleted. `claim` is what
-- readmodel.claim answers for the root's row that a row of another table belongs to. `condition` is a test over `row`
-- without which a row contributes nothing, `lookup` another that reads what the claim keeps still. Both spare work, and
-- must follow from the definition.
-- +goose StatementBegin
CREATE FUNCTION readmodel.watch_sum(
    model text, source_table regclass, claim text DEFAULT '', condition text DEFAULT 'true',
    lookup text DEFAULT 'true'
) RETURNS void
LANGUAGE plpgsql
SET search_path = '' AS $$
DECLARE
    follow CONSTANT text := model || '_follows_' || (SELECT c.relname FROM pg_catalog.pg_class AS c WHERE c.oid = source_table);
    alone  CONSTANT boolean := NOT EXISTS (
        SELECT
        FROM pg_catalog.pg_rewrite AS r
        JOIN pg_catalog.pg_depend AS d
            ON d.classid = 'pg_catalog.pg_rewrite'::regclass AND d.objid = r.oid
            AND d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjid NOT IN (r.ev_class, source_table)
        WHERE r.ev_class = format('public.%I', model || '_source')::regclass
    );
    of_old CONSTANT text := replace(condition, 'row.', 'old.');
    of_new CONSTANT text := replace(condition, 'row.', 'new.');
BEGIN
    EXECUTE format(
        $function$
        CREATE FUNCTION readmodel.%1$I() RETURNS trigger LANGUAGE plpgsql AS $body$
        DECLARE
            ignored text;
        BEGIN
            IF TG_OP = 'UPDATE' THEN
                IF ROW (%6$s)::record OPERATOR (pg_catalog.*=) ROW (%7$s)::record THEN
                    RETURN NULL;
                END IF;
            END IF;
            IF TG_OP <> 'INSERT' THEN
                IF %2$s THEN %3$s END IF;
            END IF;
            IF TG_OP <> 'DELETE' THEN
                IF %4$s THEN %5$s END IF;
            END IF;
            RETURN NULL;
        END
        $body$
        $function$,
        follow,
        of_old, replace(readmodel.contribute(model, source_table, '-', claim, lookup), 'row.', 'old.'),
        of_new, replace(readmodel.contribute(model, source_table, '', claim, lookup), 'row.', 'new.'),
        readmodel.columns_read(model, source_table, 'old.'), readmodel.columns_read(model, source_table, 'new.'));

    EXECUTE format(
        'CREATE TRIGGER %I AFTER UPDATE ON %s
            FOR EACH ROW WHEN (%s OR %s) EXECUTE FUNCTION readmodel.%I()',
        follow || '_update', source_table, of_old, of_new, follow);
    IF alone OR claim <> '' THEN
        EXECUTE format(
            'CREATE TRIGGER %I AFTER INSERT ON %s FOR EACH ROW WHEN (%s) EXECUTE FUNCTION readmodel.%I()',
            follow || '_insert', source_table, of_new, follow);
        EXECUTE format(
            'CREATE TRIGGER %I AFTER DELETE ON %s FOR EACH ROW WHEN (%s) EXECUTE FUNCTION readmodel.%I()',
            follow || '_delete', source_table, of_old, follow);
    END IF;
    EXECUTE format(
        'CREATE OR REPLACE TRIGGER readmodel_refuse_truncate BEFORE TRUNCATE ON %s
            FOR EACH STATEMENT EXECUTE FUNCTION readmodel.refuse_truncate()',
        source_table);

    INSERT INTO readmodel.sum_tables (model, source_table, is_root) VALUES (watch_sum.model, watch_sum.source_table::text, claim = '');
    PERFORM readmodel.keep_statements_apart(t.source_table)
    FROM readmodel.sum_tables AS t
    WHERE t.model = watch_sum.model;
END
$$;
-- +goose StatementEnd

-- Gives a table of sum models the triggers that refuse a statement which changes another table of theirs too. A root's
-- insertions may come with what refers to them: only the latter adds anything.
-- +goose StatementBegin
CREATE FUNCTION readmodel.keep_statements_apart(changed text) RETURNS void
LANGUAGE plpgsql
SET search_path = '' AS $$
DECLARE
    others CONSTANT text := (
        SELECT string_agg(DISTINCT quote_literal(o.source_table), ', ')
        FROM readmodel.sum_tables AS t
        JOIN readmodel.sum_tables AS o ON o.model = t.model AND o.source_table <> t.source_table
        WHERE t.source_table = changed
    );
    events CONSTANT text := (
        SELECT CASE WHEN bool_and(t.is_root) THEN 'UPDATE OR DELETE' ELSE 'INSERT OR UPDATE OR DELETE' END
        FROM readmodel.sum_tables AS t
        WHERE t.source_table = changed
    );
BEGIN
    IF others IS NULL THEN
        RETURN;
    END IF;
    EXECUTE format(
        'CREATE OR REPLACE TRIGGER readmodel_begin_sums BEFORE %s ON %s FOR EACH STATEMENT EXECUTE FUNCTION readmodel.begin_sums(%s)',
        events, changed, others);
    EXECUTE format(
        'CREATE OR REPLACE TRIGGER readmodel_end_sums AFTER %s ON %s FOR EACH STATEMENT EXECUTE FUNCTION readmodel.end_sums()',
        events, changed);
END
$$;
-- +goose StatementEnd

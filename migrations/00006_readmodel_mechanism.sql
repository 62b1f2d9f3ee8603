-- +goose Up

-- The read-model mechanism: a small exact level in front of a big frozen one. A model is one view, `<model>_source`,
-- and one registration; see docs/decisions/0002-snapshot-and-fresh.md.
CREATE SCHEMA readmodel;

CREATE TABLE readmodel.models (
    name         text        PRIMARY KEY,
    -- 'row': one row a key, recomputed when it changes. 'sum': groups of added-up contributions.
    kind         text        NOT NULL CHECK (kind IN ('row', 'sum')),
    -- What the materialized view contains; contributions visible in it no longer count.
    snapshot     pg_snapshot NOT NULL,
    refreshed_at timestamptz NOT NULL
);

-- Lists a relation's columns in order, each behind the prefix given.
-- +goose StatementBegin
CREATE FUNCTION readmodel.columns(relation regclass, prefix text) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT string_agg(prefix || quote_ident(a.attname), ', ' ORDER BY a.attnum)
    FROM pg_catalog.pg_attribute AS a
    WHERE a.attrelid = relation AND a.attnum > 0 AND NOT a.attisdropped
$$;
-- +goose StatementEnd

-- Runs before every statement that changes anything a model reads: what was computed earlier in this transaction may no
-- longer hold. A setting that is local to the transaction is rolled back with it, and with its savepoints, and costs a
-- microsecond where a table would cost a write.
-- +goose StatementBegin
CREATE FUNCTION readmodel.forget_computed() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_catalog.set_config('readmodel.computed', '', true);
    RETURN NULL;
END
$$;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE FUNCTION readmodel.refuse_truncate() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'truncating % would leave its read models behind', TG_TABLE_NAME
        USING ERRCODE = 'feature_not_supported', HINT = 'Use DELETE.';
END
$$;
-- +goose StatementEnd

-- Builds snapshot, fresh and view around public.<model>_source, whose key is the one column named. The root is the
-- table whose row of the same key is locked while the key is computed.
-- +goose StatementBegin
CREATE FUNCTION readmodel.create_row_model(model text, root regclass, key text) RETURNS void
LANGUAGE plpgsql
SET search_path = '' AS $$
DECLARE
    source   CONSTANT regclass := format('public.%I', model || '_source')::regclass;
    fresh    CONSTANT text := format('public.%I', model || '_fresh');
    snapshot CONSTANT text := format('public.%I', model || '_snapshot');
    view     CONSTANT text := format('public.%I', model || '_view');
    cols     CONSTANT text := readmodel.columns(source, '');
    key_type CONSTANT text := (
        SELECT format_type(a.atttypid, a.atttypmod)
        FROM pg_catalog.pg_attribute AS a
        WHERE a.attrelid = source AND a.attname = key
    );
BEGIN
    EXECUTE format('CREATE MATERIALIZED VIEW %s AS SELECT %s FROM %s', snapshot, cols, source);
    EXECUTE format('CREATE UNIQUE INDEX %I ON %s (%I)', model || '_snapshot_key', snapshot, key);

    EXECUTE format('CREATE TABLE %s AS SELECT %s, pg_current_xact_id() AS xid, false AS tombstone FROM %s WITH NO DATA',
        fresh, cols, source);
    EXECUTE format('ALTER TABLE %s ADD PRIMARY KEY (%I), ALTER xid SET NOT NULL, ALTER tombstone SET NOT NULL',
        fresh, key);

    EXECUTE format(
        'CREATE VIEW %s AS
            SELECT %s FROM %s AS f WHERE NOT f.tombstone
            UNION ALL
            SELECT %s FROM %s AS s WHERE NOT EXISTS (SELECT FROM %s AS f WHERE f.%I = s.%I)',
        view, readmodel.columns(source, 'f.'), fresh, readmodel.columns(source, 's.'), snapshot, fresh, key, key);

    -- However many rows of however many tables point to a key, it is computed once, at commit: after the first time it
    -- stands in the list of what is computed already. (A list grown long is begun anew: that costs time, never truth.)
    -- The lock is a statement of its own: the next one then sees what the other writer committed.
    EXECUTE format(
        $function$
        CREATE FUNCTION readmodel.%1$I(k %2$s) RETURNS void LANGUAGE plpgsql AS $body$
        DECLARE
            mark CONSTANT text := '%3$s:' || k || ';';
            done CONSTANT text := coalesce(pg_catalog.current_setting('readmodel.computed', true), '');
        BEGIN
            IF pg_catalog.strpos(done, mark) > 0 THEN
                RETURN;
            END IF;
            PERFORM FROM %4$s AS r WHERE r.%5$I = k FOR NO KEY UPDATE;
            INSERT INTO %6$s (%7$s, xid, tombstone)
            SELECT %8$s, pg_catalog.pg_current_xact_id(), false FROM %9$s AS s WHERE s.%5$I = k
            ON CONFLICT (%5$I) DO UPDATE SET (%7$s, xid, tombstone) = ROW (%10$s, excluded.xid, false);
            IF NOT FOUND THEN
                INSERT INTO %6$s (%5$I, xid, tombstone) VALUES (k, pg_catalog.pg_current_xact_id(), true)
                ON CONFLICT (%5$I) DO UPDATE SET xid = excluded.xid, tombstone = true;
            END IF;
            PERFORM pg_catalog.set_config(
                'readmodel.computed', CASE WHEN length(done) < 4000 THEN done ELSE '' END || mark, true
            );
        END
        $body$
        $function$,
        model || '_compute', key_type, model, root, key,
        fresh, cols, readmodel.columns(source, 's.'), source, readmodel.columns(source, 'excluded.'));

    INSERT INTO readmodel.models (name, kind, snapshot, refreshed_at) VALUES (model, 'row', pg_current_snapshot(), now());
END
$$;
-- +goose StatementEnd

-- Lists the columns of one table that a model's definition reads, as Postgres itself recorded them.
-- +goose StatementBegin
CREATE FUNCTION readmodel.columns_read(model text, source_table regclass, prefix text) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT string_agg(DISTINCT prefix || quote_ident(a.attname), ', ')
    FROM pg_catalog.pg_rewrite AS r
    JOIN pg_catalog.pg_depend AS d
        ON d.classid = 'pg_catalog.pg_rewrite'::regclass AND d.objid = r.oid
        AND d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjid = source_table AND d.refobjsubid > 0
    JOIN pg_catalog.pg_attribute AS a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
    WHERE r.ev_class = format('public.%I', model || '_source')::regclass
$$;
-- +goose StatementEnd

-- Makes a row model follow a table that its definition reads. `keys` is a query for the keys that a row of that table
-- belongs to, written over `row`, e.g. 'SELECT row.order_id'; an update asks it for the old row and for the new one,
-- unless `keys_on_update`, over `old` and `new`, knows better. `lock` is a query, over `row`, that locks what must not
-- change while the keys are looked up.
-- +goose StatementBegin
CREATE FUNCTION readmodel.watch(
    model text, source_table regclass, keys text, keys_on_update text DEFAULT NULL, lock text DEFAULT NULL
) RETURNS void
LANGUAGE plpgsql
SET search_path = '' AS $$
DECLARE
    table_name CONSTANT name := (SELECT c.relname FROM pg_catalog.pg_class AS c WHERE c.oid = source_table);
    follow     CONSTANT text := model || '_follows_' || table_name;
    of_old     CONSTANT text := replace(keys, 'row.', 'old.');
    of_new     CONSTANT text := replace(keys, 'row.', 'new.');
    of_both    CONSTANT text := coalesce(keys_on_update, of_old || ' UNION ' || of_new || ' ORDER BY 1');
    -- While it waited for the lock, somebody may have committed what the key was computed without.
    locked     CONSTANT text := coalesce(
        replace(lock, 'SELECT', 'PERFORM') || '; PERFORM pg_catalog.set_config(''readmodel.computed'', '''', true);', ''
    );
BEGIN
    EXECUTE format(
        $function$
        CREATE FUNCTION readmodel.%1$I() RETURNS trigger LANGUAGE plpgsql AS $body$
        BEGIN
            IF TG_OP = 'DELETE' THEN
                %2$s
                PERFORM readmodel.%3$I(k) FROM (%4$s) AS keys (k);
            ELSIF TG_OP = 'INSERT' THEN
                %5$s
                PERFORM readmodel.%3$I(k) FROM (%6$s) AS keys (k);
            ELSE
                %2$s
                %5$s
                PERFORM readmodel.%3$I(k) FROM (%7$s) AS keys (k);
            END IF;
            RETURN NULL;
        END
        $body$
        $function$,
        follow, replace(locked, 'row.', 'old.'), model || '_compute', of_old, replace(locked, 'row.', 'new.'), of_new, of_both);

    EXECUTE format(
        'CREATE CONSTRAINT TRIGGER %I AFTER INSERT OR DELETE ON %s DEFERRABLE INITIALLY DEFERRED
            FOR EACH ROW EXECUTE FUNCTION readmodel.%I()',
        follow || '_rows', source_table, follow);
    EXECUTE format(
        'CREATE CONSTRAINT TRIGGER %I AFTER UPDATE ON %s DEFERRABLE INITIALLY DEFERRED
            FOR EACH ROW WHEN ((%s) IS DISTINCT FROM (%s)) EXECUTE FUNCTION readmodel.%I()',
        follow || '_values', source_table,
        readmodel.columns_read(model, source_table, 'old.'), readmodel.columns_read(model, source_table, 'new.'), follow);
    EXECUTE format(
        'CREATE OR REPLACE TRIGGER readmodel_forget_computed BEFORE INSERT OR UPDATE OR DELETE ON %s
            FOR EACH STATEMENT EXECUTE FUNCTION readmodel.forget_computed()',
        source_table);
    EXECUTE format(
        'CREATE OR REPLACE TRIGGER readmodel_refuse_truncate BEFORE TRUNCATE ON %s
            FOR EACH STATEMENT EXECUTE FUNCTION readmodel.refuse_truncate()',
        source_table);
END
$$;
-- +goose StatementEnd

-- Gives both levels of a model the same index. Each needs a query that uses it.
-- +goose StatementBegin
CREATE FUNCTION readmodel.add_index(model text, name text, definition text) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('CREATE INDEX %I ON public.%I %s', model || '_snapshot_' || name, model || '_snapshot', definition);
    EXECUTE format('CREATE INDEX %I ON public.%I %s', model || '_fresh_' || name, model || '_fresh', definition);
END
$$;
-- +goose StatementEnd

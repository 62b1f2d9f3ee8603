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
DECLARE
    -- Assigned to rather than performed: a plain expression costs a tenth of a query.
    ignored text;
BEGIN
    IF pg_catalog.current_setting('readmodel.computed', true) <> ''
        AND pg_catalog.current_setting('readmodel.claiming', true) IS DISTINCT FROM 'on'
    THEN
        ignored := pg_catalog.set_config('readmodel.computed', '', true);
    END IF;
    RETURN NULL;
END
$$;
-- +goose StatementEnd

-- Writes the statements by which writers of different tables take turns on one row: whoever hasn't written it in this
-- transaction writes it as it is. A lock would do among READ COMMITTED transactions, which look again after they
-- waited; only a new version of the row stops a REPEATABLE READ one that still sees what was before. `value` may be
-- written over `row`. The function that these statements stand in has a variable `ignored`. What was
-- computed before the claim is forgotten: somebody may have committed what it lacks. The row claimed last is
-- remembered, since the next change mostly belongs to the same.
-- +goose StatementBegin
CREATE FUNCTION readmodel.claim(claimed regclass, key text, value text) RETURNS text
LANGUAGE sql STABLE
SET search_path = '' AS $$
    SELECT format(
        $statements$
        IF pg_catalog.current_setting('readmodel.claimed', true) IS DISTINCT FROM '%1$s:' || %3$s THEN
            PERFORM FROM %1$s AS r WHERE r.%2$I = %3$s AND r.xmin <> pg_catalog.pg_current_xact_id()::xid;
            IF FOUND THEN
                ignored := pg_catalog.set_config('readmodel.claiming', 'on', true);
                UPDATE %1$s AS r SET %2$I = r.%2$I WHERE r.%2$I = %3$s;
                ignored := pg_catalog.set_config('readmodel.claiming', '', true);
                ignored := pg_catalog.set_config('readmodel.computed', '', true);
            END IF;
            ignored := pg_catalog.set_config('readmodel.claimed', '%1$s:' || %3$s, true);
        END IF;
        $statements$,
        claimed, key, value)
$$;
-- +goose StatementEnd

-- Keeps writers out of the tables that a new model reads until it follows them, or what they commit between its first
-- filling and its triggers would be missed.
-- +goose StatementBegin
CREATE FUNCTION readmodel.lock_tables_of(source regclass) RETURNS void
LANGUAGE plpgsql
SET search_path = '' AS $$
DECLARE
    source_table regclass;
BEGIN
    FOR source_table IN
        SELECT DISTINCT c.oid
        FROM pg_catalog.pg_rewrite AS r
        JOIN pg_catalog.pg_depend AS d ON d.classid = 'pg_catalog.pg_rewrite'::regclass AND d.objid = r.oid
        JOIN pg_catalog.pg_class AS c ON d.refclassid = 'pg_catalog.pg_class'::regclass AND c.oid = d.refobjid
        WHERE r.ev_class = source AND c.relkind IN ('r', 'p')
        ORDER BY 1
    LOOP
        EXECUTE format('LOCK TABLE %s IN SHARE ROW EXCLUSIVE MODE', source_table);
    END LOOP;
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
-- table on whose row of the same key those who compute it take turns.
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
    PERFORM readmodel.lock_tables_of(source);
    EXECUTE format('CREATE MATERIALIZED VIEW %s AS SELECT %s FROM %s', snapshot, cols, source);
    EXECUTE format('CREATE UNIQUE INDEX %I ON %s (%I)', model || '_snapshot_key', snapshot, key);

    EXECUTE format('CREATE TABLE %s AS SELECT %s, pg_current_xact_id() AS xid, false AS tombstone FROM %s WITH NO DATA',
        fresh, cols, source);
    -- A row is mostly written again soon: with room on its page and no index on what changed, no index is touched.
    EXECUTE format('ALTER TABLE %s SET (fillfactor = 50)', fresh);
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
    -- The turn is taken in a statement of its own: the next one then sees what the other writer committed.
    EXECUTE format(
        $function$
        CREATE FUNCTION readmodel.%1$I(k %2$s) RETURNS void LANGUAGE plpgsql AS $body$
        DECLARE
            mark CONSTANT text := '%3$s:' || k || ';';
            done CONSTANT text := coalesce(pg_catalog.current_setting('readmodel.computed', true), '');
            ignored text;
        BEGIN
            IF pg_catalog.strpos(done, mark) > 0 THEN
                RETURN;
            END IF;
            %4$s
            INSERT INTO %6$s (%7$s, xid, tombstone)
            SELECT %8$s, pg_catalog.pg_current_xact_id(), false FROM %9$s AS s WHERE s.%5$I = k
            ON CONFLICT (%5$I) DO UPDATE SET (%7$s, xid, tombstone) = ROW (%10$s, excluded.xid, false);
            IF NOT FOUND THEN
                INSERT INTO %6$s (%5$I, xid, tombstone) VALUES (k, pg_catalog.pg_current_xact_id(), true)
                ON CONFLICT (%5$I) DO UPDATE SET xid = excluded.xid, tombstone = true;
            END IF;
            ignored := pg_catalog.set_config(
                'readmodel.computed', CASE WHEN length(done) < 4000 THEN done ELSE '' END || mark, true
            );
        END
        $body$
        $function$,
        model || '_compute', key_type, model, readmodel.claim(root, key, 'k'), key,
        fresh, cols, readmodel.columns(source, 's.'), source, readmodel.columns(source, 'excluded.'));

    INSERT INTO readmodel.models (name, kind, snapshot, refreshed_at) VALUES (model, 'row', pg_current_snapshot(), now());
END
$$;
-- +goose StatementEnd

-- Lists the columns of one table that a model's definition reads, as Postgres itself recorded them; all of them where
-- the definition takes rows as a whole, which Postgres doesn't record.
-- +goose StatementBegin
CREATE FUNCTION readmodel.columns_read(model text, source_table regclass, prefix text) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT CASE
        WHEN bool_or(r.ev_action::text LIKE '%:varattno 0 %') THEN prefix || '*'
        ELSE string_agg(DISTINCT prefix || quote_ident(a.attname), ', ')
    END
    FROM pg_catalog.pg_rewrite AS r
    JOIN pg_catalog.pg_depend AS d
        ON d.classid = 'pg_catalog.pg_rewrite'::regclass AND d.objid = r.oid
        AND d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjid = source_table AND d.refobjsubid > 0
    JOIN pg_catalog.pg_attribute AS a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
    WHERE r.ev_class = format('public.%I', model || '_source')::regclass
$$;
-- +goose StatementEnd

-- Makes a row model follow a table that its definition reads. `keys` tells the keys that a row of that table belongs to,
-- written over `row`: one as an expression, e.g. 'row.order_id', or several as a query. An update asks for those of the
-- old row and of the new one, unless the query `keys_on_update`, over `old` and `new`, knows better. `claim` is what
-- readmodel.claim answers for a row, other than the root's, whose writers look their keys up in this table.
-- +goose StatementBegin
CREATE FUNCTION readmodel.watch(
    model text, source_table regclass, keys text, keys_on_update text DEFAULT NULL, claim text DEFAULT ''
) RETURNS void
LANGUAGE plpgsql
SET search_path = '' AS $$
DECLARE
    table_name CONSTANT name := (SELECT c.relname FROM pg_catalog.pg_class AS c WHERE c.oid = source_table);
    follow     CONSTANT text := model || '_follows_' || table_name;
    of_one     CONSTANT text := format('ignored := readmodel.%I(%%s);', model || '_compute');
    of_several CONSTANT text := format('PERFORM readmodel.%I(k) FROM (%%s) AS keys (k);', model || '_compute');
    of_row     CONSTANT text := format(CASE WHEN keys ILIKE 'SELECT %' THEN of_several ELSE of_one END, keys);
    of_old     CONSTANT text := replace(of_row, 'row.', 'old.');
    of_new     CONSTANT text := replace(of_row, 'row.', 'new.');
    of_update  CONSTANT text := CASE WHEN keys_on_update IS NULL THEN of_old || ' ' || of_new ELSE format(of_several, keys_on_update) END;
BEGIN
    -- The trigger has no WHEN for what it doesn't care about: Postgres parses that condition for each statement, the
    -- function's once a session. It compares bytes: 1.0 and 1.00 are equal, but not the same text.
    EXECUTE format(
        $function$
        CREATE FUNCTION readmodel.%1$I() RETURNS trigger LANGUAGE plpgsql AS $body$
        DECLARE
            ignored text;
        BEGIN
            IF TG_OP = 'UPDATE' THEN
                IF ROW (%7$s)::record OPERATOR (pg_catalog.*=) ROW (%8$s)::record THEN
                    RETURN NULL;
                END IF;
            END IF;
            %2$s
            %3$s
            IF TG_OP = 'DELETE' THEN
                %4$s
            ELSIF TG_OP = 'INSERT' THEN
                %5$s
            ELSE
                %6$s
            END IF;
            RETURN NULL;
        END
        $body$
        $function$,
        follow,
        CASE WHEN claim <> '' THEN format($claim$IF TG_OP <> 'INSERT' THEN %s END IF;$claim$, replace(claim, 'row.', 'old.')) END,
        CASE WHEN claim <> '' THEN format($claim$IF TG_OP <> 'DELETE' THEN %s END IF;$claim$, replace(claim, 'row.', 'new.')) END,
        of_old, of_new, of_update,
        readmodel.columns_read(model, source_table, 'old.'), readmodel.columns_read(model, source_table, 'new.'));

    EXECUTE format(
        'CREATE CONSTRAINT TRIGGER %I AFTER INSERT OR UPDATE OR DELETE ON %s DEFERRABLE INITIALLY DEFERRED
            FOR EACH ROW EXECUTE FUNCTION readmodel.%I()',
        follow, source_table, follow);
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

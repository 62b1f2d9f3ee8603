-- +goose Up

-- Called for each row of a materialized view, rests for about twice as long as it was at work since it last did, if whoever
-- refreshes wants that: on a busy machine commands then have the processor for most of the time. It answers null.
-- +goose StatementBegin
CREATE FUNCTION readmodel.pace() RETURNS boolean
LANGUAGE plpgsql AS $$
BEGIN
    IF pg_catalog.current_setting('readmodel.pace', true) = 'on' AND pg_catalog.random() < 0.05 THEN
        PERFORM pg_catalog.pg_sleep(0.002);
    END IF;
    RETURN NULL;
END
$$;
-- +goose StatementEnd

-- Makes a row model's materialized view, and the view over both levels. Rows that fit on a page are stored as they are:
-- compressing one above 2 kB costs a third of what computing an order's document does, and again something at each read.
--
-- That `paced` is null saves a refresh much of its work: Postgres first looks whether any two new rows are the same in
-- all columns, for which it sorts whole rows, documents and all, but only rows without a null. Two rows of one key would
-- still be refused, by the unique index.
-- +goose StatementBegin
CREATE FUNCTION readmodel.create_row_views(model text, key text) RETURNS void
LANGUAGE plpgsql
SET search_path = '' AS $$
DECLARE
    source   CONSTANT regclass := format('public.%I', model || '_source')::regclass;
    fresh    CONSTANT text := format('public.%I', model || '_fresh');
    snapshot CONSTANT text := format('public.%I', model || '_snapshot');
BEGIN
    EXECUTE format(
        'CREATE MATERIALIZED VIEW %s WITH (toast_tuple_target = 8160) AS SELECT %s, readmodel.pace() AS paced FROM %s AS s',
        snapshot, readmodel.columns(source, 's.'), source);
    EXECUTE format('CREATE UNIQUE INDEX %I ON %s (%I)', model || '_snapshot_key', snapshot, key);
    EXECUTE format(
        'CREATE VIEW %s AS
            SELECT %s FROM %s AS f WHERE NOT f.tombstone
            UNION ALL
            SELECT %s FROM %s AS s WHERE NOT EXISTS (SELECT FROM %s AS f WHERE f.%I = s.%I)',
        format('public.%I', model || '_view'),
        readmodel.columns(source, 'f.'), fresh, readmodel.columns(source, 's.'), snapshot, fresh, key, key);
END
$$;
-- +goose StatementEnd

-- As in 00006_readmodel_mechanism.sql, where the whole is explained, but for the views.
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION readmodel.create_row_model(model text, root regclass, key text) RETURNS void
LANGUAGE plpgsql
SET search_path = '' AS $$
DECLARE
    source   CONSTANT regclass := format('public.%I', model || '_source')::regclass;
    fresh    CONSTANT text := format('public.%I', model || '_fresh');
    cols     CONSTANT text := readmodel.columns(source, '');
    key_type CONSTANT text := (
        SELECT format_type(a.atttypid, a.atttypmod)
        FROM pg_catalog.pg_attribute AS a
        WHERE a.attrelid = source AND a.attname = key
    );
BEGIN
    PERFORM readmodel.lock_tables_of(source);
    EXECUTE format('CREATE TABLE %s AS SELECT %s, pg_current_xact_id() AS xid, false AS tombstone FROM %s WITH NO DATA',
        fresh, cols, source);
    -- A row is mostly written again soon: with room on its page and no index on what changed, no index is touched.
    EXECUTE format('ALTER TABLE %s SET (fillfactor = 50, toast_tuple_target = 8160)', fresh);
    EXECUTE format('ALTER TABLE %s ADD PRIMARY KEY (%I), ALTER xid SET NOT NULL, ALTER tombstone SET NOT NULL',
        fresh, key);
    PERFORM readmodel.create_row_views(model, key);

    -- However many rows of however many tables point to a key, it is computed once, at commit.
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

DROP FUNCTION readmodel.keep_uncompressed(text);

-- What is there keeps its fresh rows, and its triggers.
DROP VIEW public.menu_view;
DROP MATERIALIZED VIEW public.menu_snapshot;
SELECT readmodel.create_row_views('menu', 'id');

DROP VIEW public.order_view;
DROP MATERIALIZED VIEW public.order_snapshot;
SELECT readmodel.create_row_views('order', 'id');
CREATE INDEX order_snapshot_newest_idx ON public.order_snapshot (placed_at DESC, id DESC);
CREATE INDEX order_snapshot_customer_idx ON public.order_snapshot (customer_id, placed_at DESC, id DESC);
CREATE INDEX order_snapshot_status_idx ON public.order_snapshot (status, placed_at DESC, id DESC);

-- Adds up the contributions to a sum that its snapshot doesn't contain yet, one row a group, and forgets those that come
-- to nothing. The rows it makes belong to this transaction: a snapshot that contains it contains what they were made of.
-- So nobody may refresh the model meanwhile; whoever calls this holds the lock that refreshes hold.
-- +goose StatementBegin
CREATE FUNCTION readmodel.compact(model text) RETURNS void
LANGUAGE plpgsql
SET search_path = '' AS $$
DECLARE
    source     CONSTANT regclass := format('public.%I', model || '_source')::regclass;
    fresh      CONSTANT text := format('public.%I', model || '_fresh');
    dimensions CONSTANT text[] := (
        SELECT array_agg(a.attname)
        FROM pg_catalog.pg_index AS i
        JOIN pg_catalog.pg_attribute AS a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
        WHERE i.indrelid = format('public.%I', model || '_snapshot')::regclass AND i.indisunique
    );
BEGIN
    EXECUTE format(
        'WITH gone AS (
            DELETE FROM %1$s AS f
            WHERE NOT pg_visible_in_snapshot(f.xid, (SELECT m.snapshot FROM readmodel.models AS m WHERE m.name = %2$L))
            RETURNING f.*
        )
        INSERT INTO %1$s (%3$s, xid)
        SELECT %4$s, pg_current_xact_id()
        FROM gone AS c
        GROUP BY %5$s
        HAVING (%6$s) IS DISTINCT FROM (%7$s)',
        fresh, model, readmodel.columns(source, ''), readmodel.summed(source, dimensions),
        (SELECT string_agg(format('c.%I', d), ', ') FROM unnest(dimensions) AS d),
        (SELECT string_agg(format('sum(c.%I)', a.attname), ', ') FROM pg_catalog.pg_attribute AS a
            WHERE a.attrelid = source AND a.attnum > 0 AND a.attname <> ALL (dimensions)),
        (SELECT string_agg('0', ', ') FROM pg_catalog.pg_attribute AS a
            WHERE a.attrelid = source AND a.attnum > 0 AND a.attname <> ALL (dimensions)));
END
$$;
-- +goose StatementEnd

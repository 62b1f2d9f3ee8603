-- Builds, and removes, the relations, functions and triggers of one generation of a read model. They bear its name, that of
-- the model and its number (order_2), are in the schema readmodel, and are never renamed: the functions name relations as
-- text. The builder (build.go) calls these in turn; docs/decisions/0015-generations-of-read-models.md tells why in this order.
--
-- The hash of this file is part of every model's: what is built otherwise is another generation.

-- Lists a relation's columns in order, each behind the prefix given.
CREATE OR REPLACE FUNCTION readmodel.columns(relation regclass, prefix text) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT string_agg(prefix || quote_ident(a.attname), ', ' ORDER BY a.attnum)
    FROM pg_catalog.pg_attribute AS a
    WHERE a.attrelid = relation AND a.attnum > 0 AND NOT a.attisdropped
$$;

-- Names the column that a claim writes: the first that no unique index has, if there is one. Where a table has a trigger before
-- updates, Postgres locks by the columns that are named, whatever is in them: one of a key's would wait for all transactions that
-- merely refer to the row, which may wait for this one.
CREATE OR REPLACE FUNCTION readmodel.written_by_a_claim(claimed regclass) RETURNS name
LANGUAGE sql STABLE
SET search_path = '' AS $$
    SELECT a.attname
    FROM pg_catalog.pg_attribute AS a
    WHERE a.attrelid = claimed AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
    ORDER BY
        EXISTS (SELECT FROM pg_catalog.pg_index AS i WHERE i.indrelid = claimed AND i.indisunique AND a.attnum = ANY (i.indkey::smallint[])),
        a.attnum
    LIMIT 1
$$;

-- Writes the statements by which writers of different tables take turns on one row: whoever hasn't written it in this
-- transaction writes it as it is. A lock would do among READ COMMITTED transactions, which look again after they
-- waited; only a new version of the row stops a REPEATABLE READ one that still sees what was before. `value` may be
-- written over `row`. The function that these statements stand in has a variable `ignored`. What was
-- computed before the claim is forgotten: somebody may have committed what it lacks. The row claimed last is
-- remembered, since the next change mostly belongs to the same.
CREATE OR REPLACE FUNCTION readmodel.claim(claimed regclass, key text, value text) RETURNS text
LANGUAGE sql STABLE
SET search_path = '' AS $$
    SELECT format(
        $statements$
        IF pg_catalog.current_setting('readmodel.claimed', true) IS DISTINCT FROM '%1$s:' || %3$s THEN
            PERFORM FROM %1$s AS r WHERE r.%2$I = %3$s AND r.xmin <> pg_catalog.pg_current_xact_id()::xid;
            IF FOUND THEN
                ignored := pg_catalog.set_config('readmodel.claiming', 'on', true);
                UPDATE %1$s AS r SET %4$I = r.%4$I WHERE r.%2$I = %3$s;
                ignored := pg_catalog.set_config('readmodel.claiming', '', true);
                ignored := pg_catalog.set_config('readmodel.computed', '', true);
            END IF;
            ignored := pg_catalog.set_config('readmodel.claimed', '%1$s:' || %3$s, true);
        END IF;
        $statements$,
        claimed, key, value, readmodel.written_by_a_claim(claimed))
$$;

-- Writes over `old` or `new` what is declared over `row`.
CREATE OR REPLACE FUNCTION readmodel.over(declared text, version text) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
    SELECT pg_catalog.regexp_replace(declared, '\mrow\.', version || '.', 'g')
$$;

-- Lists the columns of one table that a definition reads, as Postgres itself recorded them; all of them where the
-- definition takes rows as a whole, which Postgres doesn't record.
CREATE OR REPLACE FUNCTION readmodel.columns_read(source regclass, source_table regclass, prefix text) RETURNS text
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
    WHERE r.ev_class = source
$$;

-- Lists the relations that a definition reads.
CREATE OR REPLACE FUNCTION readmodel.relations_read(source regclass) RETURNS SETOF regclass
LANGUAGE sql STABLE AS $$
    SELECT DISTINCT d.refobjid::regclass
    FROM pg_catalog.pg_rewrite AS r
    JOIN pg_catalog.pg_depend AS d
        ON d.classid = 'pg_catalog.pg_rewrite'::regclass AND d.objid = r.oid
        AND d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjid <> source
    WHERE r.ev_class = source
$$;

-- Makes the two levels of a row model around readmodel.<generation>_source, whose key is the one column named, and the view
-- over them. The root is the table on whose row of the same key those who compute it take turns. `after`, if any, is a
-- function of the key that is called whenever the row has been computed, while that turn lasts. Rows that fit on a page are
-- stored as they are: compressing one above 2 kB costs a third of what computing an order's document does, and again
-- something at each read.
--
-- That `paced` is null saves a refresh much of its work: Postgres first looks whether any two new rows are the same in
-- all columns, for which it sorts whole rows, documents and all, but only rows without a null. Two rows of one key would
-- still be refused, by the unique index.
CREATE OR REPLACE FUNCTION readmodel.create_rows(generation text, root regclass, key text, after text) RETURNS void
LANGUAGE plpgsql
SET search_path = '' AS $$
DECLARE
    source   CONSTANT regclass := format('readmodel.%I', generation || '_source')::regclass;
    fresh    CONSTANT text := format('readmodel.%I', generation || '_fresh');
    snapshot CONSTANT text := format('readmodel.%I', generation || '_snapshot');
    cols     CONSTANT text := readmodel.columns(source, '');
    key_type CONSTANT text := (
        SELECT format_type(a.atttypid, a.atttypmod)
        FROM pg_catalog.pg_attribute AS a
        WHERE a.attrelid = source AND a.attname = key
    );
BEGIN
    EXECUTE format(
        'CREATE MATERIALIZED VIEW %s WITH (toast_tuple_target = 8160) AS
            SELECT %s, readmodel.pace() AS paced FROM %s AS s WITH NO DATA',
        snapshot, readmodel.columns(source, 's.'), source);
    EXECUTE format('CREATE UNIQUE INDEX %I ON %s (%I)', generation || '_snapshot_key', snapshot, key);

    EXECUTE format('CREATE TABLE %s AS SELECT %s, pg_current_xact_id() AS xid, false AS tombstone FROM %s WITH NO DATA',
        fresh, cols, source);
    -- A row is mostly written again soon: with room on its page and no index on what changed, no index is touched.
    EXECUTE format('ALTER TABLE %s SET (fillfactor = 50, toast_tuple_target = 8160)', fresh);
    EXECUTE format('ALTER TABLE %s ADD PRIMARY KEY (%I), ALTER xid SET NOT NULL, ALTER tombstone SET NOT NULL',
        fresh, key);

    EXECUTE format(
        'CREATE VIEW %s AS
            SELECT %s FROM %s AS f WHERE NOT f.tombstone
            UNION ALL
            SELECT %s FROM %s AS s WHERE NOT EXISTS (SELECT FROM %s AS f WHERE f.%I = s.%I)',
        format('readmodel.%I', generation || '_view'),
        readmodel.columns(source, 'f.'), fresh, readmodel.columns(source, 's.'), snapshot, fresh, key, key);

    -- However many rows of however many tables point to a key, it is computed once, at commit: after the first time it
    -- stands in the list of what is computed already. (A list grown long is begun anew: that costs time, never truth.)
    -- Each mark in the list begins and ends with a semicolon, or one could be found in another's end.
    -- The turn is taken in a statement of its own: the next one then sees what the other writer committed.
    -- The list is written when `after` has been called: what that writes makes nobody compute anything again.
    -- A definition is planned once a session, not five times more for the keys themselves: all are found in the same way.
    EXECUTE format(
        $function$
        CREATE FUNCTION readmodel.%1$I(k %2$s) RETURNS void LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $body$
        DECLARE
            mark CONSTANT text := ';%3$s:' || k || ';';
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
            %11$s
            ignored := pg_catalog.set_config(
                'readmodel.computed', CASE WHEN length(done) < 4000 THEN done ELSE '' END || mark, true
            );
        END
        $body$
        $function$,
        generation || '_compute', key_type, generation, readmodel.claim(root, key, 'k'), key,
        fresh, cols, readmodel.columns(source, 's.'), source, readmodel.columns(source, 'excluded.'),
        CASE WHEN after <> '' THEN format('ignored := %s(k);', after) END);
END
$$;

-- Makes a row model follow a table that its definition reads. `keys` tells the keys that a row of that table belongs to,
-- written over `row`: one as an expression, e.g. 'row.order_id', or several as a query. An update asks for those of the
-- old row and of the new one, unless the query `keys_on_update`, over `old` and `new`, knows better. `condition` is a test
-- over `row` without which a row belongs to no key. `claim` is what
-- readmodel.claim answers for a row, other than the root's, whose writers look their keys up in this table.
CREATE OR REPLACE FUNCTION readmodel.follow_by_key(
    generation text, source_table regclass, keys text, keys_on_update text, condition text, claim text
) RETURNS void
LANGUAGE plpgsql
SET search_path = '' AS $$
DECLARE
    source     CONSTANT regclass := format('readmodel.%I', generation || '_source')::regclass;
    table_name CONSTANT name := (SELECT c.relname FROM pg_catalog.pg_class AS c WHERE c.oid = source_table);
    follow     CONSTANT text := generation || '_follows_' || table_name;
    of_one     CONSTANT text := format('ignored := readmodel.%I(%%s);', generation || '_compute');
    of_several CONSTANT text := format('PERFORM readmodel.%I(k) FROM (%%s) AS keys (k);', generation || '_compute');
    of_any     CONSTANT text := format(CASE WHEN keys ILIKE 'SELECT %' THEN of_several ELSE of_one END, keys);
    of_row     CONSTANT text := CASE WHEN condition <> '' THEN format('IF %s THEN %s END IF;', condition, of_any) ELSE of_any END;
    of_old     CONSTANT text := readmodel.over(of_row, 'old');
    of_new     CONSTANT text := readmodel.over(of_row, 'new');
    of_update  CONSTANT text := CASE WHEN keys_on_update <> '' THEN format(of_several, keys_on_update) ELSE of_old || ' ' || of_new END;
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
        CASE WHEN claim <> '' THEN format($claim$IF TG_OP <> 'INSERT' THEN %s END IF;$claim$, readmodel.over(claim, 'old')) END,
        CASE WHEN claim <> '' THEN format($claim$IF TG_OP <> 'DELETE' THEN %s END IF;$claim$, readmodel.over(claim, 'new')) END,
        of_old, of_new, of_update,
        readmodel.columns_read(source, source_table, 'old.'), readmodel.columns_read(source, source_table, 'new.'));

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

-- Lists a sum's columns for a query over contributions `c`: dimensions as they are, the rest added up.
CREATE OR REPLACE FUNCTION readmodel.summed(source regclass, dimensions text[]) RETURNS text
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

-- Makes the two levels of a sum around readmodel.<model>_<number>_source, and the view over them. The definition is an inner
-- join of tables, grouped by the dimensions named. Every other column is a bigint that adds up, and one of them, `lines`, is
-- count(*): it tells whether the group exists. Fresh is append-only, so that no two writers meet.
CREATE OR REPLACE FUNCTION readmodel.create_sums(model text, number integer, dimensions text[]) RETURNS void
LANGUAGE plpgsql
SET search_path = '' AS $$
DECLARE
    generation CONSTANT text := model || '_' || number;
    source     CONSTANT regclass := format('readmodel.%I', generation || '_source')::regclass;
    fresh      CONSTANT text := format('readmodel.%I', generation || '_fresh');
    snapshot   CONSTANT text := format('readmodel.%I', generation || '_snapshot');
    cols       CONSTANT text := readmodel.columns(source, '');
    keys       CONSTANT text := (SELECT string_agg(quote_ident(d), ', ') FROM unnest(dimensions) AS d);
BEGIN
    EXECUTE format('CREATE MATERIALIZED VIEW %s AS SELECT %s FROM %s WITH NO DATA', snapshot, cols, source);
    EXECUTE format('CREATE UNIQUE INDEX %I ON %s (%s)', generation || '_snapshot_key', snapshot, keys);
    EXECUTE format('CREATE TABLE %s AS SELECT %s, pg_current_xact_id() AS xid FROM %s WITH NO DATA', fresh, cols, source);

    -- A contribution that the snapshot contains no longer counts, from the very commit of the refresh on, whenever it is
    -- swept away.
    EXECUTE format(
        'CREATE VIEW readmodel.%I AS
            SELECT %s
            FROM (
                SELECT %s FROM %s
                UNION ALL
                SELECT %s FROM %s AS f
                WHERE NOT pg_visible_in_snapshot(
                    f.xid, (SELECT s.snapshot FROM readmodel.snapshots AS s WHERE s.model = %L AND s.generation = %s)
                )
            ) AS c
            GROUP BY %s
            HAVING sum(c.lines) <> 0',
        generation || '_view', readmodel.summed(source, dimensions), cols, snapshot, readmodel.columns(source, 'f.'), fresh,
        model, number, keys);
END
$$;

-- Writes one of the two steps of a sum for `row`: the definition with that row in place of its table, added (sign '') or
-- taken away (sign '-').
CREATE OR REPLACE FUNCTION readmodel.contribute(generation text, source_table regclass, sign text, claim text, lookup text)
RETURNS text
LANGUAGE plpgsql STABLE
SET search_path = '' AS $$
DECLARE
    source     CONSTANT regclass := format('readmodel.%I', generation || '_source')::regclass;
    definition CONSTANT text := rtrim(pg_catalog.pg_get_viewdef(source), '; ');
    named      CONSTANT text := source_table::text || ' ';
    signed     CONSTANT text := (
        SELECT string_agg(CASE WHEN a.attnum = ANY (i.indkey) THEN '' ELSE sign END || format('d.%I', a.attname), ', ' ORDER BY a.attnum)
        FROM pg_catalog.pg_index AS i
        JOIN pg_catalog.pg_attribute AS a ON a.attrelid = i.indrelid AND a.attnum > 0
        WHERE i.indrelid = format('readmodel.%I', generation || '_snapshot')::regclass AND i.indisunique
    );
BEGIN
    IF length(definition) - length(replace(definition, named, '')) <> length(named) THEN
        RAISE EXCEPTION '% must read % once, under an alias', source, source_table;
    END IF;
    RETURN format(
        '%s IF %s THEN INSERT INTO readmodel.%I (%s, xid) SELECT %s, pg_catalog.pg_current_xact_id() FROM (%s) AS d; END IF;',
        claim, lookup, generation || '_fresh', readmodel.columns(source, ''), signed,
        replace(definition, named, '(SELECT row.*) '));
END
$$;

-- Makes a sum follow a table that its definition joins. One of them is the root, named first: the others refer to
-- its rows by foreign key, so that a row of the root has nothing to add when it is inserted or deleted. `claim` is what
-- readmodel.claim answers for the root's row that a row of another table belongs to. `condition` is a test over `row`
-- without which a row contributes nothing, `lookup` another that reads what the claim keeps still. Both spare work, and
-- must follow from the definition.
CREATE OR REPLACE FUNCTION readmodel.follow_by_sum(
    generation text, source_table regclass, claim text, condition text, lookup text
) RETURNS void
LANGUAGE plpgsql
SET search_path = '' AS $$
DECLARE
    source CONSTANT regclass := format('readmodel.%I', generation || '_source')::regclass;
    follow CONSTANT text := generation || '_follows_' || (SELECT c.relname FROM pg_catalog.pg_class AS c WHERE c.oid = source_table);
    alone  CONSTANT boolean := NOT EXISTS (SELECT FROM readmodel.relations_read(source) AS r WHERE r <> source_table);
    of_old CONSTANT text := readmodel.over(condition, 'old');
    of_new CONSTANT text := readmodel.over(condition, 'new');
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
        of_old, readmodel.over(readmodel.contribute(generation, source_table, '-', claim, lookup), 'old'),
        of_new, readmodel.over(readmodel.contribute(generation, source_table, '', claim, lookup), 'new'),
        readmodel.columns_read(source, source_table, 'old.'), readmodel.columns_read(source, source_table, 'new.'));

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
END
$$;

-- Gives a table the triggers that refuse a statement which changes another table of one of its sums, too, as they are listed
-- in readmodel.sum_tables; or takes them from it. A root's insertions may come with what refers to them: only the latter
-- adds anything.
CREATE OR REPLACE FUNCTION readmodel.keep_statements_apart(changed regclass) RETURNS void
LANGUAGE plpgsql
SET search_path = '' AS $$
DECLARE
    others text;
    events text;
BEGIN
    SELECT
        string_agg(DISTINCT quote_literal(o.source_table), ', '),
        CASE WHEN bool_and(t.is_root) THEN 'UPDATE OR DELETE' ELSE 'INSERT OR UPDATE OR DELETE' END
    INTO others, events
    FROM readmodel.sum_tables AS t
    JOIN readmodel.sum_tables AS o
        ON o.model = t.model AND o.generation = t.generation AND o.source_table <> t.source_table
    WHERE t.source_table = changed::text;
    IF others IS NULL THEN
        EXECUTE format('DROP TRIGGER IF EXISTS readmodel_begin_sums ON %s', changed);
        EXECUTE format('DROP TRIGGER IF EXISTS readmodel_end_sums ON %s', changed);
        RETURN;
    END IF;
    EXECUTE format(
        'CREATE OR REPLACE TRIGGER readmodel_begin_sums BEFORE %s ON %s
            FOR EACH STATEMENT EXECUTE FUNCTION readmodel.begin_sums(%s)',
        events, changed, others);
    EXECUTE format(
        'CREATE OR REPLACE TRIGGER readmodel_end_sums AFTER %s ON %s FOR EACH STATEMENT EXECUTE FUNCTION readmodel.end_sums()',
        events, changed);
END
$$;

-- Adds up the contributions to a sum that its snapshot doesn't contain yet, one row a group, and forgets those that come
-- to nothing. The rows it makes belong to this transaction: a snapshot that contains it contains what they were made of.
-- So nobody may refresh the generation meanwhile; whoever calls this holds the lock that refreshes hold.
CREATE OR REPLACE FUNCTION readmodel.compact(model text, number integer) RETURNS void
LANGUAGE plpgsql
SET search_path = '' AS $$
DECLARE
    generation CONSTANT text := model || '_' || number;
    source     CONSTANT regclass := format('readmodel.%I', generation || '_source')::regclass;
    dimensions CONSTANT text[] := (
        SELECT array_agg(a.attname)
        FROM pg_catalog.pg_index AS i
        JOIN pg_catalog.pg_attribute AS a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
        WHERE i.indrelid = format('readmodel.%I', generation || '_snapshot')::regclass AND i.indisunique
    );
BEGIN
    EXECUTE format(
        'WITH gone AS (
            DELETE FROM %1$s AS f
            WHERE NOT pg_visible_in_snapshot(
                f.xid, (SELECT s.snapshot FROM readmodel.snapshots AS s WHERE s.model = %2$L AND s.generation = %3$s)
            )
            RETURNING f.*
        )
        INSERT INTO %1$s (%4$s, xid)
        SELECT %5$s, pg_current_xact_id()
        FROM gone AS c
        GROUP BY %6$s
        HAVING (%7$s) IS DISTINCT FROM (%8$s)',
        format('readmodel.%I', generation || '_fresh'), model, number, readmodel.columns(source, ''),
        readmodel.summed(source, dimensions),
        (SELECT string_agg(format('c.%I', d), ', ') FROM unnest(dimensions) AS d),
        (SELECT string_agg(format('sum(c.%I)', a.attname), ', ') FROM pg_catalog.pg_attribute AS a
            WHERE a.attrelid = source AND a.attnum > 0 AND a.attname <> ALL (dimensions)),
        (SELECT string_agg('0', ', ') FROM pg_catalog.pg_attribute AS a
            WHERE a.attrelid = source AND a.attnum > 0 AND a.attname <> ALL (dimensions)));
END
$$;

-- Points public.<model>_view, _fresh, _snapshot and _source at a generation, in the order in which readers lock them. The
-- columns that were there stay in their order, and new ones come behind. Postgres refuses to take one away, or another type
-- for it (42P16), so that servers of the version before go on reading; `anew` makes the views from nothing.
-- No LOCK TABLE: it would lock what is below, too.
CREATE OR REPLACE FUNCTION readmodel.point_views(model text, generation text, anew boolean) RETURNS void
LANGUAGE plpgsql
SET search_path = '' AS $$
DECLARE
    suffix text;
    view   text;
    target regclass;
BEGIN
    FOREACH suffix IN ARRAY ARRAY['_view', '_fresh', '_snapshot', '_source'] LOOP
        view := format('public.%I', model || suffix);
        target := to_regclass(format('readmodel.%I', generation || suffix));
        IF anew THEN
            EXECUTE format('DROP VIEW IF EXISTS %s', view);
        END IF;
        CONTINUE WHEN target IS NULL;
        EXECUTE format(
            'CREATE OR REPLACE VIEW %s AS SELECT %s FROM %s AS g',
            view,
            (
                SELECT string_agg(format('g.%I', a.attname), ', ' ORDER BY before.attnum, a.attnum)
                FROM pg_catalog.pg_attribute AS a
                LEFT JOIN pg_catalog.pg_attribute AS before
                    ON before.attrelid = to_regclass(view) AND before.attname = a.attname
                WHERE a.attrelid = target AND a.attnum > 0 AND NOT a.attisdropped
            ),
            target);
    END LOOP;
END
$$;

-- Empties a generation's trigger functions: nothing is written to it from the next statement of every session on. It needs
-- no lock on any table, so that it can be done while somebody reads them for long.
CREATE OR REPLACE FUNCTION readmodel.stop_following(generation text) RETURNS void
LANGUAGE plpgsql
SET search_path = '' AS $$
DECLARE
    follow name;
BEGIN
    FOR follow IN
        SELECT p.proname
        FROM pg_catalog.pg_proc AS p
        WHERE p.pronamespace = 'readmodel'::regnamespace AND starts_with(p.proname, generation || '_follows_')
    LOOP
        EXECUTE format(
            'CREATE OR REPLACE FUNCTION readmodel.%I() RETURNS trigger LANGUAGE plpgsql AS ''BEGIN RETURN NULL; END''', follow);
    END LOOP;
END
$$;

-- Lists the tables that a generation follows, by the triggers that it has.
CREATE OR REPLACE FUNCTION readmodel.tables_followed(generation text) RETURNS SETOF regclass
LANGUAGE sql STABLE AS $$
    SELECT DISTINCT t.tgrelid::regclass
    FROM pg_catalog.pg_trigger AS t
    JOIN pg_catalog.pg_proc AS p ON p.oid = t.tgfoid
    WHERE p.pronamespace = 'readmodel'::regnamespace AND starts_with(p.proname, generation || '_follows_')
$$;

-- Drops a generation's triggers of one table and, if no other follows that, those that all share. It needs the exclusive lock
-- of the table.
CREATE OR REPLACE FUNCTION readmodel.drop_triggers(generation text, source_table regclass) RETURNS void
LANGUAGE plpgsql
SET search_path = '' AS $$
DECLARE
    made name;
BEGIN
    FOR made IN
        SELECT t.tgname
        FROM pg_catalog.pg_trigger AS t
        JOIN pg_catalog.pg_proc AS p ON p.oid = t.tgfoid
        WHERE t.tgrelid = source_table AND p.pronamespace = 'readmodel'::regnamespace
            AND starts_with(p.proname, generation || '_follows_')
    LOOP
        EXECUTE format('DROP TRIGGER %I ON %s', made, source_table);
    END LOOP;
    PERFORM readmodel.keep_statements_apart(source_table);
    IF NOT EXISTS (
        SELECT
        FROM pg_catalog.pg_trigger AS t
        JOIN pg_catalog.pg_proc AS p ON p.oid = t.tgfoid
        WHERE t.tgrelid = source_table AND p.pronamespace = 'readmodel'::regnamespace AND strpos(p.proname, '_follows_') > 0
    ) THEN
        EXECUTE format('DROP TRIGGER IF EXISTS readmodel_forget_computed ON %s', source_table);
        EXECUTE format('DROP TRIGGER IF EXISTS readmodel_refuse_truncate ON %s', source_table);
    END IF;
END
$$;

-- Drops what else there is of a generation; its triggers are gone.
CREATE OR REPLACE FUNCTION readmodel.drop_relations(generation text) RETURNS void
LANGUAGE plpgsql
SET search_path = '' AS $$
DECLARE
    made regprocedure;
BEGIN
    FOR made IN
        SELECT p.oid
        FROM pg_catalog.pg_proc AS p
        WHERE p.pronamespace = 'readmodel'::regnamespace
            AND (starts_with(p.proname, generation || '_follows_') OR p.proname = generation || '_compute')
    LOOP
        EXECUTE format('DROP FUNCTION %s', made);
    END LOOP;
    EXECUTE format('DROP VIEW IF EXISTS readmodel.%I', generation || '_view');
    EXECUTE format('DROP TABLE IF EXISTS readmodel.%I', generation || '_fresh');
    EXECUTE format('DROP MATERIALIZED VIEW IF EXISTS readmodel.%I', generation || '_snapshot');
    EXECUTE format('DROP VIEW IF EXISTS readmodel.%I', generation || '_source');
    EXECUTE format('DROP SEQUENCE IF EXISTS readmodel.%I', generation || '_progress');
END
$$;

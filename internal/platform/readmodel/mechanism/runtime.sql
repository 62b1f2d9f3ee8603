-- What the triggers of every generation, and definitions, call: in force for all of them as soon as this file is applied.
-- It is applied again when its text changes; a function whose arguments or answer change gets a new name, since servers of
-- the version before go on working. How a generation is built is in generations.sql.

-- The read models in use, one row a model.
CREATE OR REPLACE VIEW readmodel.models AS
SELECT g.model AS name, g.kind, g.number AS generation, g.hash, s.snapshot, s.refreshed_at
FROM readmodel.generations AS g
LEFT JOIN readmodel.snapshots AS s ON s.model = g.model AND s.generation = g.number
WHERE g.state = 'in_use';

-- Runs before every statement that changes anything a model reads: what was computed earlier in this transaction may no
-- longer hold. A setting that is local to the transaction is rolled back with it, and with its savepoints, and costs a
-- microsecond where a table would cost a write.
CREATE OR REPLACE FUNCTION readmodel.forget_computed() RETURNS trigger
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

CREATE OR REPLACE FUNCTION readmodel.refuse_truncate() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'truncating % would leave its read models behind', TG_TABLE_NAME
        USING ERRCODE = 'feature_not_supported', HINT = 'Use DELETE.';
END
$$;

-- What a changed row adds depends on the rows it is joined with. They are read after the statement: had it changed them
-- too, the product of both changes would count twice. So one statement (WITH has room for several changes) may change one
-- table of a sum; the arguments are the others.
CREATE OR REPLACE FUNCTION readmodel.begin_sums() RETURNS trigger
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
            IF pg_catalog.strpos(changing, ';' || other || ';') > 0 THEN
                RAISE EXCEPTION 'one statement changes both % and %, which a read model adds up', other, TG_RELID::regclass
                    USING ERRCODE = 'feature_not_supported', HINT = 'Use one statement for each table.';
            END IF;
        END LOOP;
    END IF;
    ignored := pg_catalog.set_config(
        'readmodel.changing',
        CASE WHEN changing = '' THEN ';' ELSE changing END || TG_TABLE_SCHEMA || '.' || TG_TABLE_NAME || ';', true
    );
    RETURN NULL;
END
$$;

CREATE OR REPLACE FUNCTION readmodel.end_sums() RETURNS trigger
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

-- Called for each row of a materialized view that is computed, or verified. If the setting readmodel.pace is on, it rests
-- for about six times as long as the session was at work since it last rested: on a busy machine commands then have the
-- processor nearly all of the time. Twice as long left commands behind a million orders with three quarters of their
-- speed. It rests at one row in twenty, by chance, and adds one to the sequence that the setting readmodel.progress names:
-- numbers taken from a sequence are seen by everybody at once. It returns null.
CREATE OR REPLACE FUNCTION readmodel.pace() RETURNS boolean
LANGUAGE plpgsql AS $$
BEGIN
    IF pg_catalog.current_setting('readmodel.pace', true) = 'on' AND pg_catalog.random() < 0.05 THEN
        IF pg_catalog.current_setting('readmodel.progress', true) <> '' THEN
            PERFORM pg_catalog.nextval(pg_catalog.current_setting('readmodel.progress')::regclass);
        END IF;
        PERFORM pg_catalog.pg_sleep(0.006);
    END IF;
    RETURN NULL;
END
$$;

-- Computes what this transaction has changed so far. What it changes later is computed at its commit, as usual.
CREATE OR REPLACE FUNCTION readmodel.compute_now() RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    SET CONSTRAINTS ALL IMMEDIATE;
    SET CONSTRAINTS ALL DEFERRED;
END
$$;

-- Writes a time as the API does: RFC 3339 in UTC, whatever the time zone of the session. (Declared stable like to_json,
-- or it would be called rather than put in its place. Not declared safe for parallel plans: a refresh runs in one process
-- and leaves the other processors to commands, which go on meanwhile.)
CREATE OR REPLACE FUNCTION readmodel.rfc3339(moment timestamptz) RETURNS text
LANGUAGE sql STABLE
RETURN trim('"' FROM to_json(moment AT TIME ZONE 'UTC')::text) || 'Z';

-- expands: stock belongs to a location

-- +goose Up

-- No location is added meanwhile: it would have no levels.
LOCK TABLE public.locations IN SHARE ROW EXCLUSIVE MODE;

ALTER TABLE public.stock_levels ADD COLUMN location_id uuid;
ALTER TABLE public.stock_movements ADD COLUMN location_id uuid;

-- The stock that is there goes to the location that is there, and where there are several, to the one that most orders were
-- of: the others began when stock was still the chain's, and nothing tells what was in which house; a manager counts it. As a
-- default, the location is that of every row that is there without any being written. A chain that has counted stock, and
-- neither a dish nor a location, is a location from now on, as it would have been with a dish (00012).
--
-- Servers of the version before don't name a location. What they change is changed at that same location, or, if there was
-- none, at the first that was made: of a chain with several, only servers that know its locations should take orders.
-- +goose StatementBegin
DO $$
DECLARE
    home uuid;
BEGIN
    IF EXISTS (SELECT FROM public.stock_movements) AND NOT EXISTS (SELECT FROM public.locations) THEN
        INSERT INTO public.locations (
            id, name, slug, street, city, postal_code, time_zone, day_ends_at, currency, prices_include_tax, delivery_fee, version, created_at, updated_at
        )
        VALUES (pg_catalog.gen_random_uuid(), 'Our pizzeria', 'shop-usd', '-', '-', '-', 'UTC', 0, 'USD', false, 0, 1, now(), now());
    END IF;
    SELECT l.id
    INTO home
    FROM public.locations AS l
    ORDER BY (SELECT count(*) FROM public.orders AS o WHERE o.location_id = l.id) DESC, l.created_at, l.id
    LIMIT 1;
    IF home IS NOT NULL THEN
        EXECUTE format('ALTER TABLE public.stock_levels DROP COLUMN location_id, ADD COLUMN location_id uuid NOT NULL DEFAULT %L', home);
        EXECUTE format('ALTER TABLE public.stock_movements DROP COLUMN location_id, ADD COLUMN location_id uuid NOT NULL DEFAULT %L', home);
        ALTER TABLE public.stock_levels ALTER COLUMN location_id DROP DEFAULT;
    END IF;
    EXECUTE format(
        $function$
        CREATE FUNCTION public.unnamed_location() RETURNS uuid
        LANGUAGE sql STABLE
        RETURN (SELECT l.id FROM public.locations AS l ORDER BY l.id IS DISTINCT FROM %L::uuid, l.created_at, l.id LIMIT 1)
        $function$,
        home);
END
$$;
-- +goose StatementEnd

-- Without a location there is no stock, and so no level of it; the other locations have none yet. (To the menu of the version
-- before, a dish is sold out if it is anywhere: where there are several locations, it shows that until the next one is in use.)
DROP TRIGGER stock_levels_by_ingredient ON public.stock_levels;
DELETE FROM public.stock_levels WHERE location_id IS NULL;
INSERT INTO public.stock_levels (ingredient_id, location_id)
SELECT g.id, l.id
FROM public.ingredients AS g
CROSS JOIN public.locations AS l
WHERE NOT EXISTS (SELECT FROM public.stock_levels AS s WHERE s.ingredient_id = g.id AND s.location_id = l.id);
SET CONSTRAINTS ALL IMMEDIATE; -- what read models make of it; no table may be altered before that
SET CONSTRAINTS ALL DEFERRED;

ALTER TABLE public.stock_levels
    ALTER COLUMN location_id SET NOT NULL,
    ADD CONSTRAINT stock_levels_location_fkey FOREIGN KEY (location_id) REFERENCES public.locations (id) ON DELETE CASCADE;

-- No foreign key: what has moved is a level, which has one.
ALTER TABLE public.stock_movements
    ALTER COLUMN location_id SET NOT NULL,
    ALTER COLUMN location_id SET DEFAULT public.unnamed_location();

-- change_stock looks for the newest version of an ingredient's level at a location; recipes ask for those at all of them.
DROP INDEX public.stock_levels_newest_idx;
CREATE INDEX stock_levels_newest_idx ON public.stock_levels (ingredient_id, location_id, generation DESC);

-- Whoever calls this sees all locations that there will be until the transaction ends: none is added meanwhile. It is for what
-- has to be so at each location. It is called before anything is locked that a new location's transaction may wait for.
CREATE FUNCTION public.keep_locations() RETURNS void
LANGUAGE sql AS $$ SELECT pg_catalog.pg_advisory_xact_lock_shared(pg_catalog.hashtextextended('locations', 0)) $$;

-- One level for each ingredient and location: made with either, removed with either, and not otherwise.
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION public.add_stock_level() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM public.keep_locations();
    INSERT INTO public.stock_levels (ingredient_id, location_id)
    SELECT new.id, l.id FROM public.locations AS l ORDER BY l.id;
    RETURN NULL;
END
$$;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE FUNCTION public.add_stock_levels_of_location() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended('locations', 0));
    PERFORM pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended('what can be had', 0)); -- every dish is computed anew
    INSERT INTO public.stock_levels (ingredient_id, location_id)
    SELECT g.id, new.id FROM public.ingredients AS g ORDER BY g.id;
    RETURN NULL;
END
$$;
-- +goose StatementEnd

CREATE TRIGGER stock_levels_add AFTER INSERT ON public.locations
    FOR EACH ROW EXECUTE FUNCTION public.add_stock_levels_of_location();

-- +goose StatementBegin
CREATE OR REPLACE FUNCTION public.refuse_stock_level() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'stock levels come and go with their ingredients and locations' USING ERRCODE = 'restrict_violation';
END
$$;
-- +goose StatementEnd

CREATE TRIGGER stock_levels_by_ingredient BEFORE INSERT OR DELETE ON public.stock_levels
    FOR EACH ROW WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION public.refuse_stock_level();

CREATE TRIGGER stock_levels_keep_location BEFORE UPDATE OF location_id ON public.stock_levels
    FOR EACH ROW WHEN (old.location_id <> new.location_id) EXECUTE FUNCTION public.refuse_stock_level();

-- Adds the differences, a list of {"ingredient_id", "location_id", "on_hand", "reserved"}, to the levels, and returns those
-- that it added: an ingredient that doesn't reach, or isn't there, is left out. Without a location it is the one of servers
-- that name none. Levels are locked in the order of their locations' and ingredients' ids, so that two orders never wait for
-- each other, and each row is decided on as it is once it is locked. They are taken one by one, by a cursor, because a plan
-- for all of them would read the whole table: it is a page or two, says the planner, who doesn't count old versions.
--
-- It has no search_path of its own: triggers on the levels fire inside, and their functions, which other tables share,
-- would be planned anew at each change of it. What they read would be planned without scans of whole tables; so the menu
-- is computed outside, at the commit. Two orders can't each wait for a level that the other has: they lock theirs in the
-- order of the ids, and take turns on dishes only once they have all of them.
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION public.change_stock(differences json) RETURNS TABLE (ingredient_id uuid, on_hand bigint, reserved bigint)
LANGUAGE plpgsql
SET enable_seqscan = off
AS $$
#variable_conflict use_column
DECLARE
    difference record;
    newest     record;
    level CURSOR (id uuid, place uuid) FOR
        SELECT l.on_hand, l.reserved
        FROM public.stock_levels AS l
        WHERE l.ingredient_id = id AND l.location_id = place
        ORDER BY l.generation DESC
        LIMIT 1
        FOR NO KEY UPDATE;
BEGIN
    FOR difference IN
        SELECT d.ingredient_id, coalesce(d.location_id, public.unnamed_location()) AS location_id, d.on_hand, d.reserved
        FROM pg_catalog.json_to_recordset(differences) AS d (ingredient_id uuid, location_id uuid, on_hand bigint, reserved bigint)
        ORDER BY location_id, d.ingredient_id
    LOOP
        OPEN level (difference.ingredient_id, difference.location_id);
        FETCH level INTO newest;
        IF newest.on_hand + difference.on_hand >= newest.reserved + difference.reserved THEN
            UPDATE public.stock_levels AS l
            SET on_hand = l.on_hand + difference.on_hand, reserved = l.reserved + difference.reserved, changes = l.changes + 1
            WHERE CURRENT OF level;
            ingredient_id := difference.ingredient_id;
            on_hand := difference.on_hand;
            reserved := difference.reserved;
            RETURN NEXT;
        END IF;
        CLOSE level;
    END LOOP;
END
$$;
-- +goose StatementEnd

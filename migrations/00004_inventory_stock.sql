-- expands: ingredients, recipes and stock

-- +goose Up

-- The numbers of an ingredient, which nearly every order changes. As long as anybody's snapshot is open (a refresh of a
-- read model, pg_dump), none of a row's old versions can be removed, and whoever looks it up by a key that they all share
-- walks through them: orders became slower by the second. So the index leads to the newest version: 32 changes share a
-- generation, and so an entry, which saves most of them the work on the index; a new generation comes before the others.
-- It is not unique, because uniqueness is checked against all versions of a key; see stock_levels_by_ingredient.
CREATE TABLE public.stock_levels (
    ingredient_id uuid   NOT NULL REFERENCES public.ingredients (id) ON DELETE CASCADE,
    -- Units in the house, and the part of them promised to orders that are not finished.
    on_hand       bigint NOT NULL DEFAULT 0 CHECK (on_hand BETWEEN 0 AND 2147483647),
    reserved      bigint NOT NULL DEFAULT 0 CHECK (reserved >= 0),
    changes       bigint NOT NULL DEFAULT 0,
    generation    bigint NOT NULL GENERATED ALWAYS AS (changes / 32) STORED,
    CONSTRAINT stock_levels_never_oversold CHECK (reserved <= on_hand)
) WITH (fillfactor = 50);

-- change_stock looks for an ingredient's newest version.
CREATE INDEX stock_levels_newest_idx ON public.stock_levels (ingredient_id, generation DESC);

-- One level an ingredient: made with it, removed with it, and not otherwise.
-- +goose StatementBegin
CREATE FUNCTION public.add_stock_level() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO public.stock_levels (ingredient_id) VALUES (new.id);
    RETURN NULL;
END
$$;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE FUNCTION public.refuse_stock_level() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'stock levels come and go with their ingredients' USING ERRCODE = 'restrict_violation';
END
$$;
-- +goose StatementEnd

CREATE TRIGGER stock_levels_add AFTER INSERT ON public.ingredients
    FOR EACH ROW EXECUTE FUNCTION public.add_stock_level();

CREATE TRIGGER stock_levels_by_ingredient BEFORE INSERT OR DELETE ON public.stock_levels
    FOR EACH ROW WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION public.refuse_stock_level();

CREATE TRIGGER stock_levels_keep_ingredient BEFORE UPDATE OF ingredient_id ON public.stock_levels
    FOR EACH ROW WHEN (old.ingredient_id <> new.ingredient_id) EXECUTE FUNCTION public.refuse_stock_level();

-- Every change of stock, signed; on_hand and reserved of an ingredient are the sums of its movements.
CREATE TABLE public.stock_movements (
    id            bigint      PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    ingredient_id uuid        NOT NULL REFERENCES public.ingredients (id),
    order_id      uuid        REFERENCES public.orders (id),
    kind          text        NOT NULL CHECK (kind IN ('COUNTED', 'RESERVED', 'RELEASED', 'CONSUMED')),
    on_hand       bigint      NOT NULL,
    reserved      bigint      NOT NULL,
    at            timestamptz NOT NULL,
    CONSTRAINT stock_movements_kind_moves CHECK (
        CASE kind
            WHEN 'COUNTED' THEN reserved = 0 AND order_id IS NULL
            WHEN 'RESERVED' THEN on_hand = 0 AND reserved > 0 AND order_id IS NOT NULL
            WHEN 'RELEASED' THEN on_hand = 0 AND reserved < 0 AND order_id IS NOT NULL
            WHEN 'CONSUMED' THEN on_hand < 0 AND reserved = on_hand AND order_id IS NOT NULL
        END
    )
);

-- What an order still holds is asked when it ends; each order reserves, releases or consumes an ingredient once.
CREATE UNIQUE INDEX stock_movements_order_key ON public.stock_movements (order_id, ingredient_id, kind)
    WHERE order_id IS NOT NULL;

-- Adds the differences, a list of {"ingredient_id", "on_hand", "reserved"}, to the levels, and returns those that it
-- added: an ingredient that doesn't reach, or isn't there, is left out. Ingredients are locked in the order of their ids,
-- so that two orders never wait for each other, and each row is decided on as it is once it is locked. They are taken one
-- by one, by a cursor, because a plan for all of them would read the whole table: it is a page or two, says the planner,
-- who doesn't count old versions.
--
-- It has no search_path of its own: triggers on the levels fire inside, and their functions, which other tables share,
-- would be planned anew at each change of it. What they read would be planned without scans of whole tables; so the menu
-- is computed outside, at the commit. Two orders can't each wait for a level that the other has: they lock theirs in the
-- order of the ingredients' ids, and take turns on a dish only once they have all of them.
-- +goose StatementBegin
CREATE FUNCTION public.change_stock(differences json) RETURNS TABLE (ingredient_id uuid, on_hand bigint, reserved bigint)
LANGUAGE plpgsql
SET enable_seqscan = off
AS $$
#variable_conflict use_column
DECLARE
    difference record;
    newest     record;
    level CURSOR (id uuid) FOR
        SELECT l.on_hand, l.reserved
        FROM public.stock_levels AS l
        WHERE l.ingredient_id = id
        ORDER BY l.generation DESC
        LIMIT 1
        FOR NO KEY UPDATE;
BEGIN
    FOR difference IN
        SELECT d.ingredient_id, d.on_hand, d.reserved
        FROM pg_catalog.json_to_recordset(differences) AS d (ingredient_id uuid, on_hand bigint, reserved bigint)
        ORDER BY d.ingredient_id
    LOOP
        OPEN level (difference.ingredient_id);
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

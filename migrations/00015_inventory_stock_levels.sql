-- +goose Up

LOCK TABLE public.ingredients; -- nobody changes a number that has been copied

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

INSERT INTO public.stock_levels (ingredient_id, on_hand, reserved)
SELECT g.id, g.on_hand, g.reserved FROM public.ingredients AS g;

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

-- Adds the differences, a list of {"ingredient_id", "on_hand", "reserved"}, to the levels, and returns those that it
-- added: an ingredient that doesn't reach, or isn't there, is left out. Ingredients are locked in the order of their ids,
-- so that two orders never wait for each other, and each row is decided on as it is once it is locked. They are taken one
-- by one, by a cursor, because a plan for all of them would read the whole table: it is a page or two, says the planner,
-- who doesn't count old versions.
-- +goose StatementBegin
CREATE FUNCTION public.change_stock(differences json) RETURNS TABLE (ingredient_id uuid, on_hand bigint, reserved bigint)
LANGUAGE plpgsql
SET search_path = ''
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
        FROM json_to_recordset(differences) AS d (ingredient_id uuid, on_hand bigint, reserved bigint)
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

SELECT readmodel.drop_row_model('menu');
DROP TRIGGER readmodel_forget_computed ON public.ingredients;
DROP TRIGGER readmodel_refuse_truncate ON public.ingredients;

DROP VIEW public.ingredient_view;
ALTER TABLE public.ingredients DROP COLUMN on_hand, DROP COLUMN reserved;

-- Stock is always asked for as it is now: a plain view, nothing to keep fresh.
CREATE VIEW public.ingredient_view AS
SELECT
    g.id,
    g.name,
    l.on_hand,
    l.reserved,
    l.on_hand - l.reserved AS available,
    g.low_threshold
FROM public.ingredients AS g
JOIN public.stock_levels AS l ON l.ingredient_id = g.id;

-- What can be seen on the menu. Archived items are gone.
CREATE VIEW public.menu_source AS
SELECT
    m.id,
    m.name,
    m.description,
    m.category,
    (
        SELECT json_agg(
            json_build_object('size', p.size, 'price', p.price_cents)
            ORDER BY array_position(ARRAY['SMALL', 'MEDIUM', 'LARGE', 'ONE_SIZE'], p.size)
        )
        FROM public.menu_item_prices AS p
        WHERE p.menu_item_id = m.id
    ) AS prices,
    to_json(m.allergens) AS allergens,
    m.is_available AND NOT EXISTS (
        SELECT
        FROM public.recipes AS r
        JOIN public.stock_levels AS l ON l.ingredient_id = r.ingredient_id
        WHERE r.menu_item_id = m.id AND l.on_hand - l.reserved < r.quantity
    ) AS is_available,
    m.version
FROM public.menu_items AS m
WHERE m.archived_at IS NULL;

SELECT readmodel.create_row_model('menu', 'public.menu_items', 'id');
SELECT readmodel.watch('menu', 'public.menu_items', 'row.id');
SELECT readmodel.watch('menu', 'public.menu_item_prices', 'row.menu_item_id');
-- Whoever changes a recipe takes turns with those who change that ingredient's stock, or neither would see the other.
SELECT readmodel.watch(
    'menu', 'public.recipes', 'row.menu_item_id',
    claim => readmodel.claim('public.stock_levels', 'ingredient_id', 'row.ingredient_id')
);
-- Nearly every order changes stock; only a change that makes an item available, or not, is worth computing it.
SELECT readmodel.watch(
    'menu', 'public.stock_levels',
    'SELECT r.menu_item_id FROM public.recipes AS r WHERE r.ingredient_id = row.ingredient_id ORDER BY 1',
    keys_on_update => 'SELECT r.menu_item_id FROM public.recipes AS r
        WHERE r.ingredient_id = new.ingredient_id
            AND (old.on_hand - old.reserved < r.quantity) <> (new.on_hand - new.reserved < r.quantity)
        ORDER BY 1'
);

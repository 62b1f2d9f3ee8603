-- +goose Up

-- Computes what this transaction has changed so far. What it changes later is computed at its commit, as usual.
-- +goose StatementBegin
CREATE FUNCTION readmodel.compute_now() RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    SET CONSTRAINTS ALL IMMEDIATE;
    SET CONSTRAINTS ALL DEFERRED;
END
$$;
-- +goose StatementEnd

-- As in 00015_inventory_stock_levels.sql, but without a search_path of its own: triggers on the levels fire inside, and
-- their functions, which other tables share, would be planned anew at each change of it. What they read would be planned
-- without scans of whole tables; so the menu is computed outside, at the commit.
--
-- Two orders can't each wait for a level that the other has, then: they lock theirs in the order of the ingredients' ids,
-- and take turns on a dish only once they have all of them.
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION public.change_stock(differences json) RETURNS TABLE (ingredient_id uuid, on_hand bigint, reserved bigint)
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

-- Left out when 00015 built the model anew: rows that fit on a page are stored as they are.
ALTER TABLE public.menu_fresh SET (toast_tuple_target = 8160);

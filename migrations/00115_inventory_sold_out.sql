-- expands: an ingredient can be sold out by hand at a location, whatever was counted

-- +goose Up

ALTER TABLE public.stock_levels
    -- Since when somebody says that there is none to sell; null: nobody does. What is promised stays promised.
    ADD COLUMN sold_out_since timestamptz,
    -- When that ends by itself; null: until further notice. It stays once that has come: an order that was placed before it isn't
    -- accepted after it.
    ADD COLUMN sold_out_until timestamptz,
    ADD COLUMN sold_out_reason text,
    ADD CONSTRAINT stock_levels_sold_out_ends CHECK (sold_out_until > sold_out_since),
    ADD CONSTRAINT stock_levels_sold_out_reason CHECK (sold_out_reason IS NULL OR sold_out_since IS NOT NULL);

-- Servers look for what is sold out and ends next (inventorystore.Store.EndingBy). Orders change neither column, and so no entry.
CREATE INDEX stock_levels_sold_out_idx ON public.stock_levels (sold_out_until) WHERE sold_out_since IS NOT NULL;

-- What can be sold of a level. All read models ask this; whether an order gets it, change_stock decides, by the order's time.
CREATE FUNCTION public.available_units(on_hand bigint, reserved bigint, sold_out_since timestamptz) RETURNS bigint
LANGUAGE sql IMMUTABLE
RETURN CASE WHEN sold_out_since IS NULL THEN on_hand - reserved ELSE 0 END;

-- Tells whether a level is sold at a moment: it isn't before its end, whether a server has noticed that or not, nor, without an
-- end, as long as it is sold out.
CREATE FUNCTION public.sold_at(moment timestamptz, sold_out_since timestamptz, sold_out_until timestamptz) RETURNS boolean
LANGUAGE sql IMMUTABLE
RETURN coalesce(moment >= sold_out_until, sold_out_since IS NULL);

-- As before (00013), and refuses to promise more of what is sold out at the moment "at" of the difference; without one, now.
-- Servers of the version before give none.
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
        SELECT l.on_hand, l.reserved, l.sold_out_since, l.sold_out_until
        FROM public.stock_levels AS l
        WHERE l.ingredient_id = id AND l.location_id = place
        ORDER BY l.generation DESC
        LIMIT 1
        FOR NO KEY UPDATE;
BEGIN
    FOR difference IN
        SELECT
            d.ingredient_id,
            coalesce(d.location_id, public.unnamed_location()) AS location_id,
            d.on_hand,
            d.reserved,
            coalesce(d.at, pg_catalog.clock_timestamp()) AS at
        FROM pg_catalog.json_to_recordset(differences) AS d (ingredient_id uuid, location_id uuid, on_hand bigint, reserved bigint, at timestamptz)
        ORDER BY location_id, d.ingredient_id
    LOOP
        OPEN level (difference.ingredient_id, difference.location_id);
        FETCH level INTO newest;
        IF newest.on_hand + difference.on_hand >= newest.reserved + difference.reserved
            AND (difference.reserved <= 0 OR public.sold_at(difference.at, newest.sold_out_since, newest.sold_out_until))
        THEN
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

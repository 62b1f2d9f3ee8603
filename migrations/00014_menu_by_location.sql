-- expands: prices and availability of a dish by location

-- +goose Up

-- What a location does otherwise than the catalogue; most dishes have no row. All of it is the manager's.
CREATE TABLE public.menu_item_locations (
    menu_item_id uuid    NOT NULL REFERENCES public.menu_items (id) ON DELETE CASCADE,
    location_id  uuid    NOT NULL REFERENCES public.locations (id) ON DELETE CASCADE,
    -- Null: offered there if it is offered everywhere (menu_items.is_available).
    is_available boolean,
    PRIMARY KEY (menu_item_id, location_id)
);

-- Prices that differ from menu_item_prices, of sizes that are sold.
CREATE TABLE public.menu_item_location_prices (
    menu_item_id uuid   NOT NULL,
    location_id  uuid   NOT NULL,
    size         text   NOT NULL CHECK (size IN ('SMALL', 'MEDIUM', 'LARGE', 'ONE_SIZE')),
    price_cents  bigint NOT NULL CHECK (price_cents BETWEEN 0 AND 100000000),
    PRIMARY KEY (menu_item_id, location_id, size),
    FOREIGN KEY (menu_item_id, location_id) REFERENCES public.menu_item_locations (menu_item_id, location_id) ON DELETE CASCADE
);

-- What a portion takes of an ingredient, given what a medium or one-size one takes: menu.Size.Portion in SQL.
CREATE FUNCTION public.portion(medium integer, size text) RETURNS integer
LANGUAGE sql IMMUTABLE
RETURN CASE size WHEN 'SMALL' THEN (medium * 3 + 3) / 4 WHEN 'LARGE' THEN (medium * 3 + 1) / 2 ELSE medium END;

-- Tells whether a change of stock makes some size of a dish available, or not: then it is true, and the transaction takes
-- turns, until it ends, with all others that change what can be had. Orders of two locations may each make the same two dishes
-- unavailable, in another order; in turns, neither waits for a dish that the other has computed.
-- +goose StatementBegin
CREATE FUNCTION public.changes_what_can_be_had(medium integer, before bigint, after bigint) RETURNS boolean
LANGUAGE plpgsql AS $$
BEGIN
    IF (before < medium) = (after < medium)
        AND (before < public.portion(medium, 'SMALL')) = (after < public.portion(medium, 'SMALL'))
        AND (before < public.portion(medium, 'LARGE')) = (after < public.portion(medium, 'LARGE'))
    THEN
        RETURN false;
    END IF;
    PERFORM pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended('what can be had', 0));
    RETURN true;
END
$$;
-- +goose StatementEnd

-- Appends an event where a menu item can be had now, or no longer, and no command has told that: stock that orders, counts
-- or cancellations have changed. The read model of the menu calls it when it has computed the item anew. It then holds the
-- item's row, as whoever appends to the item's stream does: so the next version is free, and what was told last was told
-- by a transaction that has committed, or by this one. Every event of a menu item tells where it could be had then, and an
-- event of stock belongs to the location where that has changed: it is no news elsewhere.
--
-- Of a menu, or by a server, of the version before only one thing is known: whether the item could be had. Then the event is
-- for all locations, and so it is where something else than stock has changed that, and no command told it.
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION public.tell_availability(item uuid) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    told  record;
    shown record;
    place record;
BEGIN
    IF pg_catalog.to_regclass('public.menu_fresh') IS NULL THEN
        RETURN; -- the first generation is in the making: nobody is shown a menu yet
    END IF;
    -- Only what this transaction has computed counts. Of two generations the one that isn't in use may be computed first, and
    -- the view still show what was before, of which nothing is to be told; and under REPEATABLE READ it shows the row that a
    -- sweep has deleted meanwhile, too.
    SELECT
        NOT f.tombstone AND f.is_available AS is_available,
        CASE WHEN f.tombstone THEN '[]'::jsonb ELSE pg_catalog.to_jsonb(f) -> 'sold_out' END AS sold_out
    INTO shown
    FROM public.menu_fresh AS f
    WHERE f.id = item AND f.xid = pg_catalog.pg_current_xact_id();
    IF NOT FOUND THEN
        RETURN; -- the generation in use comes later in this transaction
    END IF;
    SELECT
        coalesce(e.version, 0) AS version,
        coalesce((e.payload ->> 'isAvailable')::boolean, false) AS is_available,
        e.payload -> 'soldOut' AS sold_out
    INTO told
    FROM (SELECT) AS always
    LEFT JOIN (
        SELECT n.version, n.payload FROM public.events AS n WHERE n.stream_id = item ORDER BY n.version DESC LIMIT 1
    ) AS e ON true;
    FOR place IN
        SELECT NULL::uuid AS id, shown.is_available AS better
        WHERE told.is_available <> shown.is_available AND (told.sold_out = shown.sold_out) IS NOT FALSE
            OR told.sold_out IS NULL AND shown.sold_out <> '[]'
        UNION ALL
        -- A location that has sold out of other sizes than before; what has come back is told as such only if nothing else has
        -- run out.
        SELECT coalesce(b.id, a.id), coalesce(a.sizes, '[]') <@ coalesce(b.sizes, '[]')
        FROM (
            SELECT (s ->> 'locationId')::uuid AS id, s -> 'sizes' AS sizes FROM pg_catalog.jsonb_array_elements(told.sold_out) AS s
        ) AS b
        FULL JOIN (
            SELECT (s ->> 'locationId')::uuid AS id, s -> 'sizes' AS sizes FROM pg_catalog.jsonb_array_elements(shown.sold_out) AS s
        ) AS a ON a.id = b.id
        WHERE told.sold_out IS NOT NULL AND shown.sold_out IS NOT NULL AND b.sizes IS DISTINCT FROM a.sizes
        ORDER BY id
    LOOP
        told.version := told.version + 1;
        INSERT INTO public.events (at, stream, stream_id, location_id, version, type, payload, actor_role)
        VALUES (
            pg_catalog.clock_timestamp(), 'MENU_ITEM', item, place.id, told.version,
            CASE WHEN place.better THEN 'BACK_IN_STOCK' ELSE 'SOLD_OUT' END,
            pg_catalog.jsonb_build_object('isAvailable', shown.is_available) || CASE
                WHEN shown.sold_out IS NULL THEN '{}' ELSE pg_catalog.jsonb_build_object('soldOut', shown.sold_out)
            END,
            'SYSTEM'
        );
    END LOOP;
END
$$;
-- +goose StatementEnd

-- expands: allergens are the fourteen, of ingredients and dishes, and ingredients tell for which diet they are

-- +goose Up

ALTER TABLE public.ingredients
    ADD COLUMN allergens text[] NOT NULL DEFAULT '{}',
    -- The strictest that it is fit for; null: neither.
    ADD COLUMN diet text CHECK (diet IN ('VEGAN', 'VEGETARIAN')),
    -- Counts the changes of all but the stock.
    ADD COLUMN version integer NOT NULL DEFAULT 1 CHECK (version > 0),
    ADD CONSTRAINT ingredients_allergens_known CHECK (allergens <@ ARRAY[
        'CELERY', 'CRUSTACEANS', 'EGGS', 'FISH', 'GLUTEN', 'LUPIN', 'MILK', 'MOLLUSCS', 'MUSTARD', 'NUTS', 'PEANUTS', 'SESAME', 'SOYA', 'SULPHITES'
    ]);

-- Which of the fourteen somebody meant who wrote an allergen as a text, as servers of earlier versions let them; none, if it is
-- none of these.
CREATE FUNCTION public.allergens_meant(written text) RETURNS text[]
LANGUAGE sql IMMUTABLE
RETURN CASE upper(btrim(written) COLLATE "C")
    WHEN 'CELERY' THEN ARRAY['CELERY']
    WHEN 'CELERIAC' THEN ARRAY['CELERY']
    WHEN 'CRUSTACEAN' THEN ARRAY['CRUSTACEANS']
    WHEN 'CRUSTACEANS' THEN ARRAY['CRUSTACEANS']
    WHEN 'PRAWNS' THEN ARRAY['CRUSTACEANS']
    WHEN 'SHRIMP' THEN ARRAY['CRUSTACEANS']
    WHEN 'SHELLFISH' THEN ARRAY['CRUSTACEANS', 'MOLLUSCS']
    WHEN 'EGG' THEN ARRAY['EGGS']
    WHEN 'EGGS' THEN ARRAY['EGGS']
    WHEN 'FISH' THEN ARRAY['FISH']
    WHEN 'GLUTEN' THEN ARRAY['GLUTEN']
    WHEN 'WHEAT' THEN ARRAY['GLUTEN']
    WHEN 'RYE' THEN ARRAY['GLUTEN']
    WHEN 'BARLEY' THEN ARRAY['GLUTEN']
    WHEN 'OATS' THEN ARRAY['GLUTEN']
    WHEN 'CEREALS CONTAINING GLUTEN' THEN ARRAY['GLUTEN']
    WHEN 'LUPIN' THEN ARRAY['LUPIN']
    WHEN 'LUPINS' THEN ARRAY['LUPIN']
    WHEN 'LUPINE' THEN ARRAY['LUPIN']
    WHEN 'MILK' THEN ARRAY['MILK']
    WHEN 'DAIRY' THEN ARRAY['MILK']
    WHEN 'LACTOSE' THEN ARRAY['MILK']
    WHEN 'MOLLUSC' THEN ARRAY['MOLLUSCS']
    WHEN 'MOLLUSCS' THEN ARRAY['MOLLUSCS']
    WHEN 'MOLLUSKS' THEN ARRAY['MOLLUSCS']
    WHEN 'MUSTARD' THEN ARRAY['MUSTARD']
    WHEN 'NUT' THEN ARRAY['NUTS']
    WHEN 'NUTS' THEN ARRAY['NUTS']
    WHEN 'TREE NUTS' THEN ARRAY['NUTS']
    WHEN 'ALMONDS' THEN ARRAY['NUTS']
    WHEN 'HAZELNUTS' THEN ARRAY['NUTS']
    WHEN 'WALNUTS' THEN ARRAY['NUTS']
    WHEN 'PISTACHIOS' THEN ARRAY['NUTS']
    WHEN 'PEANUT' THEN ARRAY['PEANUTS']
    WHEN 'PEANUTS' THEN ARRAY['PEANUTS']
    WHEN 'SESAME' THEN ARRAY['SESAME']
    WHEN 'SESAME SEEDS' THEN ARRAY['SESAME']
    WHEN 'SOY' THEN ARRAY['SOYA']
    WHEN 'SOYA' THEN ARRAY['SOYA']
    WHEN 'SOYBEANS' THEN ARRAY['SOYA']
    WHEN 'SULPHITES' THEN ARRAY['SULPHITES']
    WHEN 'SULFITES' THEN ARRAY['SULPHITES']
    WHEN 'SULPHUR DIOXIDE' THEN ARRAY['SULPHITES']
    WHEN 'SULFUR DIOXIDE' THEN ARRAY['SULPHITES']
    ELSE '{}'::text[]
END;

-- Replaces texts by what they mean. What they mean isn't known of each: such a text goes to the end of the description, where
-- customers still read it. Servers of the version before go on writing texts.
-- +goose StatementBegin
CREATE FUNCTION public.name_allergens() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    unknown text;
BEGIN
    SELECT string_agg(a.written, ', ' ORDER BY a.place)
    INTO unknown
    FROM unnest(new.allergens) WITH ORDINALITY AS a (written, place)
    WHERE public.allergens_meant(a.written) = '{}';
    new.allergens := ARRAY(
        SELECT meant.name
        FROM unnest(new.allergens) AS a (written)
        CROSS JOIN LATERAL unnest(public.allergens_meant(a.written)) AS meant (name)
        GROUP BY meant.name
        ORDER BY meant.name COLLATE "C"
    );
    IF unknown IS NOT NULL THEN
        new.description := concat_ws(E'\n', nullif(new.description, ''), 'Allergens: ' || unknown);
    END IF;
    RETURN new;
END
$$;
-- +goose StatementEnd

CREATE TRIGGER menu_items_name_allergens BEFORE INSERT OR UPDATE OF allergens ON public.menu_items
    FOR EACH ROW EXECUTE FUNCTION public.name_allergens();

-- A description has 2000 characters; room for twenty texts of 60 more.
ALTER TABLE public.menu_items
    DROP CONSTRAINT menu_items_description_check,
    ADD CONSTRAINT menu_items_description_check CHECK (length(description) <= 3500);

UPDATE public.menu_items AS m SET allergens = m.allergens WHERE m.allergens <> '{}';
SET CONSTRAINTS ALL IMMEDIATE; -- what read models make of it; no table may be altered before that
SET CONSTRAINTS ALL DEFERRED;

-- What a dish has beside what its ingredients have.
ALTER TABLE public.menu_items
    ADD CONSTRAINT menu_items_allergens_known CHECK (allergens <@ ARRAY[
        'CELERY', 'CRUSTACEANS', 'EGGS', 'FISH', 'GLUTEN', 'LUPIN', 'MILK', 'MOLLUSCS', 'MUSTARD', 'NUTS', 'PEANUTS', 'SESAME', 'SOYA', 'SULPHITES'
    ]);

-- Appends an event where a menu item is shown otherwise now, and no command has told that: can be had now, or no longer, in a
-- size or with an option, because orders, counts or cancellations have changed stock; or is made of or offered with something that
-- has changed by itself, an ingredient or an option group (PARTS_CHANGED). The read model of the menu calls it when it has
-- computed the item anew. It then holds the item's row, as whoever appends to the item's stream does: so the next version is
-- free, and what was told last was told by a transaction that has committed, or by this one. Every event of a menu item tells
-- where it could be had then, and by a digest how it was shown (`shows`). An event of stock belongs to the location where
-- something has changed: it is no news elsewhere.
--
-- Of a menu, or by a server, of the version before less is known: what it doesn't tell of is as it was. Where only one thing is
-- known, whether the item could be had, the event is for all locations, and so it is where something else than stock has changed
-- that, and no command told it.
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION public.tell_availability(item uuid) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    told  record;
    shown record;
    event record;
BEGIN
    IF pg_catalog.to_regclass('public.menu_fresh') IS NULL THEN
        RETURN; -- the first generation is in the making: nobody is shown a menu yet
    END IF;
    SELECT
        coalesce(e.version, 0) AS version,
        coalesce((e.payload ->> 'isAvailable')::boolean, false) AS is_available,
        e.payload -> 'soldOut' AS sold_out,
        coalesce(e.payload -> 'optionsSoldOut', '[]') AS options_sold_out,
        e.payload ->> 'shows' AS shows
    INTO told
    FROM (SELECT) AS always
    LEFT JOIN (
        SELECT n.version, n.payload FROM public.events AS n WHERE n.stream_id = item ORDER BY n.version DESC LIMIT 1
    ) AS e ON true;
    -- Only what this transaction has computed counts. Of two generations the one that isn't in use may be computed first, and
    -- the view still show what was before, of which nothing is to be told; and under REPEATABLE READ it shows the row that a
    -- sweep has deleted meanwhile, too.
    SELECT
        NOT f.tombstone AND f.is_available AS is_available,
        CASE WHEN f.tombstone THEN '[]'::jsonb ELSE of.fields -> 'sold_out' END AS sold_out,
        CASE WHEN f.tombstone THEN '[]'::jsonb ELSE coalesce(of.fields -> 'options_sold_out', told.options_sold_out) END AS options_sold_out,
        CASE WHEN f.tombstone THEN told.shows ELSE coalesce(of.fields ->> 'shows', told.shows) END AS shows
    INTO shown
    FROM public.menu_fresh AS f
    CROSS JOIN LATERAL (SELECT pg_catalog.to_jsonb(f) AS fields OFFSET 0) AS of
    WHERE f.id = item AND f.xid = pg_catalog.pg_current_xact_id();
    IF NOT FOUND THEN
        RETURN; -- the generation in use comes later in this transaction
    END IF;
    FOR event IN
        SELECT NULL::uuid AS place, 'PARTS_CHANGED' AS type
        WHERE told.shows <> shown.shows
        UNION ALL
        SELECT NULL, CASE WHEN shown.is_available THEN 'BACK_IN_STOCK' ELSE 'SOLD_OUT' END
        WHERE (told.shows <> shown.shows) IS NOT TRUE AND (
            told.is_available <> shown.is_available AND (told.sold_out = shown.sold_out) IS NOT FALSE
            OR told.sold_out IS NULL AND shown.sold_out <> '[]'
        )
        UNION ALL
        -- A location that has sold out of other sizes or options than before; what has come back is told as such only if nothing
        -- else has run out.
        SELECT
            coalesce(b.id, a.id),
            CASE WHEN coalesce(a.gone, '[]') <@ coalesce(b.gone, '[]') THEN 'BACK_IN_STOCK' ELSE 'SOLD_OUT' END
        FROM (
            SELECT (s.entry ->> 'locationId')::uuid AS id, pg_catalog.jsonb_agg(s.entry ORDER BY s.place) AS gone
            FROM pg_catalog.jsonb_array_elements(told.sold_out || told.options_sold_out) WITH ORDINALITY AS s (entry, place)
            GROUP BY s.entry ->> 'locationId'
        ) AS b
        FULL JOIN (
            SELECT (s.entry ->> 'locationId')::uuid AS id, pg_catalog.jsonb_agg(s.entry ORDER BY s.place) AS gone
            FROM pg_catalog.jsonb_array_elements(shown.sold_out || shown.options_sold_out) WITH ORDINALITY AS s (entry, place)
            GROUP BY s.entry ->> 'locationId'
        ) AS a ON a.id = b.id
        WHERE (told.shows <> shown.shows) IS NOT TRUE AND told.sold_out IS NOT NULL AND shown.sold_out IS NOT NULL AND b.gone IS DISTINCT FROM a.gone
        ORDER BY place
    LOOP
        told.version := told.version + 1;
        INSERT INTO public.events (at, stream, stream_id, location_id, version, type, payload, actor_role)
        VALUES (
            pg_catalog.clock_timestamp(), 'MENU_ITEM', item, event.place, told.version, event.type,
            pg_catalog.jsonb_strip_nulls(pg_catalog.jsonb_build_object(
                'isAvailable', shown.is_available, 'soldOut', shown.sold_out, 'optionsSoldOut', nullif(shown.options_sold_out, '[]'), 'shows', shown.shows
            )),
            'SYSTEM'
        );
    END LOOP;
END
$$;
-- +goose StatementEnd

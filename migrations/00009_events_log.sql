-- expands: one log of what happened, to anything

-- +goose Up

-- What happened, to anything: one log for all aggregates. A stream is one aggregate's events, from version 1 on without
-- gaps. An order's timeline, an audit and every subscription are reads of it. Rows are never updated or deleted. `xid` lets
-- a reader tell exactly which rows became visible since it looked last.
CREATE TABLE public.events (
    position   bigint      PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    xid        xid8        NOT NULL DEFAULT pg_current_xact_id(),
    at         timestamptz NOT NULL,
    -- The kind of aggregate: ORDER, MENU_ITEM, INGREDIENT, ACCOUNT. No two aggregates share an id, of whatever kind.
    stream     text        NOT NULL,
    stream_id  uuid        NOT NULL,
    version    integer     NOT NULL CHECK (version > 0),
    type       text        NOT NULL,
    -- The aggregate's state before and after, of those that have states. (In the payload they would cost an order's document,
    -- which has them for each event, a tenth of its computing.)
    from_state text,
    to_state   text,
    -- What else the feature remembers of it. Nothing of a person that the person may have forgotten.
    payload    jsonb       NOT NULL,
    -- Who did it, and what they were called then; the server itself has neither id nor name.
    actor_role text        NOT NULL CHECK (actor_role IN ('CUSTOMER', 'GUEST', 'COOK', 'DRIVER', 'MANAGER', 'SYSTEM')),
    actor_id   uuid,
    actor_name text,
    reason     text,
    CONSTRAINT events_version_key UNIQUE (stream_id, version)
);

-- The tail reads what its last snapshot did not show.
CREATE INDEX events_xid_idx ON public.events (xid);

-- So does a reader of a quiet stream who was away while a hundred thousand orders went by.
CREATE INDEX events_but_orders_xid_idx ON public.events (xid) WHERE stream <> 'ORDER';

-- +goose StatementBegin
CREATE FUNCTION public.events_are_final() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'events are never changed' USING ERRCODE = 'restrict_violation';
END
$$;
-- +goose StatementEnd

CREATE TRIGGER events_are_final
    BEFORE UPDATE OR DELETE OR TRUNCATE ON public.events
    FOR EACH STATEMENT EXECUTE FUNCTION public.events_are_final();

-- Appends an event where a menu item can be had now, or no longer, and no command has told that: stock that orders, counts
-- or cancellations have changed. The read model of the menu calls it when it has computed the item anew. It then holds the
-- item's row, as whoever appends to the item's stream does: so the next version is free, and what was told last was told
-- by a transaction that has committed, or by this one. Every event of a menu item tells whether it could be had then.
-- +goose StatementBegin
CREATE FUNCTION public.tell_availability(item uuid) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    told  record;
    shown boolean;
BEGIN
    IF pg_catalog.to_regclass('public.menu_fresh') IS NULL THEN
        RETURN; -- the first generation is in the making: nobody is shown a menu yet
    END IF;
    -- Only what this transaction has computed counts. Of two generations the one that isn't in use may be computed first, and
    -- the view still show what was before, of which nothing is to be told; and under REPEATABLE READ it shows the row that a
    -- sweep has deleted meanwhile, too.
    SELECT NOT f.tombstone AND f.is_available
    INTO shown
    FROM public.menu_fresh AS f
    WHERE f.id = item AND f.xid = pg_catalog.pg_current_xact_id();
    IF NOT FOUND THEN
        RETURN; -- the generation in use comes later in this transaction
    END IF;
    SELECT e.version, (e.payload ->> 'isAvailable')::boolean AS is_available
    INTO told
    FROM public.events AS e
    WHERE e.stream_id = item
    ORDER BY e.version DESC
    LIMIT 1;
    IF coalesce(told.is_available, false) <> shown THEN
        INSERT INTO public.events (at, stream, stream_id, version, type, payload, actor_role)
        VALUES (
            pg_catalog.clock_timestamp(), 'MENU_ITEM', item, coalesce(told.version, 0) + 1,
            CASE WHEN shown THEN 'BACK_IN_STOCK' ELSE 'SOLD_OUT' END,
            pg_catalog.jsonb_build_object('isAvailable', shown), 'SYSTEM'
        );
    END IF;
END
$$;
-- +goose StatementEnd

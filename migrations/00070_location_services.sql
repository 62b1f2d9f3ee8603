-- expands: what a location offers when, where it delivers, and what its kitchen can make at once

-- +goose Up

-- A fulfillment of which nothing was set has no row: it is offered always. Hours and special days are read, and replaced, as a
-- whole.
CREATE TABLE public.location_services (
    location_id       uuid        NOT NULL REFERENCES public.locations (id) ON DELETE CASCADE,
    fulfillment       text        NOT NULL CHECK (fulfillment IN ('DELIVERY', 'PICKUP')),
    -- A list of {"weekday", "opens", "closes"}.
    hours             jsonb       NOT NULL,
    -- A list of {"date", "hours": a list of {"opens", "closes"}}, by date.
    special_days      jsonb       NOT NULL,
    last_order_before integer     NOT NULL CHECK (last_order_before BETWEEN 0 AND 1440),
    lead_minutes      integer     NOT NULL CHECK (lead_minutes BETWEEN 0 AND 10080),
    slot_minutes      integer     NOT NULL CHECK (slot_minutes BETWEEN 5 AND 240),
    max_days_ahead    integer     NOT NULL CHECK (max_days_ahead BETWEEN 0 AND 30),
    paused_until      timestamptz,
    pause_reason      text        CHECK (length(pause_reason) BETWEEN 1 AND 200),
    PRIMARY KEY (location_id, fulfillment),
    CONSTRAINT location_services_pause_has_reason CHECK ((paused_until IS NULL) = (pause_reason IS NULL))
);

-- Where a location delivers: the first zone that has a postal code is the one. Without any it delivers anywhere.
CREATE TABLE public.delivery_zones (
    id            uuid    PRIMARY KEY,
    location_id   uuid    NOT NULL REFERENCES public.locations (id) ON DELETE CASCADE,
    position      integer NOT NULL CHECK (position > 0),
    name          text    NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
    -- Letters and digits in capitals; one that ends in * is for all that begin so.
    postal_codes  text[]  NOT NULL CHECK (cardinality(postal_codes) BETWEEN 1 AND 1000),
    fee           bigint  NOT NULL CHECK (fee BETWEEN 0 AND 100000000),
    minimum_order bigint  NOT NULL CHECK (minimum_order BETWEEN 0 AND 100000000),
    -- From the kitchen to the door.
    minutes       integer NOT NULL CHECK (minutes BETWEEN 0 AND 240),
    -- A new order looks for its zone by the location.
    CONSTRAINT delivery_zones_position_key UNIQUE (location_id, position)
);

ALTER TABLE public.locations
    ADD COLUMN oven_places      integer NOT NULL DEFAULT 6 CHECK (oven_places BETWEEN 1 AND 200),
    ADD COLUMN bake_seconds     integer NOT NULL DEFAULT 300 CHECK (bake_seconds BETWEEN 30 AND 3600),
    ADD COLUMN cooks            integer NOT NULL DEFAULT 4 CHECK (cooks BETWEEN 1 AND 100),
    ADD COLUMN make_seconds     integer NOT NULL DEFAULT 420 CHECK (make_seconds BETWEEN 0 AND 7200),
    ADD COLUMN delivery_minutes integer NOT NULL DEFAULT 25 CHECK (delivery_minutes BETWEEN 0 AND 240);

-- expands: a kitchen has stations, and dishes have routes through them

-- +goose Up

-- Where something is done to what is ordered. Stations that were taken away stay, since what was done there is told for good.
CREATE TABLE public.stations (
    id          uuid        PRIMARY KEY,
    location_id uuid        NOT NULL REFERENCES public.locations (id) ON DELETE CASCADE,
    name        text        NOT NULL,
    -- In the order of the work, from 1; null once it was taken away.
    position    integer     CHECK (position > 0),
    -- Things at once; null is any number.
    capacity    integer     CHECK (capacity > 0),
    is_expo     boolean     NOT NULL,
    -- A location's stations are listed in their order.
    CONSTRAINT stations_position_key UNIQUE (location_id, position) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT stations_expo_stays CHECK (NOT is_expo OR position IS NOT NULL)
);

-- A location has one expediter.
CREATE UNIQUE INDEX stations_expo_key ON public.stations (location_id) WHERE is_expo;

-- Which stations dishes pass before the expediter's. All of a location are replaced at once.
CREATE TABLE public.station_routes (
    location_id  uuid    NOT NULL REFERENCES public.locations (id) ON DELETE CASCADE,
    position     integer NOT NULL,
    menu_item_id uuid    REFERENCES public.menu_items (id),
    category     text,
    size         text    CHECK (size IN ('SMALL', 'MEDIUM', 'LARGE', 'ONE_SIZE')),
    station_ids  uuid[]  NOT NULL,
    -- A location's routes are read when an order is confirmed.
    PRIMARY KEY (location_id, position),
    CONSTRAINT station_routes_subject CHECK (num_nonnulls(menu_item_id, category) < 2)
);

-- Locations that are there have their expediter from now on; new ones get theirs when they are made.
INSERT INTO public.stations (id, location_id, name, position, is_expo)
SELECT pg_catalog.gen_random_uuid(), l.id, 'Expo', 1, true
FROM public.locations AS l;

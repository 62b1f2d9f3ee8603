-- expands: how long dishes really take, learned from what the kitchens did

-- +goose Up

-- Of each dish in each size at a location: how long the portions took that were a whole order, within the last weeks. Rows are
-- replaced now and then, all of a location at once. What is promised goes by those of enough samples.
CREATE TABLE public.learned_times (
    location_id    uuid        NOT NULL REFERENCES public.locations (id) ON DELETE CASCADE,
    menu_item_id   uuid        NOT NULL REFERENCES public.menu_items (id),
    size           text        NOT NULL CHECK (size IN ('SMALL', 'MEDIUM', 'LARGE', 'ONE_SIZE')),
    -- Half of them were ready within the one, nine in ten within the other; 0 if there are none.
    likely_seconds integer     NOT NULL CHECK (likely_seconds >= 0),
    latest_seconds integer     NOT NULL CHECK (latest_seconds >= likely_seconds),
    samples        integer     NOT NULL CHECK (samples >= 0),
    -- Those that no kitchen can have made in that time.
    left_out       integer     NOT NULL CHECK (left_out >= 0),
    -- A list of {"hour", "likely", "latest", "samples"}, of the hours of the location's day that have enough by themselves.
    by_hour        jsonb       NOT NULL,
    learned_at     timestamptz NOT NULL,
    -- A new order asks for those of its dishes.
    PRIMARY KEY (location_id, menu_item_id, size)
);

-- When a location's times are to be learned next. A location without a row is due.
CREATE TABLE public.learning_due (
    location_id uuid        PRIMARY KEY REFERENCES public.locations (id) ON DELETE CASCADE,
    due_at      timestamptz NOT NULL
);

-- Whether promises go by what was learned.
ALTER TABLE public.locations ADD COLUMN learn_times boolean NOT NULL DEFAULT true;

-- expands: servers on one database know of each other

-- +goose Up

-- The servers at work, each with its heartbeat. A server removes its row when it stops; that of a killed one no longer
-- changes, and the others remove it after a while.
CREATE TABLE public.servers (
    id          uuid        PRIMARY KEY,
    version     text        NOT NULL,
    -- The hashes of the read models' definitions that its queries read.
    definitions text[]      NOT NULL,
    started_at  timestamptz NOT NULL,
    seen_at     timestamptz NOT NULL,
    -- Goes up with each heartbeat. Whether a server lives is told by that, over time that the others measure themselves: no
    -- clock that is put forward or back takes part.
    beats       bigint      NOT NULL
);

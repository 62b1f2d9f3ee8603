-- expands: screens, which are paired and have a token of their own

-- +goose Up

-- A device that works at a location as a cook.
CREATE TABLE public.screens (
    id              uuid        PRIMARY KEY,
    location_id     uuid        NOT NULL REFERENCES public.locations (id),
    name            text        NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
    name_folded     text        NOT NULL,
    -- What it shows, and how.
    station_ids     uuid[]      NOT NULL CHECK (cardinality(station_ids) <= 50),
    text_size       integer     NOT NULL CHECK (text_size BETWEEN 80 AND 250),
    theme           text        NOT NULL,
    sound_volume    integer     NOT NULL CHECK (sound_volume BETWEEN 0 AND 100),
    sound_events    text[]      NOT NULL,
    -- By which it is claimed, until that has happened. Only hashes are kept: code and token are told once.
    code_sha256     bytea       CHECK (length(code_sha256) = 32),
    code_expires_at timestamptz,
    -- Of the device that claimed it, until it is revoked.
    token_sha256    bytea       CHECK (length(token_sha256) = 32),
    paired_at       timestamptz NOT NULL,
    claimed_at      timestamptz,
    revoked_at      timestamptz,
    version         integer     NOT NULL CHECK (version > 0),
    -- A code is claimed by it.
    CONSTRAINT screens_code_key UNIQUE (code_sha256),
    -- Who is asking is found by it, before every request.
    CONSTRAINT screens_token_key UNIQUE (token_sha256),
    CONSTRAINT screens_code_expires CHECK ((code_sha256 IS NULL) = (code_expires_at IS NULL)),
    CONSTRAINT screens_token_is_claimed CHECK ((token_sha256 IS NULL) = (claimed_at IS NULL OR revoked_at IS NOT NULL)),
    CONSTRAINT screens_code_is_unclaimed CHECK (code_sha256 IS NULL OR (claimed_at IS NULL AND revoked_at IS NULL))
);

-- Events call screens by their names: of those in use at a location, each has its own. A location's screens are listed and
-- counted by it.
CREATE UNIQUE INDEX screens_name_key ON public.screens (location_id, name_folded) WHERE revoked_at IS NULL;

-- When a screen was last in use, which changes all the time.
CREATE TABLE public.screen_sightings (
    screen_id    uuid        PRIMARY KEY REFERENCES public.screens (id),
    last_seen_at timestamptz NOT NULL
);

-- What the keys of a screen's keyboard do.
CREATE TABLE public.screen_keys (
    screen_id uuid NOT NULL REFERENCES public.screens (id),
    key       text NOT NULL CHECK (length(key) BETWEEN 1 AND 32),
    action    text NOT NULL,
    -- A screen's keys are read by it.
    PRIMARY KEY (screen_id, key)
);

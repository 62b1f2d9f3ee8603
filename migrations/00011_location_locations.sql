-- expands: the places that a chain sells at

-- +goose Up

CREATE TABLE public.locations (
    id                 uuid        PRIMARY KEY,
    name               text        NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
    slug               text        NOT NULL CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length(slug) <= 60),
    phone              text        CHECK (length(phone) BETWEEN 1 AND 40),
    street             text        NOT NULL,
    city               text        NOT NULL,
    postal_code        text        NOT NULL,
    address_notes      text,
    -- An IANA name, which the program knows, and Postgres may not: no statement computes with it.
    time_zone          text        NOT NULL,
    -- In minutes after midnight: until then it is still yesterday's business day.
    day_ends_at        integer     NOT NULL CHECK (day_ends_at BETWEEN 0 AND 719),
    currency           text        NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    prices_include_tax boolean     NOT NULL,
    delivery_fee       bigint      NOT NULL CHECK (delivery_fee BETWEEN 0 AND 100000000),
    version            integer     NOT NULL CHECK (version > 0),
    created_at         timestamptz NOT NULL,
    updated_at         timestamptz NOT NULL,
    CONSTRAINT locations_slug_key UNIQUE (slug)
);

-- The tax on what is sold; a category without a row is not taxed.
CREATE TABLE public.location_tax_rates (
    location_id       uuid    NOT NULL REFERENCES public.locations (id) ON DELETE CASCADE,
    category          text    NOT NULL CHECK (category IN ('FOOD', 'DRINK', 'ALCOHOL', 'OTHER')),
    rate_basis_points integer NOT NULL CHECK (rate_basis_points BETWEEN 0 AND 10000),
    PRIMARY KEY (location_id, category)
);

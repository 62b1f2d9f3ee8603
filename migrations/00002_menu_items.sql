-- expands: the menu

-- +goose Up

CREATE TABLE public.menu_items (
    id                  uuid        PRIMARY KEY,
    name                text        NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
    description         text        NOT NULL CHECK (length(description) <= 2000),
    category            text        NOT NULL CHECK (length(category) BETWEEN 1 AND 60),
    allergens           text[]      NOT NULL,
    -- The manager's switch; whether it can be sold also depends on stock.
    is_available        boolean     NOT NULL,
    preparation_minutes integer     NOT NULL CHECK (preparation_minutes BETWEEN 0 AND 240),
    version             integer     NOT NULL CHECK (version > 0),
    created_at          timestamptz NOT NULL,
    updated_at          timestamptz NOT NULL,
    -- Archived items stay, because orders refer to them, but nobody sees or orders them any more.
    archived_at         timestamptz
);

CREATE TABLE public.menu_item_prices (
    menu_item_id uuid   NOT NULL REFERENCES public.menu_items (id) ON DELETE CASCADE,
    size         text   NOT NULL CHECK (size IN ('SMALL', 'MEDIUM', 'LARGE', 'ONE_SIZE')),
    -- The ceiling keeps any order's total far inside 64 bits: 50 lines of 50 times this is 2.5e11.
    price_cents  bigint NOT NULL CHECK (price_cents BETWEEN 0 AND 100000000),
    PRIMARY KEY (menu_item_id, size)
);

CREATE TABLE public.ingredients (
    id            uuid        PRIMARY KEY,
    name          text        NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
    low_threshold bigint      NOT NULL CHECK (low_threshold BETWEEN 0 AND 2147483647),
    created_at    timestamptz NOT NULL
);

CREATE UNIQUE INDEX ingredients_name_key ON public.ingredients (lower(name));

-- What one medium or one-size portion needs.
CREATE TABLE public.recipes (
    menu_item_id  uuid    NOT NULL REFERENCES public.menu_items (id) ON DELETE CASCADE,
    ingredient_id uuid    NOT NULL REFERENCES public.ingredients (id),
    quantity      integer NOT NULL CHECK (quantity BETWEEN 1 AND 1000000),
    PRIMARY KEY (menu_item_id, ingredient_id)
);

-- A change of stock asks which items it can make available or not.
CREATE INDEX recipes_ingredient_id_idx ON public.recipes (ingredient_id);

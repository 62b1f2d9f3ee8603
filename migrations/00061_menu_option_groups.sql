-- expands: option groups, shared by items, and pizzas whose halves differ

-- +goose Up

CREATE TABLE public.option_groups (
    id                uuid        PRIMARY KEY,
    name              text        NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
    -- How many options are to be chosen; of a pizza whose halves differ, on each half. No max: any number.
    min               integer     NOT NULL CHECK (min >= 0),
    max               integer     CHECK (max >= greatest(min, 1)),
    -- How many cost nothing, beside those that come with the item.
    free_up_to        integer     NOT NULL CHECK (free_up_to >= 0),
    -- Whether an option may go on one half.
    halves            boolean     NOT NULL,
    -- What the amounts cost and take, in basis points of the regular one; null: this amount isn't offered.
    light_price       integer     CHECK (light_price BETWEEN 0 AND 10000),
    light_dose        integer     CHECK (light_dose BETWEEN 1 AND 10000),
    extra_price       integer     CHECK (extra_price BETWEEN 10000 AND 100000),
    extra_dose        integer     CHECK (extra_dose BETWEEN 10000 AND 100000),
    version           integer     NOT NULL CHECK (version > 0),
    created_at        timestamptz NOT NULL,
    updated_at        timestamptz NOT NULL,
    -- Items don't show an archived group any more.
    archived_at       timestamptz,
    CONSTRAINT option_groups_amounts CHECK ((light_price IS NULL) = (light_dose IS NULL) AND (extra_price IS NULL) = (extra_dose IS NULL))
);

CREATE TABLE public.menu_options (
    id            uuid    PRIMARY KEY,
    group_id      uuid    NOT NULL REFERENCES public.option_groups (id) ON DELETE CASCADE,
    position      integer NOT NULL CHECK (position >= 0),
    name          text    NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
    -- Whether it comes with an item that doesn't say otherwise.
    is_default    boolean NOT NULL,
    -- What it takes of stock, and has the allergens and the diet of; null: nothing.
    ingredient_id uuid    REFERENCES public.ingredients (id),
    -- Beside those of its ingredient.
    allergens     text[]  NOT NULL CHECK (allergens <@ ARRAY[
        'CELERY', 'CRUSTACEANS', 'EGGS', 'FISH', 'GLUTEN', 'LUPIN', 'MILK', 'MOLLUSCS', 'MUSTARD', 'NUTS', 'PEANUTS', 'SESAME', 'SOYA', 'SULPHITES'
    ]),
    CONSTRAINT menu_options_position_key UNIQUE (group_id, position) DEFERRABLE INITIALLY DEFERRED
);

-- A change of stock asks which options it can make available or not, and a change of an ingredient which have it.
CREATE INDEX menu_options_ingredient_id_idx ON public.menu_options (ingredient_id) WHERE ingredient_id IS NOT NULL;

-- The sizes in which an option is offered.
CREATE TABLE public.menu_option_prices (
    option_id   uuid    NOT NULL REFERENCES public.menu_options (id) ON DELETE CASCADE,
    size        text    NOT NULL CHECK (size IN ('SMALL', 'MEDIUM', 'LARGE', 'ONE_SIZE')),
    price_cents bigint  NOT NULL CHECK (price_cents BETWEEN 0 AND 100000000),
    -- What the regular amount takes of the ingredient, on the whole; 0 without an ingredient.
    dose        integer NOT NULL CHECK (dose BETWEEN 0 AND 1000000),
    PRIMARY KEY (option_id, size)
);

-- Which groups an item has, and what is otherwise there; null: as in the group.
CREATE TABLE public.menu_item_option_groups (
    menu_item_id       uuid    NOT NULL REFERENCES public.menu_items (id) ON DELETE CASCADE,
    group_id           uuid    NOT NULL REFERENCES public.option_groups (id),
    position           integer NOT NULL CHECK (position >= 0),
    min                integer CHECK (min >= 0),
    max                integer CHECK (max >= 1),
    free_up_to         integer CHECK (free_up_to >= 0),
    -- Ids of the group's options. What the group has no longer is passed over.
    option_ids         uuid[],
    default_option_ids uuid[],
    PRIMARY KEY (menu_item_id, group_id)
);

-- A change of a group asks which items have it.
CREATE INDEX menu_item_option_groups_group_id_idx ON public.menu_item_option_groups (group_id);

-- How an item shares a pizza with another; without sizes it doesn't.
ALTER TABLE public.menu_items
    ADD COLUMN halves_base_price text NOT NULL DEFAULT 'HIGHER' CHECK (halves_base_price IN ('HIGHER', 'AVERAGE')),
    ADD COLUMN halves_topping_percent integer NOT NULL DEFAULT 50 CHECK (halves_topping_percent BETWEEN 0 AND 100),
    ADD COLUMN halves_split_charge bigint NOT NULL DEFAULT 0 CHECK (halves_split_charge BETWEEN 0 AND 100000000),
    ADD COLUMN halves_sizes text[] NOT NULL DEFAULT '{}' CHECK (halves_sizes <@ ARRAY['SMALL', 'MEDIUM', 'LARGE', 'ONE_SIZE']);

-- Lists the items that a change of stock is to compute anew because of an option that it makes available, or not, and takes turns,
-- until the transaction ends, with all others that change what can be had, so as changes_what_can_be_had does. Whoever gives an
-- item a group, or changes one, takes that turn before: so which items have the option is asked once no other changes it.
-- +goose StatementBegin
CREATE FUNCTION public.items_offering(option uuid) RETURNS SETOF uuid
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended('what can be had', 0));
    RETURN QUERY
        SELECT l.menu_item_id
        FROM public.menu_options AS o
        JOIN public.menu_item_option_groups AS l ON l.group_id = o.group_id
        WHERE o.id = option;
END
$$;
-- +goose StatementEnd

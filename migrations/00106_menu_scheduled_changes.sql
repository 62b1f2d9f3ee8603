-- expands: changes of the menu that are to be made at a time

-- +goose Up

-- A change that a manager has scheduled, and what became of it. Rows go some time after that.
CREATE TABLE public.scheduled_menu_changes (
    id              uuid        PRIMARY KEY,
    at              timestamptz NOT NULL,
    -- When it is tried next: at its time, or after a fault a little later.
    due_at          timestamptz NOT NULL,
    created_at      timestamptz NOT NULL,
    menu_item_id    uuid        REFERENCES public.menu_items (id),
    option_group_id uuid        REFERENCES public.option_groups (id),
    -- Whose offers it changes, and nothing else; NULL: it is the whole chain's.
    location_ids    uuid[],
    -- That the item is to have. It is kept until then; one that isn't there any more is refused when the change is made.
    image_id        uuid,
    -- The command as a server writes it, and which form that has. A server leaves forms that it doesn't know to others.
    form            integer     NOT NULL CHECK (form > 0),
    command         json        NOT NULL,
    -- What it sets, by field, as the audit tells it.
    changes         jsonb       NOT NULL,
    actor_role      text        NOT NULL,
    actor_id        uuid        NOT NULL,
    actor_name      text,
    status          text        NOT NULL,
    ended_at        timestamptz,
    -- {"code", "message", "path"}
    refusal         jsonb,
    CONSTRAINT scheduled_menu_changes_subject CHECK (num_nonnulls(menu_item_id, option_group_id) = 1),
    CONSTRAINT scheduled_menu_changes_status CHECK (status IN ('SCHEDULED', 'DONE', 'REFUSED', 'CANCELLED')),
    CONSTRAINT scheduled_menu_changes_ended CHECK ((status = 'SCHEDULED') = (ended_at IS NULL)),
    CONSTRAINT scheduled_menu_changes_refusal CHECK ((status = 'REFUSED') = (refusal IS NOT NULL))
);

-- Servers look each second which is due first. What waits is counted, and listed, by it as well.
CREATE INDEX scheduled_menu_changes_due_idx ON public.scheduled_menu_changes (due_at) WHERE status = 'SCHEDULED';

-- What became of the last ones is listed, and old ones are swept.
CREATE INDEX scheduled_menu_changes_ended_idx ON public.scheduled_menu_changes (ended_at);

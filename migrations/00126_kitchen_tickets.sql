-- expands: orders have tickets in the kitchen

-- +goose Up

-- An order in the kitchen, from when it is confirmed. What was done is in the log, under the ticket's id.
CREATE TABLE public.tickets (
    id              uuid        PRIMARY KEY,
    -- An order that moves looks for its ticket.
    order_id        uuid        NOT NULL UNIQUE REFERENCES public.orders (id) ON DELETE CASCADE,
    location_id     uuid        NOT NULL REFERENCES public.locations (id),
    version         integer     NOT NULL CHECK (version > 0),
    status          text        NOT NULL CHECK (status IN ('HELD', 'OPEN', 'DONE', 'CANCELLED')),
    opened_at       timestamptz NOT NULL,
    due_at          timestamptz NOT NULL,
    -- When the next of its lines may begin; null if none waits for a time.
    next_fire_at    timestamptz,
    closed_at       timestamptz,
    is_rush         boolean     NOT NULL,
    rush_reason     text,
    is_recalled     boolean     NOT NULL,
    recall_reason   text,
    -- The version in which its order was changed, until somebody has seen that; else 0.
    changed_version integer     NOT NULL,
    CONSTRAINT tickets_closed CHECK ((status IN ('DONE', 'CANCELLED')) = (closed_at IS NOT NULL))
);

-- Servers look each second what is to fire.
CREATE INDEX tickets_next_fire_idx ON public.tickets (next_fire_at) WHERE next_fire_at IS NOT NULL;

CREATE TABLE public.ticket_items (
    ticket_id     uuid        NOT NULL REFERENCES public.tickets (id) ON DELETE CASCADE,
    -- From 0; the tasks of a line name it.
    line          integer     NOT NULL,
    -- The order's.
    item_id       uuid        NOT NULL,
    fire_at       timestamptz NOT NULL,
    takes_seconds integer     NOT NULL CHECK (takes_seconds >= 0),
    -- What it takes even the fastest.
    least_seconds integer     NOT NULL CHECK (least_seconds >= 0),
    PRIMARY KEY (ticket_id, line)
);

CREATE TABLE public.ticket_tasks (
    id         uuid        NOT NULL,
    ticket_id  uuid        NOT NULL,
    line       integer     NOT NULL,
    -- In the order of the work, from 0.
    step       integer     NOT NULL,
    station_id uuid        NOT NULL REFERENCES public.stations (id),
    status     text        NOT NULL CHECK (status IN ('WAITING', 'QUEUED', 'STARTED', 'DONE')),
    queued_at  timestamptz,
    started_at timestamptz,
    done_at    timestamptz,
    done_by    text,
    -- Whose name that is, while it is to be known.
    done_by_id uuid,
    too_fast   boolean     NOT NULL,
    PRIMARY KEY (ticket_id, line, step),
    FOREIGN KEY (ticket_id, line) REFERENCES public.ticket_items (ticket_id, line) ON DELETE CASCADE
);

-- Names are taken out of what a person has done once the account is deleted.
CREATE INDEX ticket_tasks_done_by_idx ON public.ticket_tasks (done_by_id) WHERE done_by_id IS NOT NULL;

-- What screens have told, so that a repetition has no second effect. Rows go some time after that.
CREATE TABLE public.kitchen_actions (
    id        uuid        PRIMARY KEY,
    ticket_id uuid        NOT NULL REFERENCES public.tickets (id) ON DELETE CASCADE,
    kind      text        NOT NULL,
    outcome   text        NOT NULL CHECK (outcome IN ('APPLIED', 'ALREADY', 'CONFLICT', 'REFUSED')),
    reason    text,
    told_at   timestamptz NOT NULL
);

-- Old rows are swept.
CREATE INDEX kitchen_actions_told_idx ON public.kitchen_actions (told_at);

-- expands: intents and their answers

-- +goose Up

-- One row for each intent a client has named. While `answer` is null somebody works on it, until `locked_until`;
-- after that whoever repeats the request takes over, with the same `subject_id`, and finishes what was begun.
CREATE TABLE public.idempotency_keys (
    actor_id     uuid        NOT NULL,
    command      text        NOT NULL,
    key          text        NOT NULL CHECK (length(key) BETWEEN 1 AND 255),
    request_hash bytea       NOT NULL CHECK (length(request_hash) = 32),
    -- The id of what the command creates, so that a second try continues rather than creates again.
    subject_id   uuid        NOT NULL,
    answer       json,
    locked_until timestamptz NOT NULL,
    created_at   timestamptz NOT NULL,
    PRIMARY KEY (actor_id, command, key)
);

-- Used by the clean-up of old keys.
CREATE INDEX idempotency_keys_created_at_idx ON public.idempotency_keys (created_at);

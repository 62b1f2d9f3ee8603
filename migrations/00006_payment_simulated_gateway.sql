-- expands: the books of the simulated payment gateway

-- The books of the simulated payment gateway. It plays another company's service, so it has a schema of its own and no
-- table of the shop refers to it. It is kept in the database, rather than in the server's memory, so that several servers
-- share one ledger, and so that a server that is killed after a charge finds that charge when it asks again.

-- +goose Up
CREATE SCHEMA simulated_gateway;

CREATE TABLE simulated_gateway.intents (
    id             text        PRIMARY KEY,
    order_id       text        NOT NULL,
    amount         bigint      NOT NULL CHECK (amount > 0),
    currency       text        NOT NULL CHECK (currency ~ '^[a-z]{3}$'),
    payment_method text        NOT NULL,
    state          text        NOT NULL CHECK (state IN ('requires_payment_method', 'requires_confirmation',
                                                         'requires_action', 'requires_capture', 'succeeded', 'canceled')),
    captured       bigint      NOT NULL CHECK (captured BETWEEN 0 AND amount),
    refunded       bigint      NOT NULL CHECK (refunded BETWEEN 0 AND captured),
    decline_code   text        NOT NULL,
    -- The key of the attempt that made the intent, given as metadata: an event about the intent tells it again.
    attempt        text        NOT NULL DEFAULT '',
    created_at     timestamptz NOT NULL
);

CREATE TABLE simulated_gateway.ledger (
    position  bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    intent_id text        NOT NULL REFERENCES simulated_gateway.intents (id),
    order_id  text        NOT NULL,
    kind      text        NOT NULL CHECK (kind IN ('authorize', 'capture', 'void', 'refund')),
    amount    bigint      NOT NULL CHECK (amount > 0),
    at        timestamptz NOT NULL
);

CREATE INDEX ledger_by_order ON simulated_gateway.ledger (order_id, position);

-- Only refunds can come in parts. This is the last guard against charging twice.
CREATE UNIQUE INDEX ledger_once_per_intent ON simulated_gateway.ledger (intent_id, kind) WHERE kind <> 'refund';

-- +goose StatementBegin
CREATE FUNCTION simulated_gateway.ledger_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the ledger is append-only';
END
$$;
-- +goose StatementEnd

CREATE TRIGGER ledger_is_append_only BEFORE UPDATE OR DELETE ON simulated_gateway.ledger
    FOR EACH STATEMENT EXECUTE FUNCTION simulated_gateway.ledger_is_append_only();

-- One row per idempotency key. It is inserted first, without an answer, to make other requests with the key wait; the
-- answer follows in the same transaction.
CREATE TABLE simulated_gateway.answers (
    key         text        PRIMARY KEY,
    fingerprint text        NOT NULL,
    status      int,
    body        bytea,
    given_at    timestamptz NOT NULL DEFAULT now()
);

-- Used by the clean-up of old answers.
CREATE INDEX answers_given_at_idx ON simulated_gateway.answers (given_at);

-- expands: keys that the gateway has burnt, and since when a payment is due

-- +goose Up

ALTER TABLE public.payments
    -- How many keys of this attempt the gateway has refused for good: the next call takes another one.
    ADD COLUMN burnt_keys integer NOT NULL DEFAULT 0 CONSTRAINT payments_burnt_keys_check CHECK (burnt_keys >= 0),
    -- Since when it is due. A payment that became due at a server of an earlier version has none.
    ADD COLUMN due_since timestamptz;

-- The simulated gateway's search for the intent of an attempt.
CREATE INDEX intents_attempt_idx ON simulated_gateway.intents (attempt);

-- +goose Up

-- The key of the attempt that made an intent, given as metadata: an event about the intent tells it again.
ALTER TABLE simulated_gateway.intents ADD COLUMN attempt text NOT NULL DEFAULT '';

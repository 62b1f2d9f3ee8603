-- expands: what the customer has to do at the bank

-- +goose Up

ALTER TABLE public.payments
    -- Of a payment that is REQUIRES_ACTION: what the gateway's client library needs, and the page to go to.
    ADD COLUMN action_client_secret text,
    ADD COLUMN action_url text;

ALTER TABLE simulated_gateway.intents
    -- The page of the customer's bank, and where it leads back to.
    ADD COLUMN action_url text NOT NULL DEFAULT '',
    ADD COLUMN return_url text NOT NULL DEFAULT '';

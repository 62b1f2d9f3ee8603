-- expands: addresses that customers keep

-- +goose Up

-- Where a customer wants deliveries to go, in the customer's own order. An order copies what it needs.
CREATE TABLE public.customer_addresses (
    customer_id uuid    NOT NULL REFERENCES public.customers (id),
    position    integer NOT NULL CHECK (position BETWEEN 1 AND 20),
    street      text    NOT NULL CHECK (length(street) BETWEEN 1 AND 500),
    city        text    NOT NULL CHECK (length(city) BETWEEN 1 AND 500),
    postal_code text    NOT NULL CHECK (length(postal_code) BETWEEN 1 AND 500),
    notes       text    CHECK (length(notes) BETWEEN 1 AND 500),
    PRIMARY KEY (customer_id, position)
);

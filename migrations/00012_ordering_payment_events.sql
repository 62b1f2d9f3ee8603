-- +goose Up

-- What the payment gateway has told by itself. The primary key is what makes an event count once, however often it is
-- sent: the row is written in the transaction that applies the event to its order.
CREATE TABLE public.payment_events (
    id          text        PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 255),
    order_id    uuid        NOT NULL REFERENCES public.orders (id),
    status      text        NOT NULL CHECK (status IN ('AUTHORIZED', 'CAPTURED', 'REFUNDED', 'VOIDED', 'FAILED')),
    received_at timestamptz NOT NULL
);

-- Used by the clean-up of old events.
CREATE INDEX payment_events_received_at_idx ON public.payment_events (received_at);

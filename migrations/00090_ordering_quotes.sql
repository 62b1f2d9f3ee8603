-- expands: quotes, and what they hold

-- +goose Up

-- What somebody may order for a while as it was quoted. A row holds stock, the oven and uses of promotions as long as it is
-- here: it goes when it is ordered, when its client asks for another one, and when it has expired.
CREATE TABLE public.quotes (
    id          uuid        PRIMARY KEY,
    location_id uuid        NOT NULL REFERENCES public.locations (id),
    -- Who may order it; NULL: whoever knows its id, which a visitor was told.
    customer_id uuid,
    -- The client's address, or the upper half of it, for the bound on what one may hold; '': not counted.
    network     text        NOT NULL,
    portions    integer     NOT NULL CHECK (portions > 0),
    expires_at  timestamptz NOT NULL,
    -- As of an order.
    baking      jsonb,
    -- The order to be, as the server writes it.
    ordered     json        NOT NULL
);

-- An account has one quote at a time.
CREATE UNIQUE INDEX quotes_customer_key ON public.quotes (customer_id) WHERE customer_id IS NOT NULL;

-- What an address holds is counted before it gets more.
CREATE INDEX quotes_network_idx ON public.quotes (network);

-- What has expired is given back, the earliest first.
CREATE INDEX quotes_expires_at_idx ON public.quotes (expires_at);

-- What a kitchen's oven is held for.
CREATE INDEX quotes_location_idx ON public.quotes (location_id) WHERE baking IS NOT NULL;

-- Which promotions make a quote cheaper. It holds a use of each.
CREATE TABLE public.promotion_holds (
    quote_id     uuid NOT NULL REFERENCES public.quotes (id) ON DELETE CASCADE,
    promotion_id uuid NOT NULL REFERENCES public.promotions (id),
    PRIMARY KEY (quote_id, promotion_id)
);

-- How often a promotion is held.
CREATE INDEX promotion_holds_promotion_idx ON public.promotion_holds (promotion_id);

-- Stock that a quote holds. The order takes the movement over; what isn't ordered was never moved, and the row goes with the
-- quote. The rules are checked of what is there already in the next file.
ALTER TABLE public.stock_movements
    ADD COLUMN quote_id uuid,
    DROP CONSTRAINT stock_movements_kind_check,
    ADD CONSTRAINT stock_movements_kind_check CHECK (kind IN ('COUNTED', 'HELD', 'RESERVED', 'RELEASED', 'CONSUMED', 'RETURNED')) NOT VALID,
    DROP CONSTRAINT stock_movements_kind_moves,
    ADD CONSTRAINT stock_movements_kind_moves CHECK (
        (kind = 'HELD') = (quote_id IS NOT NULL) AND CASE kind
            WHEN 'COUNTED' THEN reserved = 0 AND order_id IS NULL
            WHEN 'HELD' THEN on_hand = 0 AND reserved > 0 AND order_id IS NULL
            WHEN 'RESERVED' THEN on_hand = 0 AND reserved > 0 AND order_id IS NOT NULL
            WHEN 'RELEASED' THEN on_hand = 0 AND reserved < 0 AND order_id IS NOT NULL
            WHEN 'CONSUMED' THEN on_hand < 0 AND reserved = on_hand AND order_id IS NOT NULL
            WHEN 'RETURNED' THEN on_hand > 0 AND reserved = 0 AND order_id IS NOT NULL AND refund_id IS NOT NULL
        END
    ) NOT VALID;

-- expands: an index to find one customer's unfinished orders

-- +goose Up

-- What a customer has open is counted before another order is taken, and whether anything was handed over to them.
CREATE INDEX orders_customer_idx ON public.orders (customer_id, status);

-- expands: an index to find one customer's unfinished orders

-- +goose NO TRANSACTION
-- +goose Up

SET lock_timeout = 0;

-- What a customer has open is counted before another order is taken, and whether anything was handed over to them.
DROP INDEX CONCURRENTLY IF EXISTS public.orders_customer_idx;
CREATE INDEX CONCURRENTLY orders_customer_idx ON public.orders (customer_id, status);

RESET lock_timeout;

-- expands: indexes for stock that comes back with refunds

-- +goose NO TRANSACTION
-- +goose Up

SET lock_timeout = 0;

-- A refund returns an ingredient once.
DROP INDEX CONCURRENTLY IF EXISTS public.stock_movements_refund_key;
CREATE UNIQUE INDEX CONCURRENTLY stock_movements_refund_key ON public.stock_movements (refund_id, ingredient_id)
    WHERE refund_id IS NOT NULL;

-- What an order still holds is asked when it ends; each order reserves, releases or consumes an ingredient once. The key of before,
-- of which an order can get an ingredient back once only, goes when this one is there.
DROP INDEX CONCURRENTLY IF EXISTS public.stock_movements_taken_key;
CREATE UNIQUE INDEX CONCURRENTLY stock_movements_taken_key ON public.stock_movements (order_id, ingredient_id, kind)
    WHERE order_id IS NOT NULL AND kind <> 'RETURNED';

DROP INDEX CONCURRENTLY IF EXISTS public.stock_movements_order_key;

RESET lock_timeout;

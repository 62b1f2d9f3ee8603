-- expands: an index for stock that quotes hold

-- +goose NO TRANSACTION
-- +goose Up

ALTER TABLE public.stock_movements VALIDATE CONSTRAINT stock_movements_kind_check;
ALTER TABLE public.stock_movements VALIDATE CONSTRAINT stock_movements_kind_moves;

SET lock_timeout = 0;

-- What a quote holds, each ingredient once, is found when it ends.
DROP INDEX CONCURRENTLY IF EXISTS public.stock_movements_quote_key;
CREATE UNIQUE INDEX CONCURRENTLY stock_movements_quote_key ON public.stock_movements (quote_id, ingredient_id)
    WHERE quote_id IS NOT NULL;

RESET lock_timeout;

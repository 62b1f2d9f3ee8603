-- expands: an index for refunds that are due

-- +goose NO TRANSACTION
-- +goose Up

SET lock_timeout = 0;

-- The settler claims them, earliest first.
DROP INDEX CONCURRENTLY IF EXISTS public.payments_refunds_due_at_idx;
CREATE INDEX CONCURRENTLY payments_refunds_due_at_idx ON public.payments (refunds_due_at) WHERE refunds_due_at IS NOT NULL;

RESET lock_timeout;

-- expands: an index to find what a kitchen has made lately

-- +goose NO TRANSACTION
-- +goose Up

SET lock_timeout = 0;

-- Times are learned from the orders that a location's kitchen made in the last weeks.
DROP INDEX CONCURRENTLY IF EXISTS public.events_ready_idx;
CREATE INDEX CONCURRENTLY events_ready_idx ON public.events (location_id, at, position) WHERE stream = 'ORDER' AND type = 'READY';

RESET lock_timeout;

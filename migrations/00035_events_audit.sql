-- expands: indexes for the audit

-- +goose NO TRANSACTION
-- +goose Up

SET lock_timeout = 0;

-- The audit reads what staff and the server's operators did, newest first: of all, of one of them, of one kind of thing, or at
-- one location. (Of one thing it reads by events_version_key.) What customers do is in none of these, so that placing an order
-- costs no more.
DROP INDEX CONCURRENTLY IF EXISTS public.events_audit_idx;
CREATE INDEX CONCURRENTLY events_audit_idx ON public.events (at, position)
    WHERE actor_role IN ('COOK', 'DRIVER', 'MANAGER') OR (actor_role = 'SYSTEM' AND stream <> 'ORDER' AND type NOT IN ('SOLD_OUT', 'BACK_IN_STOCK'));

DROP INDEX CONCURRENTLY IF EXISTS public.events_audit_actor_idx;
CREATE INDEX CONCURRENTLY events_audit_actor_idx ON public.events (actor_id, at, position)
    WHERE actor_role IN ('COOK', 'DRIVER', 'MANAGER') OR (actor_role = 'SYSTEM' AND stream <> 'ORDER' AND type NOT IN ('SOLD_OUT', 'BACK_IN_STOCK'));

DROP INDEX CONCURRENTLY IF EXISTS public.events_audit_stream_idx;
CREATE INDEX CONCURRENTLY events_audit_stream_idx ON public.events (stream, at, position)
    WHERE actor_role IN ('COOK', 'DRIVER', 'MANAGER') OR (actor_role = 'SYSTEM' AND stream <> 'ORDER' AND type NOT IN ('SOLD_OUT', 'BACK_IN_STOCK'));

DROP INDEX CONCURRENTLY IF EXISTS public.events_audit_location_idx;
CREATE INDEX CONCURRENTLY events_audit_location_idx ON public.events (location_id, at, position)
    WHERE actor_role IN ('COOK', 'DRIVER', 'MANAGER') OR (actor_role = 'SYSTEM' AND stream <> 'ORDER' AND type NOT IN ('SOLD_OUT', 'BACK_IN_STOCK'));

RESET lock_timeout;

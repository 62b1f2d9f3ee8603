-- expands: indexes for the audit, without tickets

-- +goose NO TRANSACTION
-- +goose Up

SET lock_timeout = 0;

-- As 00035 has them: what staff and the server's operators did, newest first: of all, of one of them, of one kind of thing,
-- or at one location. What is done to tickets is in none of these: they tell it themselves, and there is much of it.
DROP INDEX CONCURRENTLY IF EXISTS public.events_audited_idx;
CREATE INDEX CONCURRENTLY events_audited_idx ON public.events (at, position)
    WHERE stream <> 'TICKET' AND (
        actor_role IN ('COOK', 'DRIVER', 'MANAGER') OR (actor_role = 'SYSTEM' AND stream <> 'ORDER' AND type NOT IN ('SOLD_OUT', 'BACK_IN_STOCK'))
    );
DROP INDEX CONCURRENTLY IF EXISTS public.events_audit_idx;

DROP INDEX CONCURRENTLY IF EXISTS public.events_audited_actor_idx;
CREATE INDEX CONCURRENTLY events_audited_actor_idx ON public.events (actor_id, at, position)
    WHERE stream <> 'TICKET' AND (
        actor_role IN ('COOK', 'DRIVER', 'MANAGER') OR (actor_role = 'SYSTEM' AND stream <> 'ORDER' AND type NOT IN ('SOLD_OUT', 'BACK_IN_STOCK'))
    );
DROP INDEX CONCURRENTLY IF EXISTS public.events_audit_actor_idx;

DROP INDEX CONCURRENTLY IF EXISTS public.events_audited_stream_idx;
CREATE INDEX CONCURRENTLY events_audited_stream_idx ON public.events (stream, at, position)
    WHERE stream <> 'TICKET' AND (
        actor_role IN ('COOK', 'DRIVER', 'MANAGER') OR (actor_role = 'SYSTEM' AND stream <> 'ORDER' AND type NOT IN ('SOLD_OUT', 'BACK_IN_STOCK'))
    );
DROP INDEX CONCURRENTLY IF EXISTS public.events_audit_stream_idx;

DROP INDEX CONCURRENTLY IF EXISTS public.events_audited_location_idx;
CREATE INDEX CONCURRENTLY events_audited_location_idx ON public.events (location_id, at, position)
    WHERE stream <> 'TICKET' AND (
        actor_role IN ('COOK', 'DRIVER', 'MANAGER') OR (actor_role = 'SYSTEM' AND stream <> 'ORDER' AND type NOT IN ('SOLD_OUT', 'BACK_IN_STOCK'))
    );
DROP INDEX CONCURRENTLY IF EXISTS public.events_audit_location_idx;

-- Whoever deletes the account is forgotten on the tickets, too.
DROP INDEX CONCURRENTLY IF EXISTS public.events_ticket_actor_idx;
CREATE INDEX CONCURRENTLY events_ticket_actor_idx ON public.events (actor_id, at, position) WHERE stream = 'TICKET' AND actor_id IS NOT NULL;

RESET lock_timeout;

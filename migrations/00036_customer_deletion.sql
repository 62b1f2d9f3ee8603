-- expands: accounts that are deleted, and what of their owners is still to be forgotten

-- +goose Up

-- The row stays: orders refer to it. It then has neither name nor number.
ALTER TABLE public.customers ADD COLUMN deleted_at timestamptz;

-- People whose accounts were deleted. What other tables hold of them is erased afterwards, in batches, by any server.
CREATE TABLE public.erasures (
    customer_id  uuid        PRIMARY KEY REFERENCES public.customers (id),
    requested_at timestamptz NOT NULL,
    -- When a server goes on with it; null: it is finished.
    due_at       timestamptz,
    -- By the database's clock, when no table had anything left; null until then. The past of read models may hold it for a day.
    erased_at    timestamptz,
    finished_at  timestamptz,
    CONSTRAINT erasures_due_until_finished CHECK ((due_at IS NULL) = (finished_at IS NOT NULL))
);

-- Servers ask for what is due, earliest first.
CREATE INDEX erasures_due_at_idx ON public.erasures (due_at) WHERE due_at IS NOT NULL;

-- A delivery whose customer was forgotten has no address any more. All rows there are meet what was asked for before, which is
-- stricter: so they need not be read.
ALTER TABLE public.orders
    ADD COLUMN forgotten_at timestamptz,
    DROP CONSTRAINT orders_delivery_has_address,
    ADD CONSTRAINT orders_delivery_has_address CHECK (
        fulfillment = 'PICKUP' OR forgotten_at IS NOT NULL OR (street IS NOT NULL AND city IS NOT NULL AND postal_code IS NOT NULL)
    ) NOT VALID;

-- Of an event, only who is forgotten may be taken away: the name, and what somebody wrote as the reason. The rest stays as it is.
-- +goose StatementBegin
CREATE FUNCTION public.events_only_forget() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    forgotten CONSTANT jsonb := '{"actor_name": null, "reason": null}';
BEGIN
    IF coalesce(new.actor_name, old.actor_name, '') <> coalesce(old.actor_name, '')
        OR coalesce(new.reason, old.reason, '') <> coalesce(old.reason, '')
        OR pg_catalog.to_jsonb(new) || forgotten <> pg_catalog.to_jsonb(old) || forgotten
    THEN
        RAISE EXCEPTION 'events are never changed' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN new;
END
$$;
-- +goose StatementEnd

DROP TRIGGER events_are_final ON public.events;

CREATE TRIGGER events_are_final
    BEFORE DELETE OR TRUNCATE ON public.events
    FOR EACH STATEMENT EXECUTE FUNCTION public.events_are_final();

CREATE TRIGGER events_only_forget
    BEFORE UPDATE ON public.events
    FOR EACH ROW EXECUTE FUNCTION public.events_only_forget();

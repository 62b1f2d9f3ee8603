package bench_test

// The variants differ in how read models are kept.
const (
	// noReadModel keeps none: an order is computed from the normalized tables whenever somebody reads it.
	noReadModel = dropTriggers + `
DO $$
BEGIN
    EXECUTE format('CREATE OR REPLACE VIEW public.order_view AS SELECT %s FROM public.order_source',
        readmodel.columns('public.order_source', ''));
END
$$;
`
	// refreshInTrigger is the obvious way: materialized views that the write transaction itself refreshes. Kindly, it does
	// so once a transaction, when that writes its events, rather than once a statement; and a command's answer is not read
	// from the refreshed view, where it is often missing: a refresh that waited for another one doesn't see the other's rows.
	refreshInTrigger = noReadModel + `
CREATE FUNCTION public.refresh_in_trigger() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    REFRESH MATERIALIZED VIEW public.order_snapshot;
    REFRESH MATERIALIZED VIEW public.pizza_sales_snapshot;
    REFRESH MATERIALIZED VIEW public.customer_history_snapshot;
    RETURN NULL;
END
$$;
CREATE TRIGGER refresh_in_trigger AFTER INSERT ON public.order_events
    FOR EACH STATEMENT EXECUTE FUNCTION public.refresh_in_trigger();
`
	// orderModelAlone keeps what an order looks like, as the first trial of the design did, and adds nothing up.
	orderModelAlone = dropTriggersBut + `'order_%' AND p.proname <> 'forget_computed'` + endDrop
	dropTriggers    = dropTriggersBut + `''` + endDrop
	dropTriggersBut = `
DO $$
DECLARE
    t record;
BEGIN
    FOR t IN
        SELECT tg.tgname, tg.tgrelid::regclass AS relation
        FROM pg_catalog.pg_trigger AS tg
        JOIN pg_catalog.pg_proc AS p ON p.oid = tg.tgfoid
        WHERE p.pronamespace = 'readmodel'::regnamespace AND NOT tg.tgisinternal AND p.proname NOT LIKE `
	endDrop = `
    LOOP
        EXECUTE format('DROP TRIGGER %I ON %s', t.tgname, t.relation);
    END LOOP;
END
$$;
`
)

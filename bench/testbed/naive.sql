-- On top of no read model, the obvious way: materialized views that the write transaction itself refreshes. Kindly, it
-- does so once a transaction, when that writes its events, rather than once a statement; and a command's answer is not
-- read from the refreshed view, where it is often missing: a refresh that waited for another one doesn't see the other's
-- rows.
CREATE FUNCTION public.refresh_in_trigger() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    REFRESH MATERIALIZED VIEW readmodel.order_1_snapshot;
    REFRESH MATERIALIZED VIEW readmodel.pizza_sales_1_snapshot;
    REFRESH MATERIALIZED VIEW readmodel.customer_history_1_snapshot;
    RETURN NULL;
END
$$;
CREATE TRIGGER refresh_in_trigger AFTER INSERT ON public.events
    FOR EACH STATEMENT EXECUTE FUNCTION public.refresh_in_trigger();

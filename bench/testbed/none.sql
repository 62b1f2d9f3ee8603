-- No read model: an order is computed from the normalized tables whenever somebody reads it.
DO $$
DECLARE
    t record;
BEGIN
    FOR t IN
        SELECT tg.tgname, tg.tgrelid::regclass AS relation
        FROM pg_catalog.pg_trigger AS tg
        JOIN pg_catalog.pg_proc AS p ON p.oid = tg.tgfoid
        WHERE p.pronamespace = 'readmodel'::regnamespace AND NOT tg.tgisinternal
    LOOP
        EXECUTE format('DROP TRIGGER %I ON %s', t.tgname, t.relation);
    END LOOP;
    EXECUTE format('CREATE OR REPLACE VIEW public.order_view AS SELECT %s FROM public.order_source',
        readmodel.columns('public.order_source', ''));
END
$$;

-- Puts everything there is into the snapshots, as a refresh does, but at once: nobody reads or writes meanwhile. A test
-- checks the views against their definitions. Needs REPEATABLE READ, for all models to contain the same.
DO $$
DECLARE
    model text;
BEGIN
    FOR model IN SELECT m.name FROM readmodel.models AS m LOOP
        EXECUTE format('REFRESH MATERIALIZED VIEW public.%I', model || '_snapshot');
        EXECUTE format('TRUNCATE public.%I', model || '_fresh');
    END LOOP;
    UPDATE readmodel.models AS m SET snapshot = pg_current_snapshot(), refreshed_at = now();
END
$$;

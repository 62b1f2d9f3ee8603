-- Puts everything there is into the snapshots, as a refresh does, but at once: nobody reads or writes meanwhile. A test
-- checks the views against their definitions. Needs REPEATABLE READ, for all models to contain the same.
DO $$
DECLARE
    generation text;
BEGIN
    FOR generation IN SELECT m.name || '_' || m.generation FROM readmodel.models AS m WHERE m.kind <> 'plain' LOOP
        EXECUTE format('REFRESH MATERIALIZED VIEW readmodel.%I', generation || '_snapshot');
        EXECUTE format('TRUNCATE readmodel.%I', generation || '_fresh');
    END LOOP;
    UPDATE readmodel.snapshots AS s SET snapshot = pg_current_snapshot(), refreshed_at = now();
END
$$;

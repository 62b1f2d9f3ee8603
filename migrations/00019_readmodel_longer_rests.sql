-- +goose Up

-- Called for each row of a materialized view, rests for about six times as long as it was at work since it last did, if
-- whoever refreshes wants that: on a busy machine commands then have the processor nearly all of the time. It answers null.
-- Twice as long left commands behind a million orders with three quarters of their speed.
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION readmodel.pace() RETURNS boolean
LANGUAGE plpgsql AS $$
BEGIN
    IF pg_catalog.current_setting('readmodel.pace', true) = 'on' AND pg_catalog.random() < 0.05 THEN
        PERFORM pg_catalog.pg_sleep(0.006);
    END IF;
    RETURN NULL;
END
$$;
-- +goose StatementEnd

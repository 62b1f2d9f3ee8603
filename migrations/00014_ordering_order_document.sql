-- +goose Up

-- Removes a row model with all that create_row_model and watch made for it, and its definition: the first step of giving
-- it another one. Until the new one is there, in the same transaction, nobody can write the tables it follows.
-- +goose StatementBegin
CREATE FUNCTION readmodel.drop_row_model(model text) RETURNS void
LANGUAGE plpgsql
SET search_path = '' AS $$
DECLARE
    made regprocedure;
BEGIN
    FOR made IN
        SELECT p.oid
        FROM pg_catalog.pg_proc AS p
        WHERE p.pronamespace = 'readmodel'::regnamespace
            AND (starts_with(p.proname, model || '_follows_') OR p.proname = model || '_compute')
    LOOP
        EXECUTE format('DROP FUNCTION %s CASCADE', made); -- and the trigger that calls it
    END LOOP;
    EXECUTE format('DROP VIEW public.%I', model || '_view');
    EXECUTE format('DROP TABLE public.%I', model || '_fresh');
    EXECUTE format('DROP MATERIALIZED VIEW public.%I', model || '_snapshot');
    EXECUTE format('DROP VIEW public.%I', model || '_source');
    DELETE FROM readmodel.models AS m WHERE m.name = model;
END
$$;
-- +goose StatementEnd

-- Keeps a row model's rows as they are up to the size of a page. Postgres compresses a row above 2 kB: that costs a
-- third of what computing an order's document does, at each write, and again something at each read.
-- +goose StatementBegin
CREATE FUNCTION readmodel.keep_uncompressed(model text) RETURNS void
LANGUAGE plpgsql
SET search_path = '' AS $$
BEGIN
    EXECUTE format('ALTER TABLE public.%I SET (toast_tuple_target = 8160)', model || '_fresh');
    EXECUTE format('ALTER MATERIALIZED VIEW public.%I SET (toast_tuple_target = 8160)', model || '_snapshot');
    EXECUTE format('REFRESH MATERIALIZED VIEW public.%I', model || '_snapshot');
END
$$;
-- +goose StatementEnd

-- Writes a time as the API does: RFC 3339 in UTC, whatever the time zone of the session. (Declared stable like to_json,
-- or it would be called rather than put in its place. Not declared safe for parallel plans: a refresh runs in one process
-- and leaves the other processors to commands, which go on meanwhile.)
CREATE FUNCTION readmodel.rfc3339(moment timestamptz) RETURNS text
LANGUAGE sql STABLE
RETURN trim('"' FROM to_json(moment AT TIME ZONE 'UTC')::text) || 'Z';

SELECT readmodel.drop_row_model('order');

-- One order in full. The document is the API's type Order as the API writes it, names, order of fields and formats, so
-- that a query passes it on without reading more of it than the selection asks for. The columns are what lists,
-- filters, authorization and commands look at; allowedTransitions is a rule of the program's, computed from two of them.
CREATE VIEW public.order_source AS
SELECT
    o.id,
    o.number,
    o.version,
    o.status,
    o.fulfillment,
    o.customer_id,
    o.customer_name,
    items.count AS items_count,
    o.total_cents,
    o.placed_at,
    o.estimated_delivery_at,
    (
        SELECT row_to_json(document)
        FROM (
            SELECT
                o.id,
                o.number,
                o.version,
                o.status,
                o.fulfillment,
                (
                    SELECT row_to_json(customer)
                    FROM (SELECT o.customer_id AS id, o.customer_name AS name, o.customer_phone AS phone) AS customer
                ) AS customer,
                CASE WHEN o.street IS NOT NULL THEN (
                    SELECT row_to_json(address)
                    FROM (SELECT o.street, o.city, o.postal_code AS "postalCode", o.address_notes AS notes) AS address
                ) END AS "deliveryAddress",
                items.lines AS items,
                items.count AS "itemsCount",
                (
                    SELECT row_to_json(totals)
                    FROM (
                        SELECT
                            o.subtotal_cents AS subtotal,
                            o.discount_cents AS discount,
                            o.delivery_fee_cents AS "deliveryFee",
                            o.tax_cents AS tax,
                            o.tip_cents AS tip,
                            o.total_cents AS total
                    ) AS totals
                ) AS totals,
                (
                    SELECT row_to_json(payment)
                    FROM (
                        SELECT p.id, p.method, p.status, p.amount_cents AS amount, p.refunded_cents AS refunded
                        FROM public.payments AS p
                        WHERE p.order_id = o.id
                    ) AS payment
                ) AS payment,
                ARRAY(
                    SELECT row_to_json(event)
                    FROM (
                        SELECT
                            e.version,
                            e.type,
                            e.from_status AS "from",
                            e.to_status AS "to",
                            e.actor,
                            e.reason,
                            readmodel.rfc3339(e.at) AS at
                        FROM public.order_events AS e
                        WHERE e.order_id = o.id
                        ORDER BY e.version
                    ) AS event
                ) AS timeline,
                o.special_instructions AS "specialInstructions",
                readmodel.rfc3339(o.placed_at) AS "placedAt",
                readmodel.rfc3339(o.estimated_ready_at) AS "estimatedReadyAt",
                readmodel.rfc3339(o.estimated_delivery_at) AS "estimatedDeliveryAt"
        ) AS document
    ) AS document
FROM public.orders AS o
CROSS JOIN LATERAL (
    SELECT coalesce(sum(item.quantity), 0)::integer AS count, coalesce(array_agg(row_to_json(item)), '{}') AS lines
    FROM (
        SELECT
            i.id,
            i.menu_item_id AS "menuItemId",
            i.name,
            i.size,
            i.quantity,
            i.unit_price_cents AS "unitPrice",
            i.total_cents AS total,
            i.instructions
        FROM public.order_items AS i
        WHERE i.order_id = o.id
        ORDER BY i.line
    ) AS item
) AS items;

SELECT readmodel.create_row_model('order', 'public.orders', 'id');
SELECT readmodel.keep_uncompressed('order');
SELECT readmodel.watch('order', 'public.orders', 'row.id');
SELECT readmodel.watch('order', 'public.order_items', 'row.order_id');
SELECT readmodel.watch('order', 'public.payments', 'row.order_id');
SELECT readmodel.watch('order', 'public.order_events', 'row.order_id');

-- Lists, newest first: all orders, one customer's, and those in some of the states (not on the fresh level: see
-- 00009_ordering_order_model.sql).
SELECT readmodel.add_index('order', 'newest_idx', '(placed_at DESC, id DESC)');
SELECT readmodel.add_index('order', 'customer_idx', '(customer_id, placed_at DESC, id DESC)');
CREATE INDEX order_snapshot_status_idx ON public.order_snapshot (status, placed_at DESC, id DESC);

-- +goose Up

-- One order in full, as the API shows it. Documents that are only passed on are json, not jsonb: cheaper to read.
-- Times inside them are written in UTC, so that the text does not depend on the session that computed it.
CREATE VIEW public.order_source AS
SELECT
    o.id,
    o.number,
    o.version,
    o.status,
    o.fulfillment,
    o.customer_id,
    o.customer_name,
    o.customer_phone,
    CASE WHEN o.street IS NOT NULL THEN
        json_build_object('street', o.street, 'city', o.city, 'postalCode', o.postal_code, 'notes', o.address_notes)
    END AS delivery_address,
    items.lines AS items,
    items.count AS items_count,
    o.subtotal_cents,
    o.discount_cents,
    o.delivery_fee_cents,
    o.tax_cents,
    o.tip_cents,
    o.total_cents,
    (
        SELECT json_build_object(
            'id', p.id, 'method', p.method, 'status', p.status, 'amount', p.amount_cents, 'refunded', p.refunded_cents
        )
        FROM public.payments AS p
        WHERE p.order_id = o.id
    ) AS payment,
    (
        SELECT json_agg(
            json_build_object(
                'version', e.version, 'type', e.type, 'from', e.from_status, 'to', e.to_status, 'actor', e.actor,
                'reason', e.reason, 'at', to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
            )
            ORDER BY e.version
        )
        FROM public.order_events AS e
        WHERE e.order_id = o.id
    ) AS timeline,
    o.special_instructions,
    o.placed_at,
    o.estimated_ready_at,
    o.estimated_delivery_at
FROM public.orders AS o
CROSS JOIN LATERAL (
    SELECT
        coalesce(sum(i.quantity), 0)::integer AS count,
        json_agg(
            json_build_object(
                'id', i.id, 'menuItemId', i.menu_item_id, 'name', i.name, 'size', i.size, 'quantity', i.quantity,
                'unitPrice', i.unit_price_cents, 'total', i.total_cents, 'instructions', i.instructions
            )
            ORDER BY i.line
        ) AS lines
    FROM public.order_items AS i
    WHERE i.order_id = o.id
) AS items;

SELECT readmodel.create_row_model('order', 'public.orders', 'id');
SELECT readmodel.watch('order', 'public.orders', 'row.id');
SELECT readmodel.watch('order', 'public.order_items', 'row.order_id');
SELECT readmodel.watch('order', 'public.payments', 'row.order_id');
SELECT readmodel.watch('order', 'public.order_events', 'row.order_id');

-- Lists, newest first: all orders, one customer's, and those in some of the states.
SELECT readmodel.add_index('order', 'newest_idx', '(placed_at DESC, id DESC)');
SELECT readmodel.add_index('order', 'customer_idx', '(customer_id, placed_at DESC, id DESC)');
-- Not on the fresh level: an index on what changes with every move would be written each time, to spare a walk over a
-- level that is kept small.
CREATE INDEX order_snapshot_status_idx ON public.order_snapshot (status, placed_at DESC, id DESC);

/* One order in full. The document is the API's type Order as the API writes it, names, order of fields and formats, so
   that a query passes it on without reading more of it than the selection asks for. The columns are what lists, filters,
   authorization and commands look at; allowedTransitions is a rule of the program's, computed from two of them. The outcome
   is the final status, or OPEN while there may be another.

kind: row
root: public.orders
key: id
follows:
  - table: public.orders
    keys: row.id
  - table: public.order_items
    keys: row.order_id
  - table: public.payments
    keys: row.order_id
  - table: public.payment_supplements
    keys: row.order_id
  - table: public.refunds
    keys: row.order_id
  - table: public.order_amendments
    keys: row.order_id
  - table: public.events
    keys: row.stream_id
    condition: row.stream = 'ORDER'
indexes:
  # Lists, newest first: one location's orders, one customer's, and a location's in some of the states. The last goes by the outcome, since an
  # index on the status would make each move of an order write to all indexes of its fresh row. The outcome changes once,
  # and the open orders, among which the status is then looked for, are few.
  location_idx: (location_id, placed_at DESC, id DESC)
  customer_idx: (customer_id, placed_at DESC, id DESC)
  outcome_idx: (location_id, outcome, placed_at DESC, id DESC)
*/
SELECT
    o.id,
    o.number,
    o.version,
    o.status,
    CASE WHEN o.status IN ('DELIVERED', 'PICKED_UP', 'CANCELLED', 'REJECTED') THEN o.status ELSE 'OPEN' END AS outcome,
    o.fulfillment,
    o.location_id,
    o.customer_id,
    o.customer_name,
    items.count AS items_count,
    o.currency,
    o.total_cents,
    o.placed_at,
    o.estimated_delivery_at,
    o.scheduled_for,
    (
        SELECT row_to_json(document)
        FROM (
            SELECT
                o.id,
                o.number,
                o.version,
                o.status,
                o.fulfillment,
                o.source,
                o.special_instructions AS "specialInstructions",
                readmodel.rfc3339(o.scheduled_for) AS "scheduledFor",
                (
                    SELECT row_to_json(customer)
                    FROM (SELECT o.customer_id AS id, o.customer_name AS name, o.customer_phone AS phone, o.customer_email AS email) AS customer
                ) AS customer,
                CASE WHEN o.street IS NOT NULL THEN (
                    SELECT row_to_json(address)
                    FROM (SELECT o.street, o.city, o.postal_code AS "postalCode", o.address_notes AS notes) AS address
                ) END AS "deliveryAddress",
                items.lines AS items,
                items.count AS "itemsCount",
                (SELECT row_to_json(location) FROM (SELECT o.location_id AS id) AS location) AS location,
                o.currency,
                (
                    SELECT row_to_json(totals)
                    FROM (
                        SELECT
                            o.subtotal_cents AS subtotal,
                            o.discount_cents AS discount,
                            o.delivery_fee_cents AS "deliveryFee",
                            o.tax_cents AS tax,
                            o.tip_cents AS tip,
                            o.total_cents AS total,
                            o.tax_included AS "taxIncluded"
                    ) AS totals
                ) AS totals,
                ARRAY(
                    SELECT row_to_json(line)
                    FROM (
                        SELECT l.kind, l.label, l.amount, l.item, l.basis, coalesce(l.bases, '[]') AS bases
                        FROM json_to_recordset(o.price_lines) AS l (kind text, label text, amount bigint, item integer, basis text, bases json)
                    ) AS line
                ) AS "priceLines",
                o.taxes,
                ARRAY(
                    SELECT row_to_json(coupon)
                    FROM json_to_recordset(o.coupons) AS coupon (code text, applied boolean, amount bigint, refusal text, reason json)
                ) AS coupons,
                (
                    SELECT row_to_json(payment)
                    FROM (
                        SELECT
                            p.id,
                            p.method,
                            p.status,
                            p.amount_cents AS amount,
                            p.refunded_cents AS refunded,
                            CASE WHEN coalesce(p.action_client_secret, p.action_url) IS NOT NULL THEN (
                                SELECT row_to_json(action)
                                FROM (SELECT p.action_client_secret AS "clientSecret", p.action_url AS url) AS action
                            ) END AS "nextAction"
                        FROM public.payments AS p
                        WHERE p.order_id = o.id
                    ) AS payment
                ) AS payment,
                ARRAY(
                    SELECT row_to_json(refund)
                    FROM (
                        SELECT
                            r.id,
                            r.amount_cents AS amount,
                            r.status,
                            r.reason,
                            readmodel.rfc3339(r.at) AS at,
                            (
                                SELECT row_to_json(actor)
                                FROM (SELECT r.actor_role AS role, r.actor_name AS name) AS actor
                            ) AS actor
                        FROM public.refunds AS r
                        WHERE r.order_id = o.id
                        ORDER BY r.at, r.id
                    ) AS refund
                ) AS refunds,
                ARRAY(
                    SELECT row_to_json(event)
                    FROM (
                        SELECT
                            e.version,
                            e.type,
                            e.from_state AS "from",
                            e.to_state AS "to",
                            (
                                SELECT row_to_json(actor)
                                FROM (SELECT e.actor_role AS role, e.actor_name AS name) AS actor
                            ) AS actor,
                            e.reason,
                            readmodel.rfc3339(e.at) AS at,
                            CASE WHEN e.payload ->> 'promise' IS NOT NULL THEN (
                                SELECT row_to_json(promise)
                                FROM (
                                    SELECT
                                        e.payload -> 'promise' ->> 'likely' AS likely,
                                        e.payload -> 'promise' ->> 'latest' AS latest,
                                        e.payload -> 'promise' ->> 'reason' AS reason
                                ) AS promise
                            ) END AS promise
                        FROM public.events AS e
                        WHERE e.stream_id = o.id
                        ORDER BY e.version
                    ) AS event
                ) AS timeline,
                ARRAY(
                    SELECT row_to_json(amendment)
                    FROM (
                        SELECT a.id, a.version, a.price_change_cents AS "priceChange", a.before, a.dropped
                        FROM public.order_amendments AS a
                        WHERE a.order_id = o.id
                        ORDER BY a.version
                    ) AS amendment
                ) AS amendments,
                (
                    SELECT row_to_json(pending)
                    FROM (
                        SELECT
                            s.amount_cents AS "priceChange",
                            s.due IS NOT NULL AS "isProcessing",
                            CASE WHEN coalesce(s.action_client_secret, s.action_url) IS NOT NULL THEN (
                                SELECT row_to_json(action)
                                FROM (SELECT s.action_client_secret AS "clientSecret", s.action_url AS url) AS action
                            ) END AS "nextAction"
                        FROM public.payment_supplements AS s
                        WHERE s.order_id = o.id AND s.amendment IS NOT NULL
                        ORDER BY s.number DESC
                        LIMIT 1
                    ) AS pending
                ) AS "pendingAmendment",
                readmodel.rfc3339(o.placed_at) AS "placedAt",
                readmodel.rfc3339(o.estimated_ready_at) AS "estimatedReadyAt",
                readmodel.rfc3339(o.estimated_delivery_at) AS "estimatedDeliveryAt",
                (
                    SELECT row_to_json(promise)
                    FROM (
                        SELECT
                            readmodel.rfc3339(coalesce(o.promised_likely, o.estimated_delivery_at, o.estimated_ready_at, o.placed_at)) AS likely,
                            readmodel.rfc3339(coalesce(o.promised_latest, o.estimated_delivery_at, o.estimated_ready_at, o.placed_at)) AS latest,
                            coalesce(o.promise_reason, 'It was estimated when it was placed.') AS reason
                    ) AS promise
                ) AS promise
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
            i.discount_cents AS discount,
            i.instructions,
            ARRAY(
                SELECT row_to_json(option)
                FROM jsonb_to_recordset(i.options) AS option
                    ("optionId" uuid, "groupName" text, name text, portion text, amount text, "isDefault" boolean)
            ) AS options,
            CASE WHEN i.second_half IS NOT NULL THEN (
                SELECT row_to_json(half)
                FROM (
                    SELECT
                        i.second_half ->> 'menuItemId' AS "menuItemId",
                        i.second_half ->> 'name' AS name,
                        ARRAY(
                            SELECT row_to_json(option)
                            FROM jsonb_to_recordset(i.second_half -> 'options') AS option
                                ("optionId" uuid, "groupName" text, name text, portion text, amount text, "isDefault" boolean)
                        ) AS options
                ) AS half
            ) END AS "secondHalf",
            i.allergens
        FROM public.order_items AS i
        WHERE i.order_id = o.id
        ORDER BY i.line
    ) AS item
) AS items;

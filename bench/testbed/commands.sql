-- What scripts of commands need: ids that sort by time, as the server's own do, and orders for the kitchen to start on.
CREATE SCHEMA bench;

CREATE FUNCTION bench.new_id() RETURNS uuid LANGUAGE sql VOLATILE AS $$
    SELECT encode(
        overlay(
            uuid_send(gen_random_uuid())
            PLACING substring(int8send((extract(epoch FROM clock_timestamp()) * 1000)::bigint) FROM 3) FROM 1 FOR 6
        ),
        'hex'
    )::uuid
$$;

CREATE TABLE bench.queue (n bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY, id uuid NOT NULL, ticket_id uuid NOT NULL);
CREATE SEQUENCE bench.turn;

-- The next order in the queue; none, and so an error in the statement that uses it, once all have been taken.
CREATE FUNCTION bench.next_order() RETURNS uuid LANGUAGE sql VOLATILE AS $$
    SELECT q.id FROM bench.queue AS q WHERE q.n = (SELECT nextval('bench.turn'))
$$;

-- The ticket of the order that was taken last.
CREATE FUNCTION bench.its_ticket() RETURNS uuid LANGUAGE sql VOLATILE AS $$
    SELECT q.ticket_id FROM bench.queue AS q WHERE q.n = (SELECT currval('bench.turn'))
$$;

-- Fills the queue with orders that are confirmed, so many at least: those that are there, and copies of old ones, which
-- hold no stock.
CREATE FUNCTION bench.fill_queue(orders integer) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    missing CONSTANT integer := orders - (SELECT count(*) FROM public.orders AS o WHERE o.status = 'CONFIRMED');
BEGIN
    DROP TABLE IF EXISTS again;
    CREATE TEMPORARY TABLE again AS
    SELECT o.*, bench.new_id() AS new_id, clock_timestamp() AS at
    FROM public.orders AS o, generate_series(1, missing) AS n
    WHERE o.number = (SELECT max(h.number) FROM public.orders AS h WHERE h.status = 'DELIVERED');

    INSERT INTO public.orders (
        id, version, status, fulfillment, customer_id, customer_name, street, city, postal_code,
        subtotal_cents, discount_cents, delivery_fee_cents, tax_cents, tip_cents, total_cents, currency,
        location_id, business_day, placed_at, estimated_ready_at, estimated_delivery_at
    )
    SELECT
        a.new_id, 2, 'CONFIRMED', a.fulfillment, a.customer_id, a.customer_name, a.street, a.city, a.postal_code,
        a.subtotal_cents, a.discount_cents, a.delivery_fee_cents, a.tax_cents, a.tip_cents, a.total_cents, a.currency,
        a.location_id, a.at::date, a.at, a.at + interval '14 minutes', a.at + interval '39 minutes'
    FROM again AS a;

    INSERT INTO public.order_items (
        order_id, line, id, menu_item_id, name, category, size, quantity, unit_price_cents, total_cents
    )
    SELECT a.new_id, i.line, gen_random_uuid(), i.menu_item_id, i.name, i.category, i.size, i.quantity, i.unit_price_cents, i.total_cents
    FROM again AS a JOIN public.order_items AS i ON i.order_id = a.id;

    INSERT INTO public.payments (id, order_id, method, status, amount_cents)
    SELECT bench.new_id(), a.new_id, 'CASH', 'PENDING', a.total_cents FROM again AS a;

    INSERT INTO public.events (at, stream, stream_id, version, type, from_state, to_state, payload, actor_role)
    SELECT a.at, 'ORDER', a.new_id, e.version, e.type, e.from_state, e.to_state,
        '{"payment": {"status": "PENDING", "refunded": 0}}', e.actor
    FROM again AS a
    CROSS JOIN (VALUES (1, 'PLACED', NULL, 'PENDING', 'CUSTOMER'), (2, 'CONFIRMED', 'PENDING', 'CONFIRMED', 'SYSTEM'))
        AS e (version, type, from_state, to_state, actor);

    INSERT INTO public.tickets (id, order_id, location_id, version, status, opened_at, due_at, is_rush, is_recalled, changed_version)
    SELECT gen_random_uuid(), a.new_id, a.location_id, 1, 'OPEN', a.at, a.at + interval '14 minutes', false, false, 0
    FROM again AS a;

    INSERT INTO public.ticket_items (ticket_id, line, item_id, fire_at, takes_seconds, least_seconds)
    SELECT t.id, i.line - 1, i.id, a.at, 0, 0
    FROM again AS a
    JOIN public.tickets AS t ON t.order_id = a.new_id
    JOIN public.order_items AS i ON i.order_id = a.new_id;

    INSERT INTO public.ticket_tasks (id, ticket_id, line, step, station_id, status, queued_at, too_fast)
    SELECT gen_random_uuid(), l.ticket_id, l.line, s.position - 1, s.id, CASE WHEN s.position = 1 THEN 'QUEUED' ELSE 'WAITING' END,
        CASE WHEN s.position = 1 THEN a.at END, false
    FROM again AS a
    JOIN public.tickets AS t ON t.order_id = a.new_id
    JOIN public.ticket_items AS l ON l.ticket_id = t.id
    JOIN public.stations AS s ON s.location_id = a.location_id;

    INSERT INTO public.events (at, stream, stream_id, location_id, version, type, to_state, payload, actor_role)
    SELECT a.at, 'TICKET', t.id, a.location_id, 1, 'OPENED', 'OPEN', '{"status": "OPEN"}', 'SYSTEM'
    FROM again AS a
    JOIN public.tickets AS t ON t.order_id = a.new_id;

    TRUNCATE bench.queue RESTART IDENTITY;
    INSERT INTO bench.queue (id, ticket_id)
    SELECT o.id, t.id
    FROM public.orders AS o
    JOIN public.tickets AS t ON t.order_id = o.id
    WHERE o.status = 'CONFIRMED';
    PERFORM setval('bench.turn', 1, false);
END
$$;

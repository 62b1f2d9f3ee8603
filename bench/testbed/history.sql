-- Writes orders evenly over a year that ended eight days ago, as the shop itself would have: their lines, payments, events
-- and stock movements; 94 in 100 delivered, two in three paid by card. bench.orders says how many. Idempotency keys of
-- orders that old have been forgotten. Ids sort by time, as the shop's own do. Triggers, those of foreign keys among
-- them, don't run meanwhile: the caller refreshes, and a test checks what the triggers would have written.
SET session_replication_role = replica;
SET synchronous_commit = off;
SET work_mem = '256MB';

CREATE TEMPORARY TABLE past AS
WITH dish AS (
    SELECT m.id, m.name, m.category, p.size, p.price_cents, row_number() OVER (ORDER BY m.id) - 1 AS k, count(*) OVER () AS dishes
    FROM public.menu_items AS m
    JOIN public.menu_item_prices AS p ON p.menu_item_id = m.id AND p.size IN ('MEDIUM', 'ONE_SIZE')
),
customer AS (
    SELECT c.id, c.name, c.phone, row_number() OVER (ORDER BY c.id) - 1 AS k, count(*) OVER () AS customers
    FROM public.customers AS c
),
size AS (SELECT current_setting('bench.orders')::integer AS orders),
placed AS (
    SELECT n, date_trunc('milliseconds', now() - interval '373 days' + n * (interval '365 days' / size.orders)) AS at
    FROM size, generate_series(1, size.orders) AS n
)
SELECT
    p.n, p.at,
    (
        lpad(to_hex((extract(epoch FROM p.at) * 1000)::bigint), 12, '0') || '7' || lpad(to_hex(p.n & 4095), 3, '0')
        || '8' || substr(md5(p.n::text), 1, 15)
    )::uuid AS id,
    c.id AS customer_id, c.name AS customer_name, c.phone AS customer_phone,
    CASE p.n % 50 WHEN 0 THEN 'CANCELLED' WHEN 1 THEN 'PICKED_UP' WHEN 2 THEN 'PICKED_UP' ELSE 'DELIVERED' END AS status,
    CASE p.n % 3 WHEN 0 THEN 'CASH' ELSE 'CARD' END AS method,
    a.id AS first_id, a.name AS first_name, a.category AS first_category, a.size AS first_size, a.price_cents AS first_price,
    d.id AS second_id, d.name AS second_name, d.category AS second_category, d.size AS second_size, d.price_cents AS second_price,
    2 * a.price_cents + d.price_cents AS subtotal,
    ((2 * a.price_cents + d.price_cents) * 800 + 5000) / 10000 AS tax,
    CASE WHEN p.n % 50 IN (1, 2) THEN 0 ELSE 350 END AS fee
FROM placed AS p
JOIN customer AS c ON c.k = (p.n * 7) % c.customers
JOIN dish AS a ON a.k = p.n % a.dishes
JOIN dish AS d ON d.k = (p.n * 11 + 5) % d.dishes
ORDER BY p.n;

ANALYZE past;

INSERT INTO public.orders (
    id, version, status, fulfillment, customer_id, customer_name, customer_phone, street, city, postal_code,
    subtotal_cents, discount_cents, delivery_fee_cents, tax_cents, tip_cents, total_cents, currency,
    location_id, business_day, placed_at, estimated_ready_at, estimated_delivery_at
)
SELECT
    p.id, CASE p.status WHEN 'CANCELLED' THEN 3 WHEN 'PICKED_UP' THEN 5 ELSE 6 END, p.status,
    CASE WHEN p.status = 'PICKED_UP' THEN 'PICKUP' ELSE 'DELIVERY' END, p.customer_id, p.customer_name, p.customer_phone,
    CASE WHEN p.status <> 'PICKED_UP' THEN p.n || ' Via Roma' END,
    CASE WHEN p.status <> 'PICKED_UP' THEN 'Springfield' END,
    CASE WHEN p.status <> 'PICKED_UP' THEN '12345' END,
    p.subtotal, 0, p.fee, p.tax, 0, p.subtotal + p.fee + p.tax, 'USD',
    (SELECT l.id FROM public.locations AS l), p.at::date, p.at, p.at + interval '14 minutes', CASE WHEN p.status <> 'PICKED_UP' THEN p.at + interval '39 minutes' END
FROM past AS p
ORDER BY p.n;

INSERT INTO public.order_items (
    order_id, line, id, menu_item_id, name, category, size, quantity, unit_price_cents, total_cents
)
SELECT p.id, l.line, gen_random_uuid(), l.item, l.name, l.category, l.size, l.quantity, l.price, l.quantity * l.price
FROM past AS p
CROSS JOIN LATERAL (VALUES
    (1, p.first_id, p.first_name, p.first_category, p.first_size, 2, p.first_price),
    (2, p.second_id, p.second_name, p.second_category, p.second_size, 1, p.second_price)
) AS l (line, item, name, category, size, quantity, price)
ORDER BY p.n, l.line;

INSERT INTO public.payments (
    id, order_id, method, status, amount_cents, attempt, attempt_id, attempted_at, intent_id, intent_attempt
)
SELECT
    overlay(p.id::text PLACING 'aaaa' FROM 33)::uuid, p.id, p.method,
    CASE p.status WHEN 'CANCELLED' THEN 'VOIDED' ELSE 'CAPTURED' END, p.subtotal + p.fee + p.tax,
    c.attempt, CASE WHEN c.attempt = 1 THEN p.id END, CASE WHEN c.attempt = 1 THEN p.at END,
    CASE WHEN c.attempt = 1 THEN 'pi_' || replace(p.id::text, '-', '') END, c.attempt
FROM past AS p
CROSS JOIN LATERAL (SELECT CASE p.method WHEN 'CARD' THEN 1 ELSE 0 END AS attempt) AS c
ORDER BY p.n;

-- How the payment stood at each event: a card is captured after the kitchen has begun, cash when the food changes hands.
INSERT INTO public.events (at, stream, stream_id, version, type, from_state, to_state, payload, actor_role, actor_name)
SELECT
    p.at + (e.version - 1) * interval '7 minutes', 'ORDER', p.id, e.version, e.type, e.from_state, e.to_state,
    jsonb_build_object('payment', jsonb_build_object('status', CASE p.method WHEN 'CARD' THEN e.card ELSE e.cash END, 'refunded', 0)),
    e.actor, CASE WHEN e.actor <> 'SYSTEM' THEN 'Some ' || lower(e.actor) END
FROM past AS p
JOIN (VALUES
    ('DELIVERED', 1, 'PLACED', NULL, 'PENDING', 'CUSTOMER', 'PENDING', 'PENDING'),
    ('DELIVERED', 2, 'CONFIRMED', 'PENDING', 'CONFIRMED', 'SYSTEM', 'AUTHORIZED', 'PENDING'),
    ('DELIVERED', 3, 'PREPARATION_STARTED', 'CONFIRMED', 'PREPARING', 'COOK', 'AUTHORIZED', 'PENDING'),
    ('DELIVERED', 4, 'READY', 'PREPARING', 'READY', 'COOK', 'CAPTURED', 'PENDING'),
    ('DELIVERED', 5, 'DISPATCHED', 'READY', 'OUT_FOR_DELIVERY', 'DRIVER', 'CAPTURED', 'PENDING'),
    ('DELIVERED', 6, 'DELIVERED', 'OUT_FOR_DELIVERY', 'DELIVERED', 'DRIVER', 'CAPTURED', 'CAPTURED'),
    ('PICKED_UP', 1, 'PLACED', NULL, 'PENDING', 'CUSTOMER', 'PENDING', 'PENDING'),
    ('PICKED_UP', 2, 'CONFIRMED', 'PENDING', 'CONFIRMED', 'SYSTEM', 'AUTHORIZED', 'PENDING'),
    ('PICKED_UP', 3, 'PREPARATION_STARTED', 'CONFIRMED', 'PREPARING', 'COOK', 'AUTHORIZED', 'PENDING'),
    ('PICKED_UP', 4, 'READY', 'PREPARING', 'READY', 'COOK', 'CAPTURED', 'PENDING'),
    ('PICKED_UP', 5, 'PICKED_UP', 'READY', 'PICKED_UP', 'COOK', 'CAPTURED', 'CAPTURED'),
    ('CANCELLED', 1, 'PLACED', NULL, 'PENDING', 'CUSTOMER', 'PENDING', 'PENDING'),
    ('CANCELLED', 2, 'CONFIRMED', 'PENDING', 'CONFIRMED', 'SYSTEM', 'AUTHORIZED', 'PENDING'),
    ('CANCELLED', 3, 'CANCELLED', 'CONFIRMED', 'CANCELLED', 'CUSTOMER', 'AUTHORIZED', 'VOIDED')
) AS e (status, version, type, from_state, to_state, actor, card, cash) ON e.status = p.status
ORDER BY p.n, e.version;

-- What each pair of dishes takes: two portions of the first, one of the second.
CREATE TEMPORARY TABLE need AS
SELECT pair.first_id, pair.second_id, r.ingredient_id, sum(r.quantity * CASE r.which WHEN 1 THEN 2 ELSE 1 END)::bigint AS quantity
FROM (SELECT DISTINCT p.first_id, p.second_id FROM past AS p) AS pair
CROSS JOIN LATERAL (
    SELECT 1 AS which, a.ingredient_id, a.quantity FROM public.recipes AS a WHERE a.menu_item_id = pair.first_id
    UNION ALL
    SELECT 2, d.ingredient_id, d.quantity FROM public.recipes AS d WHERE d.menu_item_id = pair.second_id
) AS r
GROUP BY pair.first_id, pair.second_id, r.ingredient_id;

ANALYZE need;

INSERT INTO public.stock_movements (ingredient_id, location_id, order_id, kind, on_hand, reserved, at)
SELECT
    n.ingredient_id, (SELECT l.id FROM public.locations AS l), p.id, m.kind,
    CASE m.kind WHEN 'CONSUMED' THEN -n.quantity ELSE 0 END,
    CASE m.kind WHEN 'RESERVED' THEN n.quantity ELSE -n.quantity END,
    p.at + m.after
FROM past AS p
JOIN (VALUES
    ('DELIVERED', 'RESERVED', interval '0'), ('DELIVERED', 'CONSUMED', interval '35 minutes'),
    ('PICKED_UP', 'RESERVED', interval '0'), ('PICKED_UP', 'CONSUMED', interval '28 minutes'),
    ('CANCELLED', 'RESERVED', interval '0'), ('CANCELLED', 'RELEASED', interval '14 minutes')
) AS m (status, kind, after) ON m.status = p.status
JOIN need AS n ON n.first_id = p.first_id AND n.second_id = p.second_id
ORDER BY p.n, m.after, n.ingredient_id;

-- What was eaten had been counted before, so that an ingredient is what its movements add up to.
INSERT INTO public.stock_movements (ingredient_id, location_id, kind, on_hand, reserved, at)
SELECT m.ingredient_id, m.location_id, 'COUNTED', -sum(m.on_hand), 0, now() - interval '2 years'
FROM public.stock_movements AS m
WHERE m.kind = 'CONSUMED'
GROUP BY m.ingredient_id, m.location_id;

-- What the kitchen did: the ticket of each order, with its lines and their tasks along a route, all done fourteen minutes
-- after it came unless the order was called off. What happened is told as kitchen.Delta has it.
CREATE TEMPORARY TABLE made AS
SELECT
    p.n, p.id AS order_id, overlay(p.id::text PLACING '9' FROM 20)::uuid AS id, p.at + interval '7 minutes' AS opened, p.at + interval '14 minutes' AS begun,
    p.at + interval '21 minutes' AS done, p.status = 'CANCELLED' AS cancelled, i.line - 1 AS line, i.id AS item_id, i.category = 'Pizza' AS is_pizza
FROM past AS p
JOIN public.order_items AS i ON i.order_id = p.id;

CREATE TEMPORARY TABLE task AS
SELECT
    m.*, r.step, s.id AS station_id,
    CASE WHEN NOT m.cancelled THEN 'DONE' WHEN r.step = 0 THEN 'QUEUED' ELSE 'WAITING' END AS status,
    CASE WHEN r.step = 0 THEN m.opened WHEN NOT m.cancelled THEN m.done END AS queued,
    CASE WHEN r.step = 0 AND NOT m.cancelled THEN m.begun END AS started,
    CASE WHEN NOT m.cancelled THEN m.done END AS ended
FROM made AS m
CROSS JOIN LATERAL (
    SELECT row_number() OVER (ORDER BY o.n) - 1 AS step, o.name
    FROM (VALUES (1, 'Make'), (2, 'Oven'), (3, 'Cut'), (4, 'Expo')) AS o (n, name)
    WHERE m.is_pizza OR o.n IN (1, 4)
) AS r
JOIN public.stations AS s ON s.name = r.name;

INSERT INTO public.tickets (
    id, order_id, location_id, version, status, opened_at, due_at, closed_at, is_rush, is_recalled, changed_version
)
SELECT
    m.id, m.order_id, (SELECT l.id FROM public.locations AS l), CASE WHEN m.cancelled THEN 2 ELSE 3 END,
    CASE WHEN m.cancelled THEN 'CANCELLED' ELSE 'DONE' END, m.opened, m.done, CASE WHEN m.cancelled THEN m.begun ELSE m.done END, false, false, 0
FROM made AS m
WHERE m.line = 0
ORDER BY m.n;

INSERT INTO public.ticket_items (ticket_id, line, item_id, fire_at, takes_seconds, least_seconds)
SELECT m.id, m.line, m.item_id, m.opened, 720, CASE WHEN m.is_pizza THEN 300 ELSE 0 END
FROM made AS m
ORDER BY m.n, m.line;

INSERT INTO public.ticket_tasks (id, ticket_id, line, step, station_id, status, queued_at, started_at, done_at, done_by, too_fast)
SELECT gen_random_uuid(), t.id, t.line, t.step, t.station_id, t.status, t.queued, t.started, t.ended, CASE WHEN NOT t.cancelled THEN 'Some cook' END, false
FROM task AS t
ORDER BY t.n, t.line, t.step;

INSERT INTO public.events (at, stream, stream_id, location_id, version, type, from_state, to_state, payload, actor_role, actor_name)
SELECT
    e.at, 'TICKET', t.id, (SELECT l.id FROM public.locations AS l), e.version, e.type, e.from_state, e.to_state,
    jsonb_strip_nulls(jsonb_build_object(
        'status', e.to_state, 'dueAt', t.done, 'closedAt', e.closed, 'fire', CASE WHEN e.version = 1 THEN jsonb_build_object('0', t.opened, '1', t.opened) END,
        'tasks', CASE e.type WHEN 'OPENED' THEN t.opened_tasks WHEN 'STARTED' THEN t.started_tasks WHEN 'DONE' THEN t.done_tasks END
    )),
    e.actor, CASE WHEN e.actor = 'COOK' THEN 'Some cook' END
FROM (
    SELECT
        k.n, k.id, k.opened, k.begun, k.done, k.cancelled,
        jsonb_agg(jsonb_build_object(
            'line', k.line, 'step', k.step, 'status', CASE WHEN k.step = 0 THEN 'QUEUED' ELSE 'WAITING' END, 'queuedAt', CASE WHEN k.step = 0 THEN k.opened END
        )) AS opened_tasks,
        jsonb_agg(jsonb_build_object('line', k.line, 'step', k.step, 'status', 'STARTED', 'queuedAt', k.opened, 'startedAt', k.begun))
            FILTER (WHERE k.step = 0) AS started_tasks,
        jsonb_agg(jsonb_build_object(
            'line', k.line, 'step', k.step, 'status', 'DONE', 'queuedAt', k.queued, 'startedAt', k.started, 'doneAt', k.ended
        )) AS done_tasks
    FROM task AS k
    GROUP BY k.n, k.id, k.opened, k.begun, k.done, k.cancelled
) AS t
CROSS JOIN LATERAL (VALUES
    (NULL, 1, 'OPENED', NULL, 'OPEN', 'SYSTEM', t.opened, NULL),
    (false, 2, 'STARTED', 'OPEN', 'OPEN', 'COOK', t.begun, NULL),
    (false, 3, 'DONE', 'OPEN', 'DONE', 'COOK', t.done, t.done),
    (true, 2, 'CANCELLED', 'OPEN', 'CANCELLED', 'CUSTOMER', t.begun, t.begun)
) AS e (cancelled, version, type, from_state, to_state, actor, at, closed)
WHERE e.cancelled IS NULL OR e.cancelled = t.cancelled
ORDER BY t.n, e.version;

DROP TABLE past, need, made, task;
RESET work_mem;
RESET synchronous_commit;
RESET session_replication_role;

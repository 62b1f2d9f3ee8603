package bench_test

// emptyShopSQL adds customers, and stock that no benchmark uses up.
const emptyShopSQL = `
INSERT INTO public.customers (id, name, phone, created_at)
SELECT gen_random_uuid(), 'Customer ' || n, '555-' || n, now() - interval '2 years'
FROM generate_series(1, 500) AS n;

UPDATE public.ingredients SET on_hand = 2000000000;
`

// historySQL writes orders evenly over the last year, 94 in 100 delivered, with two lines each, their payments and all
// their events; %d is how many. Ids sort by time, as the shop's own do. Triggers don't run meanwhile: a refresh follows.
const historySQL = `
SET session_replication_role = replica;
SET synchronous_commit = off;

CREATE TEMPORARY TABLE past AS
WITH size AS (SELECT %d AS orders),
dish AS (
    SELECT m.id, m.name, m.category, p.size, p.price_cents, row_number() OVER (ORDER BY m.id) - 1 AS k, count(*) OVER () AS dishes
    FROM public.menu_items AS m
    JOIN public.menu_item_prices AS p ON p.menu_item_id = m.id AND p.size IN ('MEDIUM', 'ONE_SIZE')
),
customer AS (SELECT c.id, c.name, row_number() OVER (ORDER BY c.id) - 1 AS k, count(*) OVER () AS customers FROM public.customers AS c),
placed AS (
    SELECT n, now() - interval '366 days' + n * (interval '365 days' / size.orders) AS at
    FROM size, generate_series(1, size.orders) AS n
)
SELECT
    p.n, p.at,
    (
        lpad(to_hex((extract(epoch FROM p.at) * 1000)::bigint), 12, '0') || '7' || lpad(to_hex(p.n & 4095), 3, '0')
        || '8' || substr(md5(p.n::text), 1, 15)
    )::uuid AS id,
    c.id AS customer_id, c.name AS customer_name,
    CASE p.n %% 50 WHEN 0 THEN 'CANCELLED' WHEN 1 THEN 'PICKED_UP' WHEN 2 THEN 'PICKED_UP' ELSE 'DELIVERED' END AS status,
    a.id AS first_id, a.name AS first_name, a.category AS first_category, a.size AS first_size, a.price_cents AS first_price,
    d.id AS second_id, d.name AS second_name, d.category AS second_category, d.size AS second_size, d.price_cents AS second_price
FROM placed AS p
JOIN customer AS c ON c.k = (p.n * 7) %% c.customers
JOIN dish AS a ON a.k = p.n %% a.dishes
JOIN dish AS d ON d.k = (p.n * 11 + 5) %% d.dishes;

INSERT INTO public.orders (
    id, version, status, fulfillment, customer_id, customer_name, street, city, postal_code,
    subtotal_cents, discount_cents, delivery_fee_cents, tax_cents, tip_cents, total_cents, currency,
    placed_at, estimated_ready_at, estimated_delivery_at
)
SELECT
    p.id, CASE p.status WHEN 'CANCELLED' THEN 3 WHEN 'PICKED_UP' THEN 5 ELSE 6 END, p.status,
    CASE p.status WHEN 'PICKED_UP' THEN 'PICKUP' ELSE 'DELIVERY' END, p.customer_id, p.customer_name,
    p.n || ' Via Roma', 'Springfield', '12345',
    2 * p.first_price + p.second_price, 0, 350, 200, 0, 2 * p.first_price + p.second_price + 550, 'USD',
    p.at, p.at + interval '20 minutes', p.at + interval '40 minutes'
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

INSERT INTO public.payments (id, order_id, method, status, amount_cents)
SELECT
    overlay(p.id::text PLACING 'aaaa' FROM 33)::uuid, p.id, 'CARD',
    CASE p.status WHEN 'CANCELLED' THEN 'VOIDED' ELSE 'CAPTURED' END, 2 * p.first_price + p.second_price + 550
FROM past AS p
ORDER BY p.n;

INSERT INTO public.order_events (order_id, version, type, from_status, to_status, payload, actor, at)
SELECT
    p.id, e.version, e.type, e.from_status, e.to_status, '{"payment": {"status": "CAPTURED", "refunded": 0}}', e.actor,
    p.at + e.version * interval '7 minutes'
FROM past AS p
JOIN (VALUES
    ('DELIVERED', 1, 'PLACED', NULL, 'PENDING', 'CUSTOMER'),
    ('DELIVERED', 2, 'CONFIRMED', 'PENDING', 'CONFIRMED', 'SYSTEM'),
    ('DELIVERED', 3, 'PREPARATION_STARTED', 'CONFIRMED', 'PREPARING', 'COOK'),
    ('DELIVERED', 4, 'READY', 'PREPARING', 'READY', 'COOK'),
    ('DELIVERED', 5, 'DISPATCHED', 'READY', 'OUT_FOR_DELIVERY', 'DRIVER'),
    ('DELIVERED', 6, 'DELIVERED', 'OUT_FOR_DELIVERY', 'DELIVERED', 'DRIVER'),
    ('PICKED_UP', 1, 'PLACED', NULL, 'PENDING', 'CUSTOMER'),
    ('PICKED_UP', 2, 'CONFIRMED', 'PENDING', 'CONFIRMED', 'SYSTEM'),
    ('PICKED_UP', 3, 'PREPARATION_STARTED', 'CONFIRMED', 'PREPARING', 'COOK'),
    ('PICKED_UP', 4, 'READY', 'PREPARING', 'READY', 'COOK'),
    ('PICKED_UP', 5, 'PICKED_UP', 'READY', 'PICKED_UP', 'COOK'),
    ('CANCELLED', 1, 'PLACED', NULL, 'PENDING', 'CUSTOMER'),
    ('CANCELLED', 2, 'CONFIRMED', 'PENDING', 'CONFIRMED', 'SYSTEM'),
    ('CANCELLED', 3, 'CANCELLED', 'CONFIRMED', 'CANCELLED', 'CUSTOMER')
) AS e (status, version, type, from_status, to_status, actor) ON e.status = p.status
ORDER BY p.n, e.version;
`

\set n random(1, 16)
SELECT c.v[1] AS customer, c.v[2] AS dish, c.v[3] AS other, bench.new_id() AS id, bench.new_id() AS payment,
    gen_random_uuid() AS line1, gen_random_uuid() AS line2
FROM bench.bare AS c WHERE c.n = :n \gset
BEGIN;
INSERT INTO public.orders (
    id, version, status, fulfillment, customer_id, customer_name, street, city, postal_code,
    subtotal_cents, discount_cents, delivery_fee_cents, tax_cents, tip_cents, total_cents, currency, location_id, placed_at
)
VALUES (:id, 1, 'PENDING', 'DELIVERY', :customer, 'Carla', '1 Via Roma', 'Springfield', '12345', 2970, 0, 350, 238, 0, 3558, 'USD', (SELECT l.id FROM public.locations AS l), now());
INSERT INTO public.order_items (order_id, line, id, menu_item_id, name, category, size, quantity, unit_price_cents, total_cents)
VALUES
    (:id, 1, :line1, :dish, 'Margherita', 'Pizza', 'MEDIUM', 2, 990, 1980),
    (:id, 2, :line2, :other, 'Marinara', 'Pizza', 'MEDIUM', 1, 990, 990);
INSERT INTO public.payments (id, order_id, method, status, amount_cents) VALUES (:payment, :id, 'CARD', 'PENDING', 3558);
INSERT INTO public.events (at, stream, stream_id, version, type, to_state, payload, actor_role)
VALUES (now(), 'ORDER', :id, 1, 'PLACED', 'PENDING', E'{"payment"\x3a {"status"\x3a "PENDING", "refunded"\x3a 0}}', 'CUSTOMER');
COMMIT;
BEGIN;
SELECT o.status, o.version FROM public.orders AS o WHERE o.id = :id FOR NO KEY UPDATE;
UPDATE public.orders AS o SET status = 'CONFIRMED', version = 2 WHERE o.id = :id;
INSERT INTO public.events (at, stream, stream_id, version, type, from_state, to_state, payload, actor_role)
VALUES (
    now(), 'ORDER', :id, 2, 'CONFIRMED', 'PENDING', 'CONFIRMED', E'{"payment"\x3a {"status"\x3a "AUTHORIZED", "refunded"\x3a 0}}',
    'SYSTEM'
);
COMMIT;

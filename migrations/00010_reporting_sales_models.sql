-- +goose Up

-- Pizzas sold, by day (UTC) of the order. Names are those the customers saw.
CREATE VIEW public.pizza_sales_source AS
SELECT
    (o.placed_at AT TIME ZONE 'UTC')::date AS day,
    i.menu_item_id,
    i.name,
    count(*) AS lines,
    sum(i.quantity)::bigint AS quantity,
    sum(i.total_cents)::bigint AS revenue_cents
FROM public.orders AS o
JOIN public.order_items AS i ON i.order_id = o.id
WHERE o.is_sale AND i.category = 'Pizza'
GROUP BY (o.placed_at AT TIME ZONE 'UTC')::date, i.menu_item_id, i.name;

SELECT readmodel.create_sum_model('pizza_sales', ARRAY['day', 'menu_item_id', 'name']);
SELECT readmodel.watch_sum('pizza_sales', 'public.orders', condition => 'row.is_sale');
SELECT readmodel.watch_sum(
    'pizza_sales', 'public.order_items',
    claim => readmodel.claim('public.orders', 'id', 'row.order_id'), condition => 'row.category = ''Pizza''',
    lookup => 'EXISTS (SELECT FROM public.orders AS o WHERE o.id = row.order_id AND o.is_sale)'
);

-- What each customer bought. An order is counted, and its total added, at its first line.
CREATE VIEW public.customer_history_source AS
SELECT
    o.customer_id,
    i.menu_item_id,
    i.name,
    i.category,
    count(*) AS lines,
    sum(i.quantity)::bigint AS quantity,
    sum(CASE WHEN i.line = 1 THEN 1 ELSE 0 END)::bigint AS orders,
    sum(CASE WHEN i.line = 1 THEN o.total_cents ELSE 0 END)::bigint AS spent_cents
FROM public.orders AS o
JOIN public.order_items AS i ON i.order_id = o.id
WHERE o.is_sale
GROUP BY o.customer_id, i.menu_item_id, i.name, i.category;

SELECT readmodel.create_sum_model('customer_history', ARRAY['customer_id', 'menu_item_id', 'name', 'category']);
SELECT readmodel.watch_sum('customer_history', 'public.orders', condition => 'row.is_sale');
SELECT readmodel.watch_sum(
    'customer_history', 'public.order_items',
    claim => readmodel.claim('public.orders', 'id', 'row.order_id'),
    lookup => 'EXISTS (SELECT FROM public.orders AS o WHERE o.id = row.order_id AND o.is_sale)'
);

-- One customer's history.
CREATE INDEX customer_history_fresh_customer_idx ON public.customer_history_fresh (customer_id);

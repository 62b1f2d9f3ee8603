/* What each customer bought at each location, less what was given back. An order is counted, and its total added, at its first line.

kind: sum
dimensions: [customer_id, currency, menu_item_id, name, is_pizza, location_id]
follows:
  - table: public.orders
    condition: row.is_sale
  - table: public.order_items
    claim: {table: public.orders, key: id, by: row.order_id}
    lookup: EXISTS (SELECT FROM public.orders AS o WHERE o.id = row.order_id AND o.is_sale)
indexes:
  customer_idx: (customer_id) # one customer's history
*/
SELECT
    o.customer_id,
    o.currency,
    i.menu_item_id,
    i.name,
    coalesce(i.is_pizza, i.category = 'Pizza') AS is_pizza,
    o.location_id,
    count(*) AS lines,
    sum(i.quantity - i.refunded_quantity)::bigint AS quantity,
    sum(CASE WHEN i.line = 1 THEN 1 ELSE 0 END)::bigint AS orders,
    sum(CASE WHEN i.line = 1 THEN o.total_cents - o.refunded_cents ELSE 0 END)::bigint AS spent_cents
FROM public.orders AS o
JOIN public.order_items AS i ON i.order_id = o.id
WHERE o.is_sale
GROUP BY o.customer_id, o.currency, i.menu_item_id, i.name, coalesce(i.is_pizza, i.category = 'Pizza'), o.location_id;

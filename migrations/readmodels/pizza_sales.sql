/* Pizzas sold, by location and business day of the order, less discounts and what was given back. Names are those the customers saw; amounts
   of a location are in its currency.

kind: sum
dimensions: [location_id, day, menu_item_id, name]
follows:
  - table: public.orders
    condition: row.is_sale
  - table: public.order_items
    claim: {table: public.orders, key: id, by: row.order_id}
    condition: coalesce(row.is_pizza, row.category = 'Pizza')
    lookup: EXISTS (SELECT FROM public.orders AS o WHERE o.id = row.order_id AND o.is_sale)
*/
SELECT
    o.location_id,
    coalesce(o.business_day, (o.placed_at AT TIME ZONE 'UTC')::date) AS day,
    i.menu_item_id,
    i.name,
    count(*) AS lines,
    sum(i.quantity - i.refunded_quantity)::bigint AS quantity,
    sum(i.total_cents - i.discount_cents - i.refunded_cents)::bigint AS revenue_cents
FROM public.orders AS o
JOIN public.order_items AS i ON i.order_id = o.id
WHERE o.is_sale AND coalesce(i.is_pizza, i.category = 'Pizza')
GROUP BY o.location_id, coalesce(o.business_day, (o.placed_at AT TIME ZONE 'UTC')::date), i.menu_item_id, i.name;

package readmodel_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"pizzeria/internal/platform/pgtest"
	"pizzeria/internal/platform/postgres"
)

// changes are statements of all kinds, with random numbers for one order, another order, an item, and a number from 1
// to 5.
var changes = []string{
	"SELECT test.order(nextval('test.orders'), 1 + $few % 5, 'PENDING', now())",
	"SELECT test.order(nextval('test.orders'), 1 + $few % 5, 'CONFIRMED', now() - interval '$item days')",
	"UPDATE public.orders SET status = (ARRAY['PENDING', 'CONFIRMED', 'PREPARING', 'DELIVERED', 'CANCELLED'])[$few], version = version + 1 WHERE id = test.id('d', $order)",
	"UPDATE public.orders SET status = (ARRAY['PENDING', 'CONFIRMED', 'CANCELLED', 'REJECTED', 'READY'])[$few] WHERE number BETWEEN $order AND $order + 2",
	"UPDATE public.orders SET tip_cents = tip_cents + 1, total_cents = total_cents + 1 WHERE id = test.id('d', $order)",
	"UPDATE public.orders SET placed_at = placed_at + interval '$few hours', customer_id = test.id('c', $few) WHERE id = test.id('d', $order)",
	"UPDATE public.order_items SET quantity = $few, total_cents = $few * unit_price_cents WHERE order_id = test.id('d', $order)",
	"UPDATE public.order_items SET category = CASE category WHEN 'Pizza' THEN 'Drink' ELSE 'Pizza' END WHERE order_id IN (test.id('d', $order), test.id('d', $other))",
	"UPDATE public.order_items SET name = 'Renamed $item', menu_item_id = test.id('b', $item) WHERE order_id = test.id('d', $order) AND line = 1",
	"UPDATE public.order_items SET order_id = test.id('d', $other), line = 10 + $few WHERE order_id = test.id('d', $order) AND line = 2 AND EXISTS (SELECT FROM public.orders WHERE id = test.id('d', $other)) AND NOT EXISTS (SELECT FROM public.order_items WHERE order_id = test.id('d', $other) AND line = 10 + $few)",
	"INSERT INTO public.order_items (order_id, line, id, menu_item_id, name, category, size, quantity, unit_price_cents, total_cents) SELECT id, 20 + $few, gen_random_uuid(), test.id('b', $item), 'Added', 'Pizza', 'LARGE', 1, 5, 5 FROM public.orders WHERE number IN ($order, $other) ON CONFLICT DO NOTHING",
	"INSERT INTO public.order_items (order_id, line, id, menu_item_id, name, category, size, quantity, unit_price_cents, total_cents) SELECT id, 1, gen_random_uuid(), test.id('b', $item), 'Put', 'Pizza', 'LARGE', 1, 5, 5 FROM public.orders WHERE number IN ($order, $other) ON CONFLICT (order_id, line) DO UPDATE SET quantity = excluded.quantity, unit_price_cents = 5, total_cents = 5",
	"DELETE FROM public.order_items WHERE order_id = test.id('d', $order) AND line > $few",
	"UPDATE public.payments SET status = (ARRAY['AUTHORIZED', 'CAPTURED', 'FAILED', 'VOIDED', 'PENDING'])[$few] WHERE order_id = test.id('d', $order)",
	"DELETE FROM public.payments WHERE order_id = test.id('d', $order)",
	"INSERT INTO public.events (at, stream, stream_id, version, type, to_state, payload, actor_role) SELECT now(), 'ORDER', id, (SELECT max(version) + 1 FROM public.events WHERE stream_id = test.id('d', $order)), 'NOTE', 'PENDING', '{}', 'CUSTOMER' FROM public.orders WHERE id = test.id('d', $order) ON CONFLICT DO NOTHING",
	"UPDATE public.stock_levels SET on_hand = $order WHERE ingredient_id = test.id('a', $few)",
	"UPDATE public.stock_levels SET on_hand = $order WHERE ingredient_id <> test.id('a', $few)",
	"UPDATE public.stock_levels SET on_hand = $order WHERE ingredient_id = test.id('a', $few) AND location_id = (SELECT id FROM public.locations ORDER BY id LIMIT 1)",
	"UPDATE public.stock_levels SET sold_out_since = CASE WHEN $few > 2 THEN now() END, sold_out_until = CASE WHEN $few > 3 THEN now() + interval '1 hour' END WHERE ingredient_id = test.id('a', $few)",
	"UPDATE public.stock_levels SET sold_out_since = CASE WHEN sold_out_since IS NULL THEN now() END, sold_out_until = NULL WHERE ingredient_id = test.id('a', $few) AND location_id = (SELECT id FROM public.locations ORDER BY id LIMIT 1)",
	"INSERT INTO public.menu_item_locations (menu_item_id, location_id, is_available) SELECT test.id('b', $item), l.id, $few > 2 FROM public.locations AS l ORDER BY l.id LIMIT 1 ON CONFLICT (menu_item_id, location_id) DO UPDATE SET is_available = excluded.is_available",
	"DELETE FROM public.menu_item_locations WHERE menu_item_id = test.id('b', $item)",
	"INSERT INTO public.menu_item_location_prices (menu_item_id, location_id, size, price_cents) SELECT o.menu_item_id, o.location_id, 'LARGE', $order FROM (SELECT menu_item_id, location_id FROM public.menu_item_locations WHERE menu_item_id = test.id('b', $item) FOR KEY SHARE) AS o ON CONFLICT (menu_item_id, location_id, size) DO UPDATE SET price_cents = excluded.price_cents",
	"UPDATE public.menu_item_prices SET size = CASE size WHEN 'LARGE' THEN 'SMALL' WHEN 'SMALL' THEN 'LARGE' ELSE size END WHERE menu_item_id = test.id('b', $item)",
	"DELETE FROM public.recipes WHERE menu_item_id = test.id('b', $item) AND ingredient_id = test.id('a', $few)",
	"INSERT INTO public.recipes (menu_item_id, ingredient_id, quantity) SELECT id, test.id('a', $few), $order FROM public.menu_items WHERE id = test.id('b', $item) ON CONFLICT (menu_item_id, ingredient_id) DO UPDATE SET quantity = excluded.quantity",
	"UPDATE public.recipes SET ingredient_id = test.id('a', $few) WHERE menu_item_id = test.id('b', $item) AND ingredient_id = test.id('a', 1) AND NOT EXISTS (SELECT FROM public.recipes WHERE menu_item_id = test.id('b', $item) AND ingredient_id = test.id('a', $few))",
	"UPDATE public.menu_item_prices SET price_cents = price_cents + 1 WHERE menu_item_id = test.id('b', $item)",
	"UPDATE public.menu_items SET archived_at = CASE WHEN archived_at IS NULL THEN now() END, version = version + 1 WHERE id = test.id('b', $item)",
	"UPDATE public.menu_items SET is_available = NOT is_available",
	"SET CONSTRAINTS ALL IMMEDIATE",
	"SET CONSTRAINTS ALL DEFERRED",
}

func change(r *rand.Rand) string {
	return strings.NewReplacer(
		"$order", strconv.Itoa(1+r.IntN(30)), "$other", strconv.Itoa(1+r.IntN(30)),
		"$few", strconv.Itoa(1+r.IntN(5)), "$item", strconv.Itoa(1+r.IntN(8)),
	).Replace(changes[r.IntN(len(changes))])
}

// transact runs a few random changes in one transaction, some of them behind a savepoint or rolled back.
func transact(ctx context.Context, db *pgtest.Database, r *rand.Rand) error {
	level := pgx.ReadCommitted
	if r.IntN(3) == 0 {
		level = pgx.RepeatableRead
	}
	tx, err := db.Pool.BeginTx(ctx, pgx.TxOptions{IsoLevel: level})
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback(context.WithoutCancel(ctx)) }()
	for range 1 + r.IntN(5) {
		if r.IntN(4) > 0 {
			if _, err := tx.Exec(ctx, change(r)); err != nil {
				return err
			}
			continue
		}
		nested, err := tx.Begin(ctx)
		if err != nil {
			return err
		}
		for range 1 + r.IntN(2) {
			if _, err := nested.Exec(ctx, change(r)); err != nil {
				return err
			}
		}
		if r.IntN(2) == 0 {
			err = nested.Rollback(ctx)
		} else {
			err = nested.Commit(ctx)
		}
		if err != nil {
			return err
		}
	}
	if r.IntN(6) == 0 {
		return tx.Rollback(ctx)
	}
	return tx.Commit(ctx)
}

// collided returns whether a transaction failed because of another one.
func collided(err error) bool {
	var refusal *pgconn.PgError
	return postgres.Retryable(err) ||
		errors.As(err, &refusal) && refusal.Code == "23505" // same row inserted
}

// withLocation adds to an error where in the database's functions it happened.
func withLocation(err error) error {
	var refusal *pgconn.PgError
	if errors.As(err, &refusal) {
		return fmt.Errorf("%w\n%s", err, refusal.Where)
	}
	return err
}

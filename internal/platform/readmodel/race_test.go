package readmodel_test

import (
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"
)

var bothLevels = []pgx.TxIsoLevel{pgx.ReadCommitted, pgx.RepeatableRead}

// Each writes what the other's result depends on, and neither writes the other's rows.
func TestWritersOfDifferentTablesDoNotMissEachOther(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ first, second []string }{
		"a recipe and the stock it needs": {
			first: []string{"INSERT INTO public.recipes VALUES (test.id('b', 1), test.id('a', 5), 15)"},
			// Enough for all other recipes.
			second: []string{"UPDATE public.stock_levels SET on_hand = 10 WHERE ingredient_id = test.id('a', 5)"},
		},
		"the stock and a recipe that needs it": {
			first:  []string{"UPDATE public.stock_levels SET on_hand = 10 WHERE ingredient_id = test.id('a', 5)"},
			second: []string{"INSERT INTO public.recipes VALUES (test.id('b', 1), test.id('a', 5), 15)"},
		},
		"a recipe, with its item, and the stock it needs": {
			first:  []string{"UPDATE public.stock_levels SET on_hand = 10 WHERE ingredient_id = test.id('a', 5)"},
			second: []string{"UPDATE public.menu_items SET version = 2 WHERE id = test.id('b', 1)", "INSERT INTO public.recipes VALUES (test.id('b', 1), test.id('a', 5), 15)"},
		},
		"two ingredients of one item": {
			first:  []string{"UPDATE public.stock_levels SET on_hand = 0 WHERE ingredient_id = test.id('a', 2)"},
			second: []string{"UPDATE public.stock_levels SET on_hand = 0 WHERE ingredient_id = test.id('a', 3)"},
		},
		"a line and a payment": {
			first:  []string{"UPDATE public.order_items SET instructions = 'hot' WHERE order_id = test.id('d', 1)"},
			second: []string{"UPDATE public.payments SET status = 'CAPTURED' WHERE order_id = test.id('d', 1)"},
		},
		"a new line and the confirmation": {
			first:  []string{newLine},
			second: []string{"UPDATE public.orders SET status = 'CONFIRMED' WHERE id = test.id('d', 3)"},
		},
		"the confirmation and a new line": {
			first:  []string{"UPDATE public.orders SET status = 'CONFIRMED' WHERE id = test.id('d', 3)"},
			second: []string{newLine},
		},
	}
	for name, test := range tests {
		for _, first := range bothLevels {
			for _, second := range bothLevels {
				t.Run(name+", "+string(first)+" and "+string(second), func(t *testing.T) {
					t.Parallel()
					db := newShop(t)
					one, two := begin(t, db, first), begin(t, db, second)

					run(t, one, test.first...)
					done := make(chan error, 1)
					go func() { done <- finish(t.Context(), two, test.second...) }()
					// Two either waits for one, or is through before it.
					for count(t, db.Pool, "SELECT count(*) FROM pg_locks WHERE NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) OR NOT granted AND transactionid IS NOT NULL") == 0 && len(done) == 0 {
					}
					errOne := finish(t.Context(), one)
					errTwo := <-done

					requireDoneOrLost(t, errOne)
					requireDoneOrLost(t, errTwo)
					requireExact(t, db)
				})
			}
		}
	}
}

const newLine = `INSERT INTO public.order_items (order_id, line, id, menu_item_id, name, category, size, quantity, unit_price_cents, total_cents)
	VALUES (test.id('d', 3), 3, gen_random_uuid(), test.id('b', 1), 'Item 1', 'Pizza', 'MEDIUM', 2, 1000, 2000)`

// The first one's change is in the snapshot, and no fresh row tells of it any more, when the second one computes.
func TestATransactionOlderThanARefreshCannotBringBackWhatItSaw(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ first, second string }{
		"row": {
			first:  "UPDATE public.order_items SET instructions = 'hot' WHERE order_id = test.id('d', 1)",
			second: "UPDATE public.payments SET status = 'CAPTURED' WHERE order_id = test.id('d', 1)",
		},
		"keys": {
			first:  "INSERT INTO public.recipes VALUES (test.id('b', 1), test.id('a', 5), 15)",
			second: "UPDATE public.stock_levels SET on_hand = 10 WHERE ingredient_id = test.id('a', 5)",
		},
		"sum": {
			first:  newLine,
			second: "UPDATE public.orders SET status = 'CONFIRMED' WHERE id = test.id('d', 3)",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			db := newShop(t)
			old := begin(t, db, pgx.RepeatableRead)

			run(t, db.Pool, test.first)
			refreshAll(t, db)
			err := finish(t.Context(), old, test.second)

			requireDoneOrLost(t, err)
			requireExact(t, db)
			require.Error(t, err, "it saw the past")
		})
	}
}

// Orders in the making refer to dishes, and so keep their keys as they are until they are placed.
func TestWhoComputesARowDoesNotWaitForWhoRefersToIt(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ referred, changed string }{
		"menu": {
			referred: "SELECT FROM public.menu_items AS m WHERE m.id = test.id('b', 1) FOR KEY SHARE",
			changed:  "INSERT INTO public.recipes VALUES (test.id('b', 1), test.id('a', 5), 15)",
		},
		"order": {
			referred: "SELECT FROM public.orders AS o WHERE o.id = test.id('d', 1) FOR KEY SHARE",
			changed:  "UPDATE public.payments SET status = 'CAPTURED' WHERE order_id = test.id('d', 1)",
		},
	}
	for model, test := range tests {
		t.Run(model, func(t *testing.T) {
			t.Parallel()
			db := newShop(t)
			referring, computing := begin(t, db, pgx.ReadCommitted), begin(t, db, pgx.ReadCommitted)
			run(t, referring, test.referred)

			require.NoError(t, finish(t.Context(), computing, "SET LOCAL lock_timeout = '1s'", test.changed))

			require.NoError(t, finish(t.Context(), referring))
			requireExact(t, db)
		})
	}
}

func TestOneStatementThatChangesTwoTables(t *testing.T) {
	t.Parallel()
	tests := map[string]string{
		"an order and its lines": `
			WITH lines AS (UPDATE public.order_items SET quantity = 3, total_cents = 3 * unit_price_cents WHERE order_id = test.id('d', 3))
			UPDATE public.orders SET status = 'CONFIRMED' WHERE id = test.id('d', 3)`,
		"a sale and its lines": `
			WITH lines AS (UPDATE public.order_items SET quantity = 3, total_cents = 3 * unit_price_cents WHERE order_id = test.id('d', 1))
			UPDATE public.orders SET customer_id = test.id('c', 5) WHERE id = test.id('d', 1)`,
		"a new order with its lines": `
			WITH copy AS (
				INSERT INTO public.orders (id, number, version, status, fulfillment, customer_id, customer_name, subtotal_cents, discount_cents,
					delivery_fee_cents, tax_cents, tip_cents, total_cents, currency, placed_at)
				SELECT test.id('d', 99), 99, 1, 'CONFIRMED', 'PICKUP', customer_id, customer_name, 2000, 0, 0, 0, 0, 2000, 'USD', placed_at
				FROM public.orders WHERE id = test.id('d', 1)
			)
			INSERT INTO public.order_items (order_id, line, id, menu_item_id, name, category, size, quantity, unit_price_cents, total_cents)
			SELECT test.id('d', 99), line, gen_random_uuid(), menu_item_id, name, category, size, quantity, unit_price_cents, total_cents
			FROM public.order_items WHERE order_id = test.id('d', 1)`,
		"all of an order deleted": `
			WITH lines AS (DELETE FROM public.order_items WHERE order_id = test.id('d', 1)),
				payments AS (DELETE FROM public.payments WHERE order_id = test.id('d', 1))
			DELETE FROM public.orders WHERE id = test.id('d', 1)`,
		"a menu item and its recipe": `
			WITH recipe AS (DELETE FROM public.recipes WHERE menu_item_id = test.id('b', 1))
			UPDATE public.menu_items SET name = 'New' WHERE id = test.id('b', 1)`,
	}
	for name, statement := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			db := newShop(t)
			run(t, db.Pool,
				"ALTER TABLE public.events DISABLE TRIGGER events_are_final",
				"DELETE FROM public.events WHERE stream_id = test.id('d', 1)")

			_, err := db.Pool.Exec(t.Context(), statement)
			if err != nil {
				require.ErrorContains(t, err, "one statement changes both")
			}
			requireExact(t, db)
		})
	}
}

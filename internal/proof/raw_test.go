package proof_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"pizzeria/internal/platform/postgres"
)

// statements change, without the program's knowledge, the tables that read models are made of. None of them breaks an
// invariant. $1 is a number to vary by.
var statements = []string{
	`UPDATE public.orders SET special_instructions = 'ring twice ' || $1 WHERE id = (SELECT o.id FROM public.orders AS o ORDER BY o.number DESC OFFSET $1 % 20 LIMIT 1)`,
	`UPDATE public.orders SET customer_name = 'Eve ' || $1, customer_phone = NULL WHERE id = (SELECT o.id FROM public.orders AS o ORDER BY o.number DESC OFFSET $1 % 20 LIMIT 1)`,
	`UPDATE public.orders SET placed_at = placed_at - interval '1 day' WHERE id = (SELECT o.id FROM public.orders AS o ORDER BY o.number DESC OFFSET $1 % 20 LIMIT 1)`,
	`UPDATE public.order_items SET name = 'Pizza ' || $1 % 5, instructions = 'hot' WHERE order_id = (SELECT o.id FROM public.orders AS o ORDER BY o.number DESC OFFSET $1 % 20 LIMIT 1)`,
	`UPDATE public.order_items SET category = CASE category WHEN 'Pizza' THEN 'Drinks' ELSE 'Pizza' END WHERE order_id = (SELECT o.id FROM public.orders AS o ORDER BY o.number DESC OFFSET $1 % 20 LIMIT 1)`,
	`UPDATE public.menu_item_prices SET price_cents = 700 + $1 WHERE menu_item_id = (SELECT m.id FROM public.menu_items AS m ORDER BY m.id OFFSET $1 % 12 LIMIT 1)`,
	`UPDATE public.menu_items SET description = 'raw ' || $1, is_available = true WHERE id = (SELECT m.id FROM public.menu_items AS m ORDER BY m.id OFFSET $1 % 12 LIMIT 1)`,
	`DELETE FROM public.recipes WHERE (menu_item_id, ingredient_id) IN (SELECT r.menu_item_id, r.ingredient_id FROM public.recipes AS r ORDER BY r.menu_item_id OFFSET 2 + $1 % 20 LIMIT 1)`,
	`WITH delivered AS (
		UPDATE public.stock_levels SET on_hand = on_hand + $1 % 50 + 1
		WHERE ingredient_id = (SELECT g.id FROM public.ingredients AS g ORDER BY g.id OFFSET $1 % 6 LIMIT 1)
		RETURNING ingredient_id, location_id
	)
	INSERT INTO public.stock_movements (ingredient_id, location_id, kind, on_hand, reserved, at)
	SELECT d.ingredient_id, d.location_id, 'COUNTED', $1 % 50 + 1, 0, now() FROM delivered AS d`,
	`UPDATE public.payments SET decline_code = decline_code WHERE order_id = (SELECT o.id FROM public.orders AS o ORDER BY o.number DESC OFFSET $1 % 20 LIMIT 1)`,
}

// resized marks an order whose lines take something else than what is reserved.
const resized = "resized"

// resize changes the quantity of the first item of an order in cash, and what it costs by that.
func resize(ctx context.Context, tx pgx.Tx, by int) error {
	var order uuid.UUID
	err := tx.QueryRow(ctx, `
		SELECT o.id
		FROM public.orders AS o
		JOIN public.payments AS p ON p.order_id = o.id
		WHERE p.method = 'CASH'
		ORDER BY o.number DESC
		OFFSET $1 % 20
		LIMIT 1
		FOR NO KEY UPDATE OF o`, by).Scan(&order)
	if err != nil {
		return err
	}
	for _, statement := range []string{
		`UPDATE public.order_items SET quantity = $2::integer, total_cents = unit_price_cents * $2::integer WHERE order_id = $1 AND line = 1`,
		`UPDATE public.orders AS o
		SET subtotal_cents = s.subtotal, tax_cents = s.tax, total_cents = s.subtotal + o.delivery_fee_cents + s.tax + o.tip_cents,
			special_instructions = '` + resized + `', price_lines = json_build_array(json_build_object(
				'kind', 'ITEM', 'label', 'All of it', 'amount', s.subtotal + o.delivery_fee_cents + s.tax + o.tip_cents
			))
		FROM (
			SELECT sum(i.total_cents)::bigint AS subtotal, (sum(i.total_cents)::bigint * max(t.rate_basis_points) + 5000) / 10000 AS tax
			FROM public.order_items AS i
			JOIN public.orders AS p ON p.id = i.order_id
			JOIN public.location_tax_rates AS t ON t.location_id = p.location_id
			WHERE i.order_id = $1
		) AS s
		WHERE o.id = $1 AND $2::integer > 0`,
		`UPDATE public.payments SET amount_cents = (SELECT o.total_cents FROM public.orders AS o WHERE o.id = $1) WHERE order_id = $1 AND $2::integer > 0`,
	} {
		if _, err := tx.Exec(ctx, statement, order, 1+by%7); err != nil {
			return err
		}
	}
	return nil
}

// retryableError is a raw transaction that the database rolled back, as it may. Nobody runs it again.
type retryableError struct{ cause error }

func (l *retryableError) Error() string { return l.cause.Error() }

// rawTransaction runs some statements in a transaction with savepoints. One savepoint in three is rolled back, and one
// transaction in five.
func (h *history) rawTransaction(random *rand.Rand) error {
	ctx := h.t.Context()
	err := pgx.BeginFunc(ctx, h.shop.db.Pool, func(tx pgx.Tx) error {
		for range 1 + random.IntN(3) {
			kept := random.IntN(3) > 0
			err := pgx.BeginFunc(ctx, tx, func(savepoint pgx.Tx) error {
				return orRollBack(change(ctx, savepoint, random), kept)
			})
			if err != nil && !errors.Is(err, errRolledBack) {
				return err
			}
		}
		return orRollBack(nil, random.IntN(5) > 0)
	})
	switch {
	case errors.Is(err, errRolledBack):
		return nil
	case postgres.Retryable(err):
		return &retryableError{err}
	}
	return err
}

var errRolledBack = errors.New("rolled back on purpose")

func orRollBack(err error, keep bool) error {
	if err == nil && !keep {
		return errRolledBack
	}
	return err
}

func change(ctx context.Context, tx pgx.Tx, random *rand.Rand) error {
	by := random.IntN(1_000)
	if random.IntN(5) == 0 {
		if err := resize(ctx, tx, by); err != nil && !errors.Is(err, pgx.ErrNoRows) {
			return fmt.Errorf("resize: %w", err)
		}
		return nil
	}
	statement := pick(random, statements)
	if _, err := tx.Exec(ctx, statement, by); err != nil {
		return fmt.Errorf("%.60s: %w", statement, err)
	}
	return nil
}

package proof_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/readmodel"
)

// invariants hold at every instant, whatever is under way. Each is a query for the rows that violate it.
var invariants = map[string]string{
	"stock is the sum of its movements and never oversold": `
		SELECT g.name, g.location_id, g.on_hand, g.reserved, m.on_hand, m.reserved
		FROM public.location_stock_view AS g
		LEFT JOIN (
			SELECT s.ingredient_id, s.location_id, sum(s.on_hand) AS on_hand, sum(s.reserved) AS reserved
			FROM public.stock_movements AS s
			GROUP BY s.ingredient_id, s.location_id
		) AS m ON m.ingredient_id = g.id AND m.location_id = g.location_id
		WHERE g.on_hand <> coalesce(m.on_hand, 0) OR g.reserved <> coalesce(m.reserved, 0)
			OR g.reserved < 0 OR g.reserved > g.on_hand`,
	"an ingredient has one level at each location": `
		SELECT g.name, l.id, count(s.ingredient_id)
		FROM public.ingredients AS g
		CROSS JOIN public.locations AS l
		LEFT JOIN public.stock_levels AS s ON s.ingredient_id = g.id AND s.location_id = l.id
		GROUP BY g.name, g.id, l.id
		HAVING count(s.ingredient_id) <> 1`,
	"an order moves the stock of its own location": `
		SELECT o.id, o.location_id, s.location_id, s.kind
		FROM public.stock_movements AS s
		JOIN public.orders AS o ON o.id = s.order_id
		WHERE s.location_id <> o.location_id`,
	"what happens to an order is told at its own location": `
		SELECT o.id, o.location_id, e.location_id, e.version
		FROM public.events AS e
		JOIN public.orders AS o ON o.id = e.stream_id
		WHERE e.location_id IS DISTINCT FROM o.location_id`,
	"an order is in its location's currency": `
		SELECT o.id, o.currency, l.currency
		FROM public.orders AS o
		JOIN public.locations AS l ON l.id = o.location_id
		WHERE o.currency <> l.currency`,
	"an order holds stock exactly as long as it lives": `
		SELECT o.id, o.status, m.held
		FROM public.orders AS o
		JOIN (
			SELECT s.order_id, sum(s.reserved) AS held FROM public.stock_movements AS s GROUP BY s.order_id
		) AS m ON m.order_id = o.id
		WHERE m.held < 0 OR (m.held > 0) <> (o.status IN ('PENDING', 'CONFIRMED', 'PREPARING', 'READY', 'OUT_FOR_DELIVERY'))`,
	"a quote holds stock exactly as long as it is there": `
		SELECT m.quote_id, m.ingredient_id, m.reserved
		FROM public.stock_movements AS m
		WHERE m.quote_id IS NOT NULL AND NOT EXISTS (SELECT FROM public.quotes AS q WHERE q.id = m.quote_id)`,
	"uses of promotions are those of orders and of quotes": `
		SELECT p.id, p.uses
		FROM public.promotions AS p
		WHERE p.max_uses IS NOT NULL AND p.uses <> (
			SELECT count(*) FROM public.promotion_redemptions AS r WHERE r.promotion_id = p.id AND r.released_at IS NULL
		) + (
			SELECT count(*) FROM public.promotion_holds AS h WHERE h.promotion_id = p.id
		)`,
	"what was eaten left the shelf, what was not came back": `
		SELECT o.id, o.status, s.kind
		FROM public.stock_movements AS s
		JOIN public.orders AS o ON o.id = s.order_id
		WHERE s.kind = 'CONSUMED' AND o.status NOT IN ('DELIVERED', 'PICKED_UP')
			OR s.kind = 'RELEASED' AND o.status NOT IN ('CANCELLED', 'REJECTED')`,
	"versions count from 1 without gaps": `
		SELECT o.id, o.version, e.first, e.last, e.count
		FROM public.orders AS o
		LEFT JOIN (
			SELECT v.stream_id, min(v.version) AS first, max(v.version) AS last, count(*) AS count
			FROM public.events AS v
			GROUP BY v.stream_id
		) AS e ON e.stream_id = o.id
		WHERE (e.first, e.last, e.count) IS DISTINCT FROM (1, o.version, o.version::bigint)`,
	"every stream counts from 1 without gaps": `
		SELECT v.stream_id, max(v.version), count(*)
		FROM public.events AS v
		GROUP BY v.stream_id
		HAVING max(v.version) <> count(*) OR min(v.version) <> 1 OR count(DISTINCT v.stream) <> 1`,
	"what was told last of a dish is what the menu shows": `
		SELECT m.id, s.is_available, s.sold_out, e.payload
		FROM public.menu_items AS m
		LEFT JOIN public.menu_source AS s ON s.id = m.id
		LEFT JOIN LATERAL (
			SELECT v.payload FROM public.events AS v WHERE v.stream_id = m.id ORDER BY v.version DESC LIMIT 1
		) AS e ON true
		WHERE coalesce(s.is_available, false) <> coalesce((e.payload ->> 'isAvailable')::boolean, false)
			OR coalesce(s.sold_out::jsonb, '[]') <> coalesce(e.payload -> 'soldOut', '[]')`,
	"every event is a step of the workflow": `
		SELECT e.stream_id, e.version, e.before, e.from_state, e.to_state
		FROM (
			SELECT v.*, lag(v.to_state) OVER (PARTITION BY v.stream_id ORDER BY v.version) AS before
			FROM public.events AS v
			WHERE v.stream = 'ORDER'
		) AS e
		JOIN public.orders AS o ON o.id = e.stream_id
		WHERE e.from_state IS DISTINCT FROM e.before
			OR e.version = o.version AND e.to_state <> o.status
			OR e.type IN ('REFUNDED', 'AMENDED') AND e.from_state IS DISTINCT FROM e.to_state
			OR e.type NOT IN ('REFUNDED', 'AMENDED') AND (coalesce(e.from_state, ''), e.to_state) NOT IN (
				('', 'PENDING'),
				('PENDING', 'CONFIRMED'), ('PENDING', 'REJECTED'), ('PENDING', 'CANCELLED'),
				('CONFIRMED', 'PREPARING'), ('CONFIRMED', 'REJECTED'), ('CONFIRMED', 'CANCELLED'),
				('PREPARING', 'READY'), ('PREPARING', 'CANCELLED'),
				('READY', 'OUT_FOR_DELIVERY'), ('READY', 'PICKED_UP'), ('READY', 'CANCELLED'), ('READY', 'PREPARING'),
				('OUT_FOR_DELIVERY', 'DELIVERED'), ('OUT_FOR_DELIVERY', 'READY')
			)`,
	"an order in the kitchen has a ticket, and what was done there is what its status says": `
		SELECT o.id, o.status, t.status, t.version
		FROM public.orders AS o
		LEFT JOIN public.tickets AS t ON t.order_id = o.id
		LEFT JOIN LATERAL (
			SELECT bool_or(k.status IN ('STARTED', 'DONE')) AS begun, bool_and(k.status = 'DONE') AS done
			FROM public.ticket_tasks AS k
			JOIN public.ticket_items AS i ON i.ticket_id = k.ticket_id AND i.line = k.line AND i.until_version = 0
			WHERE k.ticket_id = t.id
		) AS k ON true
		WHERE CASE o.status
			WHEN 'PENDING' THEN t.id IS NOT NULL
			WHEN 'CONFIRMED' THEN t.status IS NULL OR t.status NOT IN ('HELD', 'OPEN') OR k.begun
			WHEN 'PREPARING' THEN t.status IS DISTINCT FROM 'OPEN' AND t.status IS DISTINCT FROM 'HELD' OR k.done
			WHEN 'CANCELLED' THEN t.status <> 'CANCELLED'
			WHEN 'REJECTED' THEN t.status <> 'CANCELLED'
			ELSE t.status IS DISTINCT FROM 'DONE' OR NOT k.done
		END`,
	"a task begins behind one that is done": `
		SELECT k.ticket_id, k.line, k.step, k.status, b.status
		FROM public.ticket_tasks AS k
		JOIN public.ticket_tasks AS b ON b.ticket_id = k.ticket_id AND b.line = k.line AND b.step = k.step - 1
		WHERE (k.status = 'WAITING') <> (b.status <> 'DONE')`,
	"a ticket's version and status are those of its last event": `
		SELECT t.id, t.version, t.status, e.version, e.to_state
		FROM public.tickets AS t
		LEFT JOIN LATERAL (
			SELECT v.version, v.to_state FROM public.events AS v WHERE v.stream_id = t.id ORDER BY v.version DESC LIMIT 1
		) AS e ON true
		WHERE (t.version, t.status) IS DISTINCT FROM (e.version, e.to_state)`,
	"an action that was applied is one event": `
		SELECT a.ticket_id, a.applied, e.events
		FROM (
			SELECT k.ticket_id, count(*) AS applied FROM public.kitchen_actions AS k WHERE k.outcome = 'APPLIED' GROUP BY k.ticket_id
		) AS a
		JOIN (SELECT v.stream_id, count(*) AS events FROM public.events AS v WHERE v.stream = 'TICKET' GROUP BY v.stream_id) AS e
			ON e.stream_id = a.ticket_id
		WHERE a.applied >= e.events`,
	"an order costs what its parts do": `
		SELECT o.id, o.subtotal_cents, i.total, o.tax_cents, o.total_cents, p.amount_cents
		FROM public.orders AS o
		LEFT JOIN (
			SELECT l.order_id, sum(l.total_cents) AS total, bool_and(l.total_cents = l.unit_price_cents * l.quantity) AS lines
			FROM public.order_items AS l
			GROUP BY l.order_id
		) AS i ON i.order_id = o.id
		LEFT JOIN public.payments AS p ON p.order_id = o.id
		WHERE i.total IS DISTINCT FROM o.subtotal_cents OR NOT i.lines
			OR p.amount_cents - (
				SELECT coalesce(sum(f.amount_cents), 0) FROM public.refunds AS f WHERE f.order_id = o.id AND f.changed AND f.status <> 'FAILED'
			) IS DISTINCT FROM o.total_cents
			OR o.tax_cents <> ((o.subtotal_cents - o.discount_cents) * (
				SELECT max(t.rate_basis_points) FROM public.location_tax_rates AS t WHERE t.location_id = o.location_id
			) + 5000) / 10000
			OR o.total_cents <> o.subtotal_cents - o.discount_cents + o.delivery_fee_cents + o.tax_cents + o.tip_cents`,
	"the reasons of a total add up to it": `
		SELECT o.id, o.total_cents, r.total
		FROM public.orders AS o
		CROSS JOIN LATERAL (
			SELECT sum(l.amount) AS total FROM json_to_recordset(o.price_lines) AS l (amount bigint)
		) AS r
		WHERE r.total IS DISTINCT FROM o.total_cents`,
	"an order reserves what its lines take as they are configured, half a unit rounded up once": `
		SELECT t.order_id, t.ingredient_id, t.takes, s.reserved
		FROM (
			SELECT i.order_id, g.ingredient_id, div(sum((2 * g.quantity + coalesce(g.half_units, 0)) * i.quantity) + 1, 2) AS takes
			FROM public.order_items AS i
			CROSS JOIN LATERAL (
				SELECT r."ingredientId" AS ingredient_id, r.quantity, r."halfUnits" AS half_units
				FROM json_to_recordset(i.ingredients) AS r ("ingredientId" uuid, quantity bigint, "halfUnits" bigint)
			) AS g
			GROUP BY i.order_id, g.ingredient_id
		) AS t
		FULL JOIN (
			SELECT m.order_id, m.ingredient_id, m.reserved FROM public.stock_movements AS m WHERE m.kind = 'RESERVED'
		) AS s ON s.order_id = t.order_id AND s.ingredient_id = t.ingredient_id
		JOIN public.orders AS o ON o.id = coalesce(t.order_id, s.order_id)
		WHERE coalesce(t.takes, 0) <> coalesce(s.reserved, 0) AND o.special_instructions IS DISTINCT FROM '` + resized + `'`,
	"what is given back is never more than was taken, nor more of a part than it cost": `
		SELECT o.id, o.total_cents, r.amount, r.goods, r.fee, r.tip
		FROM public.orders AS o
		JOIN (
			SELECT
				f.order_id, sum(f.amount_cents) AS amount, sum(f.goods_cents) AS goods, sum(f.delivery_fee_cents) AS fee,
				sum(f.tip_cents) AS tip
			FROM public.refunds AS f
			WHERE f.status <> 'FAILED' AND NOT f.changed
			GROUP BY f.order_id
		) AS r ON r.order_id = o.id
		WHERE r.amount > o.total_cents OR r.fee > o.delivery_fee_cents OR r.tip > o.tip_cents
			OR r.goods > o.total_cents - o.delivery_fee_cents - o.tip_cents`,
	"what the sales are net of is what was given back": `
		SELECT o.id, o.status, p.status, o.refunded_cents, p.refunded_cents, r.amount
		FROM public.orders AS o
		JOIN public.payments AS p ON p.order_id = o.id
		LEFT JOIN (
			SELECT f.order_id, sum(f.amount_cents) AS amount FROM public.refunds AS f WHERE f.status = 'SUCCEEDED' GROUP BY f.order_id
		) AS r ON r.order_id = o.id
		WHERE o.refunded_cents <> p.refunded_cents - p.changed_cents
			OR o.status NOT IN ('CANCELLED', 'REJECTED') AND p.refunded_cents <> coalesce(r.amount, 0)
			OR (p.refunded_cents > 0) <> (p.status IN ('PARTIALLY_REFUNDED', 'REFUNDED'))`,
	"the lines of a ticket that weren't taken off are those of its order": `
		SELECT t.id, t.version, k.items, o.items
		FROM public.tickets AS t
		CROSS JOIN LATERAL (
			SELECT array_agg(i.item_id ORDER BY i.item_id) AS items FROM public.ticket_items AS i WHERE i.ticket_id = t.id AND i.until_version = 0
		) AS k
		CROSS JOIN LATERAL (
			SELECT array_agg(l.id ORDER BY l.id) AS items FROM public.order_items AS l WHERE l.order_id = t.order_id
		) AS o
		WHERE t.status <> 'CANCELLED' AND k.items IS DISTINCT FROM o.items`,
	"a line is given back by the refunds that succeeded": `
		SELECT i.order_id, i.line, i.refunded_quantity, i.refunded_cents, l.quantity, l.value
		FROM public.order_items AS i
		LEFT JOIN (
			SELECT f.order_id, s.line, sum(s.quantity) AS quantity, sum(s.value_cents) AS value
			FROM public.refund_lines AS s
			JOIN public.refunds AS f ON f.id = s.refund_id
			WHERE f.status = 'SUCCEEDED'
			GROUP BY f.order_id, s.line
		) AS l ON l.order_id = i.order_id AND l.line = i.line
		WHERE i.refunded_quantity <> coalesce(l.quantity, 0) OR i.refunded_cents <> coalesce(l.value, 0)`,
	"what is over keeps no money and what is served is paid, once nothing is due": `
		SELECT o.id, o.status, p.method, p.status, p.due
		FROM public.orders AS o
		JOIN public.payments AS p ON p.order_id = o.id
		WHERE p.due IS NULL AND CASE
			WHEN o.status IN ('CANCELLED', 'REJECTED') THEN p.status NOT IN ('VOIDED', 'REFUNDED', 'FAILED')
			WHEN p.method = 'CASH' AND o.status IN ('DELIVERED', 'PICKED_UP') THEN p.status NOT IN ('CAPTURED', 'PARTIALLY_REFUNDED', 'REFUNDED')
			WHEN p.amount_cents = 0 AND o.status IN ('DELIVERED', 'PICKED_UP') THEN p.status <> 'CAPTURED'
			WHEN p.method = 'CASH' OR p.amount_cents = 0 THEN p.status <> 'PENDING'
			WHEN o.status = 'PENDING' THEN p.status NOT IN ('REQUIRES_ACTION', 'FAILED', 'VOIDED')
			WHEN o.status = 'CONFIRMED' THEN p.status <> 'AUTHORIZED'
			ELSE p.status NOT IN ('CAPTURED', 'PARTIALLY_REFUNDED', 'REFUNDED')
		END`,
}

// violations returns the rows that violate an invariant, all seen in one snapshot, and the views that differ from their
// definitions.
func violations(ctx context.Context, pool *pgxpool.Pool) error {
	var found []error
	err := pgx.BeginTxFunc(ctx, pool, pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}, func(tx pgx.Tx) error {
		for law, query := range invariants {
			rows, err := tx.Query(ctx, query)
			if err != nil {
				return fmt.Errorf("%s: %w", law, err)
			}
			broken, err := pgx.CollectRows(rows, pgx.RowToMap)
			if err != nil {
				return fmt.Errorf("%s: %w", law, err)
			}
			for _, row := range broken {
				found = append(found, fmt.Errorf("not true that %s: %v", law, row))
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	models, err := readmodel.Models(ctx, pool)
	if err != nil {
		return err
	}
	for _, m := range models {
		d, err := readmodel.Verify(ctx, pool, m)
		if err != nil {
			return err
		}
		if !d.None() {
			found = append(found, fmt.Errorf("view %s differs from its definition: %v", m.Model, d.Examples))
		}
	}
	return errors.Join(found...)
}

// requireInvariants fails the test if an invariant is violated.
func requireInvariants(t *testing.T, pool *pgxpool.Pool) {
	t.Helper()
	require.NoError(t, violations(t.Context(), pool))
}

// requireSettled waits until nothing is due at the gateway and the outcome of every payment is known.
func requireSettled(t *testing.T, pool *pgxpool.Pool, within time.Duration) {
	t.Helper()
	unsettled := -1
	require.Eventually(t, func() bool {
		err := pool.QueryRow(t.Context(), `
			SELECT count(*) + (SELECT count(*) FROM public.payment_supplements AS s WHERE s.due IS NOT NULL OR s.intent_attempt < s.attempt)
			FROM public.payments AS p
			WHERE p.due IS NOT NULL OR p.refunds_due_at IS NOT NULL OR p.intent_attempt < p.attempt`).Scan(&unsettled)
		return err == nil && unsettled == 0
	}, within, 50*time.Millisecond, "payments that are not settled")
}

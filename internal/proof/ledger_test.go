package proof_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/payment/simulator"
)

// ledgerDifference returns an error if an order's payment differs from the gateway's ledger, or if more than one intent
// holds its money.
func (s *shop) ledgerDifference(t *testing.T) error {
	t.Helper()
	type paid struct {
		OrderID, Order, Payment string
		Amount, Refunded        int64
	}
	rows, err := s.db.Pool.Query(t.Context(), `
		SELECT o.id::text, o.status, p.status, p.amount_cents, p.refunded_cents
		FROM public.orders AS o
		JOIN public.payments AS p ON p.order_id = o.id`)
	require.NoError(t, err)
	orders, err := pgx.CollectRows(rows, pgx.RowToStructByPos[paid])
	require.NoError(t, err)
	booked := ledger(t, s.gateway.URL())
	byOrder, held := map[string]simulator.Totals{}, map[string]map[string]int64{}
	for _, b := range booked.Orders {
		byOrder[b.OrderID] = b
	}
	for _, e := range booked.Entries {
		if held[e.OrderID] == nil {
			held[e.OrderID] = map[string]int64{}
		}
		switch e.Kind {
		case simulator.Authorize, simulator.RefundFailed:
			held[e.OrderID][e.IntentID] += e.Amount
		case simulator.Void, simulator.Refund:
			held[e.OrderID][e.IntentID] -= e.Amount
		case simulator.Capture:
		}
	}
	for _, o := range orders {
		b, holding := byOrder[o.OrderID], 0
		for _, amount := range held[o.OrderID] {
			if amount > 0 {
				holding++
			}
		}
		expected := int64(0) // PENDING, CANCELLED, REJECTED
		switch o.Order {
		case "CONFIRMED", "PREPARING":
			expected = o.Amount - o.Refunded
		}
		if b.Held != expected || b.Refunded != o.Refunded || b.Captured > o.Amount || holding > 1 {
			return fmt.Errorf("%+v, %d intents hold money: %+v", o, holding, b)
		}
	}
	return nil
}

// requireLedgerMatches compares the gateway's ledger, which has no orders' states, with the orders. Nothing may be due
// any more.
func requireLedgerMatches(t *testing.T, pool *pgxpool.Pool, totals map[string]simulator.Totals) {
	t.Helper()
	type paid struct {
		OrderID, Order, Payment string
		Amount, Refunded        int64
		Supplements             int   // how often the bank was asked for more, since the order was changed
		Less                    int64 // of what was authorized: what changes made cheaper before it was taken
	}
	rows, err := pool.Query(t.Context(), `
		SELECT o.id::text, o.status, p.status, p.amount_cents, p.refunded_cents, p.supplements,
			(SELECT coalesce(-sum(a.price_change_cents), 0) FROM public.order_amendments AS a WHERE a.order_id = o.id AND a.price_change_cents < 0)
		FROM public.orders AS o
		JOIN public.payments AS p ON p.order_id = o.id AND p.method = 'CARD'`)
	require.NoError(t, err)
	orders, err := pgx.CollectRows(rows, pgx.RowToStructByPos[paid])
	require.NoError(t, err)
	known := map[string]bool{}
	for _, o := range orders {
		known[o.OrderID] = true
		b := totals[o.OrderID]
		require.LessOrEqual(t, b.Charges, 1+o.Supplements, "an order is charged once, and once for each change: %+v %+v", o, b)
		require.Equal(t, b.Authorized-b.Voided-b.Refunded, b.Held, "%+v", b)
		held, captured := int64(0), int64(0)
		switch o.Order {
		case "CONFIRMED":
			held = o.Amount
			if b.Held > o.Amount && b.Held <= o.Amount+o.Less { // the rest is let go of when the kitchen begins
				held = b.Held
			}
		case "PREPARING", "READY", "OUT_FOR_DELIVERY", "DELIVERED", "PICKED_UP":
			held, captured = o.Amount-o.Refunded, o.Amount
		default: // PENDING, CANCELLED, REJECTED: a captured payment was refunded
			captured = o.Refunded
		}
		require.Equal(t, held, b.Held, "money held: %+v %+v", o, b)
		require.Equal(t, captured, b.Captured, "money taken: %+v %+v", o, b)
		require.Equal(t, o.Refunded, b.Refunded, "money given back: %+v %+v", o, b)
		require.Equal(t, o.Payment == "REFUNDED" || o.Payment == "PARTIALLY_REFUNDED", b.Refunded > 0, "%+v %+v", o, b)
	}
	for id := range totals {
		require.True(t, known[id], "the gateway charged for order %s, which does not exist", id)
	}
}

// ledgerTotals returns the totals of the gateway's ledger, by order.
func ledgerTotals(t testing.TB, gatewayURL string) map[string]simulator.Totals {
	t.Helper()
	orders := map[string]simulator.Totals{}
	for _, o := range ledger(t, gatewayURL).Orders {
		orders[o.OrderID] = o
	}
	return orders
}

func ledger(t testing.TB, gatewayURL string) simulator.Ledger {
	t.Helper()
	response, err := http.Get(gatewayURL + "/_ledger")
	require.NoError(t, err)
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	require.NoError(t, err)
	var all simulator.Ledger
	require.NoError(t, json.Unmarshal(body, &all))
	return all
}

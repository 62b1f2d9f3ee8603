package proof_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/app"
	"pizzeria/internal/ordering"
	"pizzeria/internal/ordering/orderview"
	"pizzeria/internal/platform/fault"
)

func TestTwentyCopiesOfOneIntentAtOnce(t *testing.T) {
	t.Parallel()
	s := open(t)
	one, other := s.serve(t), s.serve(t)
	pizza := dish(t, one, "Margherita", stock(t, one, "Dough", 100))
	var intents []ordering.PlaceOrder
	for i, token := range []string{"", "tok_ok", "tok_slow", "tok_declined", "tok_requires_action", "tok_timeout", "tok_reset", "tok_error_once"} {
		intents = append(intents,
			pickup(s.customers[i%4], pizza, "one server "+token, token), pickup(s.customers[i%4], pizza, "two servers "+token, token))
	}

	answers := make([][20]string, len(intents))
	var placing sync.WaitGroup
	for i, intent := range intents {
		for copied := range answers[i] {
			at := one
			if i%2 == 1 && copied%2 == 1 {
				at = other
			}
			placing.Go(func() { answers[i][copied] = said(placeWithRetry(t.Context(), at, intent)) })
		}
	}
	placing.Wait()

	orders := map[uuid.UUID]bool{}
	for i, intent := range intents {
		for _, answer := range answers[i] {
			require.Equal(t, answers[i][0], answer, intent.IdempotencyKey)
		}
		id, err := uuid.Parse(answers[i][0][:min(36, len(answers[i][0]))])
		require.NoError(t, err, "%s: %s", intent.IdempotencyKey, answers[i][0])
		orders[id] = true
		require.Equal(t, answers[i][0], said(other.PlaceOrder.Handle(t.Context(), intent)), "later: %s", intent.IdempotencyKey)
	}
	require.Len(t, orders, len(intents))
	page, err := one.Orders.Handle(t.Context(), orderview.Orders{By: manager, First: 100})
	require.NoError(t, err)
	require.Len(t, page.Nodes, len(intents))

	requireSettled(t, s.db.Pool, time.Minute)
	requireInvariants(t, s.db.Pool)
	requireLedgerMatches(t, s.db.Pool, ledgerTotals(t, s.gateway.URL()))
}

func TestOneKeyForTwoIntents(t *testing.T) {
	t.Parallel()
	s := open(t)
	servers := []server{s.serve(t), s.serve(t)}
	pizza := dish(t, servers[0], "Margherita", stock(t, servers[0], "Dough", 100))

	var mu sync.Mutex
	orders, conflicts := map[uuid.UUID]bool{}, 0
	var placing sync.WaitGroup
	for i := range 20 {
		placing.Go(func() {
			intent := pickup(s.customers[0], pizza, "shared", "")
			intent.Items[0].Quantity = 1 + i/2%2
			done, err := placeWithRetry(t.Context(), servers[i%2], intent)
			mu.Lock()
			defer mu.Unlock()
			switch {
			case err == nil:
				orders[done.Order.ID] = true
			case fault.Is(err, fault.IdempotencyConflict):
				conflicts++
			default:
				t.Errorf("%v", err)
			}
		})
	}
	placing.Wait()

	require.Len(t, orders, 1)
	require.Equal(t, 10, conflicts)
	requireInvariants(t, s.db.Pool)
}

// said tells what an answer says of the outcome: which order, and whether its card was declined. The order is as it stands.
func said(answer app.OrderAnswer, err error) string {
	switch {
	case err != nil:
		return fmt.Sprint(err)
	case answer.Refusal != nil:
		return answer.Order.ID.String() + " " + answer.Refusal.Error()
	}
	return answer.Order.ID.String()
}

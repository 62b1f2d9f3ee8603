package proof_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"pizzeria/internal/menu/menuview"
	"pizzeria/internal/platform/fault"
)

func TestTwoHundredOrdersForTheLastHundredPortions(t *testing.T) {
	t.Parallel()
	s := open(t)
	servers := []server{s.serve(t), s.serve(t)}
	dough := stock(t, servers[0], "Dough", 100_000)
	truffle := stock(t, servers[0], "Truffle", 100)
	pizza := dish(t, servers[0], "Tartufo", dough, truffle)

	const orders = 200
	errs := make([]error, orders)
	start := make(chan struct{})
	var placing sync.WaitGroup
	for i := range orders {
		placing.Go(func() {
			<-start
			token := []string{"", "tok_ok"}[i/2%2]
			_, errs[i] = placeWithRetry(t.Context(), servers[i%2], pickup(s.customers[i%len(s.customers)], pizza, fmt.Sprint("last-", i), token))
		})
	}
	close(start)
	placing.Wait()

	sold := 0
	for _, err := range errs {
		if err == nil {
			sold++
			continue
		}
		refusal, ok := fault.As(err)
		require.True(t, ok, "%v", err)
		require.Equal(t, fault.InsufficientStock, refusal.Code, "%v", err)
		require.Equal(t, []string{pizza.String()}, refusal.Details.MenuItemIDs)
	}
	require.Equal(t, 100, sold)
	var onHand, reserved, placed int
	require.NoError(t, s.db.Pool.QueryRow(t.Context(),
		`SELECT g.on_hand, g.reserved FROM public.ingredient_view AS g WHERE g.id = $1`, truffle).Scan(&onHand, &reserved))
	require.Equal(t, []int{100, 100}, []int{onHand, reserved})
	require.NoError(t, s.db.Pool.QueryRow(t.Context(), `SELECT count(*) FROM public.orders AS o WHERE o.status = 'CONFIRMED'`).Scan(&placed))
	require.Equal(t, 100, placed)

	requireSettled(t, s.db.Pool, time.Minute)
	requireInvariants(t, s.db.Pool)
	requireLedgerMatches(t, s.db.Pool, ledgerTotals(t, s.gateway.URL()))
	for _, server := range servers {
		listed, err := server.Menu.Handle(t.Context(), menuview.Menu{})
		require.NoError(t, err)
		require.Empty(t, listed)
		item, err := server.MenuItem.Handle(t.Context(), menuview.ItemByID{ID: pizza, LocationID: s.at})
		require.NoError(t, err)
		require.False(t, item.IsAvailable)
	}
}

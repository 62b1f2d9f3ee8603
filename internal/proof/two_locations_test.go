package proof_test

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/inventory"
	"pizzeria/internal/menu/menuview"
	"pizzeria/internal/platform/fault"
)

func TestTheLastPortionsOfTwoLocations(t *testing.T) {
	t.Parallel()
	s := open(t)
	servers := []server{s.serve(t), s.serve(t)}
	locations := []uuid.UUID{s.at, s.db.AddLocation(t, "USD")}
	at := func(onHand int) (stock []inventory.LocationStock) {
		for _, location := range locations {
			stock = append(stock, inventory.LocationStock{LocationID: &location, OnHand: onHand})
		}
		return stock
	}
	var ingredients []uuid.UUID
	for name, onHand := range map[string]int{"Dough": 100_000, "Truffle": 50} {
		added, err := servers[0].CreateIngredient.Handle(t.Context(), inventory.CreateIngredient{By: manager, IdempotencyKey: name, Name: name, Stock: at(onHand)})
		require.NoError(t, err)
		ingredients = append(ingredients, added.ID)
	}
	pizza := dish(t, servers[0], "Tartufo", ingredients...)

	var sold [2]atomic.Int64
	start := make(chan struct{})
	var placing sync.WaitGroup
	for i := range 200 {
		placing.Go(func() {
			<-start
			location := i / 2 % 2
			cmd := pickup(s.customers[i%len(s.customers)], pizza, fmt.Sprint("last-", i), []string{"", "tok_ok"}[i/4%2])
			cmd.LocationID = &locations[location]
			_, err := placeWithRetry(t.Context(), servers[i%2], cmd)
			if err == nil {
				sold[location].Add(1)
			} else if !fault.Is(err, fault.InsufficientStock) {
				t.Errorf("order %d: %v", i, err)
			}
		})
	}
	close(start)
	placing.Wait()

	require.EqualValues(t, 50, sold[0].Load())
	require.EqualValues(t, 50, sold[1].Load())
	requireSettled(t, s.db.Pool, time.Minute)
	requireInvariants(t, s.db.Pool)
	_, err := servers[0].SetStock.Handle(t.Context(), inventory.SetStock{By: manager, IngredientID: ingredients[0], LocationID: &locations[1], OnHand: 200_000})
	require.NoError(t, err)
	_, err = servers[0].SetStock.Handle(t.Context(), inventory.SetStock{By: manager, IngredientID: ingredients[1], LocationID: &locations[1], OnHand: 200_000})
	require.NoError(t, err)
	for i, available := range []bool{false, true} {
		item, err := servers[1].MenuItem.Handle(t.Context(), menuview.ItemByID{ID: pizza, LocationID: locations[i]})
		require.NoError(t, err)
		require.Equal(t, available, item.IsAvailable)
	}
	requireInvariants(t, s.db.Pool)
}

package proof_test

import (
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/inventory"
	"pizzeria/internal/platform/fault"
)

// spell is a time for which an ingredient is sold out: from the answer until something else was asked for, or until it ends.
type spell struct {
	ingredient   uuid.UUID
	answered     time.Time
	until        *time.Time // nil: until further notice
	asked        time.Time  // for something else
	endsByItself bool
}

// attempt is an order that was placed, and its answer.
type attempt struct {
	ingredient      uuid.UUID
	asked, answered time.Time
	placedAt        time.Time // zero if it was refused
}

// Cooks sell out and make available, on two servers, while customers order. Whatever was accepted must have been there, and whatever
// was refused must have been out; both servers see to what ends by itself.
func TestNothingIsAcceptedWhileItIsSoldOut(t *testing.T) {
	t.Parallel()
	s := open(t)
	servers := []server{s.serve(t), s.serve(t)}
	_, err := s.db.Pool.Exec(t.Context(), `
		UPDATE public.locations AS l SET open_orders_limit = NULL, open_portions_limit = NULL, new_customer_cash_orders_limit = NULL`)
	require.NoError(t, err)
	dough := stock(t, servers[0], "Dough", 100_000)
	var toppings, pizzas []uuid.UUID
	for n := range 3 {
		toppings = append(toppings, stock(t, servers[0], fmt.Sprint("Topping ", n), 100_000))
		pizzas = append(pizzas, dish(t, servers[0], fmt.Sprint("Pizza ", n), dough, toppings[n]))
	}

	var mu sync.Mutex
	var spells []spell
	var attempts []attempt
	ends := time.Now().Add(historyTime / 2)
	var busy sync.WaitGroup
	for n, topping := range toppings {
		random := rand.New(rand.NewPCG(historySeed, uint64(n)))
		busy.Go(func() {
			for time.Now().Before(ends) {
				own := sellOut(t, random, servers, topping)
				mu.Lock()
				spells = append(spells, own)
				mu.Unlock()
			}
		})
	}
	for n := range 6 {
		random := rand.New(rand.NewPCG(historySeed, 100+uint64(n)))
		busy.Go(func() {
			for i := 0; time.Now().Before(ends); i++ {
				which := random.IntN(3)
				tried := attempt{ingredient: toppings[which], asked: time.Now()}
				answer, err := placeWithRetry(t.Context(), servers[random.IntN(2)], pickup(pick(random, s.customers), pizzas[which], fmt.Sprint(n, "-", i), ""))
				tried.answered = time.Now()
				if err == nil {
					tried.placedAt = answer.Order.PlacedAt
				} else if !fault.Is(err, fault.InsufficientStock) {
					t.Errorf("place an order: %v", err)
				}
				mu.Lock()
				attempts = append(attempts, tried)
				mu.Unlock()
			}
		})
	}
	busy.Wait()

	accepted := 0
	for _, a := range attempts {
		if !a.placedAt.IsZero() {
			accepted++
		}
		for _, out := range spells {
			if out.ingredient == a.ingredient && !out.allows(a) {
				t.Errorf("accepted: %+v, though it was sold out: %+v", a, out)
			}
		}
	}
	require.Positive(t, accepted)
	require.Less(t, accepted, len(attempts), "none was refused")
	requireInvariants(t, s.db.Pool)
	for n := range toppings {
		_, err := placeWithRetry(t.Context(), servers[n%2], pickup(s.customers[0], pizzas[n], fmt.Sprint("last ", n), ""))
		require.NoError(t, err, "all of it is back")
	}
	t.Logf("%d spells, %d of %d orders accepted", len(spells), accepted, len(attempts))
}

// sellOut sells an ingredient out for a while, and returns when it is there again: by itself, or because somebody said so.
func sellOut(t *testing.T, random *rand.Rand, servers []server, topping uuid.UUID) spell {
	out := spell{ingredient: topping, endsByItself: random.IntN(2) == 0}
	cmd := inventory.SetIngredientAvailability{By: cook, IngredientID: topping}
	last := time.Duration(50+random.IntN(150)) * time.Millisecond
	if out.endsByItself {
		out.until = new(time.Now().Add(last).Truncate(time.Microsecond))
		cmd.Until = out.until
	}
	if _, err := servers[random.IntN(2)].SetIngredientAvailability.Handle(t.Context(), cmd); err != nil {
		t.Errorf("sell out: %v", err)
	}
	out.answered = time.Now()
	time.Sleep(last + time.Duration(random.IntN(100))*time.Millisecond)
	out.asked = time.Now()
	if !out.endsByItself {
		cmd.Available = true
		if _, err := servers[random.IntN(2)].SetIngredientAvailability.Handle(t.Context(), cmd); err != nil {
			t.Errorf("make available: %v", err)
		}
	}
	time.Sleep(time.Duration(random.IntN(100)) * time.Millisecond)
	return out
}

// allows tells whether the attempt may have ended as it did: what was asked for and answered within the spell is refused, and so is
// what was placed before the spell ends by itself.
func (s spell) allows(a attempt) bool {
	if a.placedAt.IsZero() || a.asked.Before(s.answered) {
		return true
	}
	if s.endsByItself {
		return !a.placedAt.Before(*s.until)
	}
	return a.answered.After(s.asked)
}

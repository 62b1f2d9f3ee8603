package proof_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/inventory"
	"pizzeria/internal/platform/fault"
)

// spell is a time for which an ingredient is sold out: until it ends by itself, or until somebody makes it available.
type spell struct {
	ingredient     uuid.UUID
	asked, settled time.Time  // when it was asked for, and answered
	until          *time.Time // nil: until somebody makes it available
	ended, over    time.Time  // when that was asked for, and answered; of what ends by itself both are until
}

// purchase is an order that was placed, and its answer.
type purchase struct {
	ingredient      uuid.UUID
	asked, answered time.Time
	placedAt        time.Time // zero if it was refused
}

// Cooks sell out and make available, on two servers, while customers order. Whatever was accepted must have been there, and
// whatever was refused must have been out; both servers see to what ends by itself.
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
	var next [3]atomic.Pointer[time.Time] // when the last spell of a topping ends by itself
	var purchases []purchase
	ends := time.Now().Add(historyTime)
	var busy sync.WaitGroup
	for n, topping := range toppings {
		random := rand.New(rand.NewPCG(historySeed, uint64(n)))
		busy.Go(func() {
			for time.Now().Before(ends) {
				if out, was := sellOut(t, random, servers, topping, &next[n]); was {
					mu.Lock()
					spells = append(spells, out)
					mu.Unlock()
				}
				time.Sleep(time.Duration(random.IntN(100)) * time.Millisecond)
			}
		})
	}
	for n := range 6 {
		random := rand.New(rand.NewPCG(historySeed, 100+uint64(n)))
		busy.Go(func() {
			for i := 0; time.Now().Before(ends); i++ {
				which := random.IntN(3)
				if soon := next[which].Load(); soon != nil && random.IntN(4) > 0 {
					time.Sleep(time.Until(*soon) - time.Duration(random.IntN(120))*time.Millisecond)
				}
				tried := purchase{ingredient: toppings[which], asked: time.Now()}
				answer, err := placeWithRetry(t.Context(), servers[random.IntN(2)], pickup(pick(random, s.customers), pizzas[which], fmt.Sprint(n, "-", i), ""))
				tried.answered = time.Now()
				if err == nil {
					tried.placedAt = answer.Order.PlacedAt
				} else if !fault.Is(err, fault.InsufficientStock) {
					t.Errorf("place an order: %v", err)
				}
				mu.Lock()
				purchases = append(purchases, tried)
				mu.Unlock()
			}
		})
	}
	busy.Wait()

	accepted := 0
	for _, p := range purchases {
		if p.placedAt.IsZero() {
			assert.True(t, slices.ContainsFunc(spells, func(out spell) bool { return out.mayRefuse(p) }), "refused, and nothing was sold out: %+v", p)
			continue
		}
		accepted++
		for _, out := range spells {
			assert.False(t, out.refuses(p), "accepted: %+v, though it was sold out: %+v", p, out)
		}
	}
	require.Positive(t, accepted)
	require.Less(t, accepted, len(purchases), "none was refused")
	requireInvariants(t, s.db.Pool)
	for n := range toppings {
		_, err := placeWithRetry(t.Context(), servers[n%2], pickup(s.customers[0], pizzas[n], fmt.Sprint("last ", n), ""))
		require.NoError(t, err, "all of it is back")
	}
	t.Logf("%d spells, %d of %d orders accepted", len(spells), accepted, len(purchases))
}

// sellOut sells an ingredient out for a while, and returns when it is there again. It tells whether it was sold out: on a busy
// machine the time may have come before that is asked for. Whoever orders is told when it ends by itself.
func sellOut(t *testing.T, random *rand.Rand, servers []server, topping uuid.UUID, next *atomic.Pointer[time.Time]) (out spell, was bool) {
	lasts := time.Duration(200+random.IntN(400)) * time.Millisecond
	out = spell{ingredient: topping, asked: time.Now()}
	cmd := inventory.SetIngredientAvailability{By: cook, IngredientID: topping}
	if random.IntN(2) == 0 {
		out.until = new(time.Now().Add(lasts).Truncate(time.Microsecond))
		cmd.Until = out.until
	}
	if _, err := servers[random.IntN(2)].SetAvailability.Handle(t.Context(), cmd); err != nil {
		assert.True(t, fault.Is(err, fault.BadUserInput), "sell out: %v", err)
		return out, false
	}
	out.settled = time.Now()
	next.Store(out.until)
	time.Sleep(lasts + time.Duration(random.IntN(100))*time.Millisecond)
	if out.until != nil {
		out.ended, out.over = *out.until, *out.until
		return out, true
	}
	out.ended = time.Now()
	cmd.Available = true
	if _, err := servers[random.IntN(2)].SetAvailability.Handle(t.Context(), cmd); err != nil {
		t.Errorf("make available: %v", err)
	}
	out.over = time.Now()
	return out, true
}

// refuses tells whether the order must have been refused: one that was placed before what ends by itself did, or was answered
// before anybody asked to make it available.
func (s spell) refuses(p purchase) bool {
	if s.ingredient != p.ingredient || p.asked.Before(s.settled) {
		return false
	}
	if s.until != nil {
		return p.placedAt.Before(*s.until)
	}
	return p.answered.Before(s.ended)
}

// mayRefuse tells whether the order may have been refused for the spell.
func (s spell) mayRefuse(p purchase) bool {
	return s.ingredient == p.ingredient && !p.answered.Before(s.asked) && !p.asked.After(s.over)
}

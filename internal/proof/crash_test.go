package proof_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"pizzeria/internal/payment/simulator"
	"pizzeria/internal/platform/pgtest"
)

// crashSeed fixes when servers are killed and how customers pay; what meets then is the machine's choice.
const crashSeed = 20

func TestServerKilledInTheMiddleOfPaying(t *testing.T) {
	t.Parallel()
	for name, elsewhere := range map[string]bool{"gateway elsewhere": true, "gateway inside": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			db := pgtest.New(t)
			environment := []string{"DATABASE_URL=" + db.DSN}
			run(t, environment, "migrate")
			run(t, environment, "seed")
			var gateway *program
			if elsewhere {
				gateway = start(t, "/_ledger", nil, "gateway", "-addr", "127.0.0.1:0")
				environment = append(environment, "STRIPE_API_BASE="+gateway.ledger)
			}
			c := newCustomers(t, crashSeed, "tok_slow", "tok_slow", "tok_timeout", "tok_ok", "tok_ok", "tok_reset")

			for range long(5, 40) {
				s := serve(t, environment...)
				c.comeIn(s.url)
				time.Sleep(time.Duration(100+c.random.IntN(900)) * time.Millisecond)
				s.kill()
				c.busy.Wait()
			}
			s := serve(t, environment...)
			requireSettled(t, db.Pool, time.Minute)
			requireLawful(t, db.Pool)

			c.requireOneOrderEach(s.url)
			requireSettled(t, db.Pool, time.Minute)
			requireLawful(t, db.Pool)
			require.Contains(t, run(t, environment, "verify"), "order")
			requireBooksAgree(t, db.Pool, c.requireCharges(db, s, gateway))
			require.Zero(t, s.interrupt(t), "%s", s.errs)
		})
	}
}

// customers order without pause and remember what they wanted and what they were told.
type customers struct {
	t      *testing.T
	seed   uint64
	random *rand.Rand
	tokens []string // how they pay
	busy   sync.WaitGroup

	mu      sync.Mutex
	session string
	pizza   string
	wanted  []*wish
}

// wish is one intent of a customer; told is nil as long as nobody answered.
type wish struct {
	key, token string
	told       *placed
}

func newCustomers(t *testing.T, seed uint64, tokens ...string) *customers {
	return &customers{t: t, seed: seed, random: rand.New(rand.NewPCG(seed, 1)), tokens: tokens}
}

// comeIn has some customers order until the server is gone.
func (c *customers) comeIn(url string) {
	c.t.Helper()
	if c.session == "" {
		c.session, c.pizza = signIn(c.t, url, "customer@example.com"), onMenu(c.t, url)
	}
	for range 5 {
		random := rand.New(rand.NewPCG(c.seed, c.random.Uint64()))
		c.busy.Go(func() {
			for {
				w := c.wish(pick(random, c.tokens))
				told, err := order(c.t.Context(), url, c.session, c.pizza, w.key, w.token)
				if err != nil {
					return
				}
				w.told = &told
			}
		})
	}
}

func (c *customers) wish(token string) *wish {
	c.mu.Lock()
	defer c.mu.Unlock()
	w := &wish{key: fmt.Sprint("wish ", len(c.wanted)), token: token}
	c.wanted = append(c.wanted, w)
	return w
}

// requireOneOrderEach repeats every request: each has one order, the one the customer was told of if they were.
func (c *customers) requireOneOrderEach(url string) {
	c.t.Helper()
	orders, told, answers := map[string]string{}, 0, make([]placed, len(c.wanted))
	var repeating sync.WaitGroup
	for i, w := range c.wanted {
		repeating.Go(func() { answers[i] = c.repeat(url, w) })
	}
	repeating.Wait()
	for i, w := range c.wanted {
		again := answers[i]
		require.Empty(c.t, again.UserErrors, w.key)
		require.NotNil(c.t, again.Order, w.key)
		require.NotContains(c.t, orders, again.Order.ID)
		orders[again.Order.ID] = w.key
		if w.told != nil {
			told++
			require.Equal(c.t, *w.told, again, w.key)
		}
	}
	c.t.Logf("seed %d: %d orders, %d told before the server was gone", c.seed, len(orders), told)
	require.Positive(c.t, told)
	require.Less(c.t, told, len(orders), "nobody was cut off")
}

// repeat asks until the claim of the server that died has run out.
func (c *customers) repeat(url string, w *wish) placed {
	ctx, cancel := context.WithTimeout(c.t.Context(), 90*time.Second)
	defer cancel()
	for {
		again, err := order(ctx, url, c.session, c.pizza, w.key, w.token)
		if err != nil {
			c.t.Errorf("repeat %s: %v", w.key, err)
			return again
		}
		if len(again.UserErrors) == 0 || again.UserErrors[0].Code != "IDEMPOTENCY_CONFLICT" {
			return again
		}
	}
}

// requireCharges returns the books, in which every wish is one charge of the price of its pizza.
func (c *customers) requireCharges(db *pgtest.Database, s, gateway *program) map[string]simulator.Totals {
	c.t.Helper()
	if gateway == nil {
		gateway = s
	}
	booked := books(c.t, gateway.ledger)
	require.Len(c.t, booked, len(c.wanted))
	var orders int
	require.NoError(c.t, db.Pool.QueryRow(c.t.Context(), `SELECT count(*) FROM public.orders`).Scan(&orders))
	require.Equal(c.t, len(c.wanted), orders)
	for _, b := range booked {
		require.Equal(c.t, 1, b.Charges, "%+v", b)
	}
	return booked
}

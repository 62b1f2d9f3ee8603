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

// crashSeed fixes when servers are killed and how customers pay. Which requests coincide with a kill depends on the machine.
const crashSeed = 20

func TestServerKilledDuringPayments(t *testing.T) {
	t.Parallel()
	for name, elsewhere := range map[string]bool{"gateway elsewhere": true, "gateway inside": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			db := pgtest.New(t)
			environment := []string{"PIZZERIA_DATABASE_URL=" + db.DSN}
			run(t, environment, "migrate")
			run(t, environment, "seed")
			pgtest.LiftOrderLimits(t, db.Pool)
			var gateway *program
			if elsewhere {
				gateway = start(t, "/_ledger", nil, "gateway", "-addr", "127.0.0.1:0")
				environment = append(environment, "PIZZERIA_STRIPE_API_BASE="+gateway.ledger)
			}
			c := newCustomers(t, crashSeed, "tok_slow", "tok_slow", "tok_timeout", "tok_ok", "tok_ok", "tok_reset")

			for range long(5, 40) {
				s := serve(t, environment...)
				c.placeOrders(s.url)
				time.Sleep(time.Duration(100+c.random.IntN(900)) * time.Millisecond)
				s.kill()
				c.running.Wait()
			}
			s := serve(t, environment...)
			requireSettled(t, db.Pool, time.Minute)
			requireInvariants(t, db.Pool)

			c.requireOneOrderEach(s.url)
			requireSettled(t, db.Pool, time.Minute)
			requireInvariants(t, db.Pool)
			require.Contains(t, run(t, environment, "verify"), "order")
			requireLedgerMatches(t, db.Pool, c.requireCharges(db, s, gateway))
			require.Zero(t, s.interrupt(t), "%s", s.errs)
		})
	}
}

// customers place orders without pause, and keep each request with its answer.
type customers struct {
	t       *testing.T
	seed    uint64
	random  *rand.Rand
	tokens  []string // how they pay
	running sync.WaitGroup

	mu       sync.Mutex
	session  string
	pizza    string
	requests []*orderRequest
}

// orderRequest is one request to place an order. answer is nil until the server has answered.
type orderRequest struct {
	key, token string
	answer     *placed
}

func newCustomers(t *testing.T, seed uint64, tokens ...string) *customers {
	return &customers{t: t, seed: seed, random: rand.New(rand.NewPCG(seed, 1)), tokens: tokens}
}

// placeOrders has five customers place orders at the server until it is gone.
func (c *customers) placeOrders(url string) {
	c.t.Helper()
	if c.session == "" {
		c.session, c.pizza = signIn(c.t, url, "customer@example.com"), firstPizza(c.t, url)
	}
	for range 5 {
		random := rand.New(rand.NewPCG(c.seed, c.random.Uint64()))
		c.running.Go(func() {
			for {
				w := c.newRequest(pick(random, c.tokens))
				told, err := order(c.t.Context(), url, c.session, c.pizza, w.key, w.token)
				if err != nil {
					return
				}
				w.answer = &told
			}
		})
	}
}

func (c *customers) newRequest(token string) *orderRequest {
	c.mu.Lock()
	defer c.mu.Unlock()
	w := &orderRequest{key: fmt.Sprint("request ", len(c.requests)), token: token}
	c.requests = append(c.requests, w)
	return w
}

// requireOneOrderEach repeats every request and requires one order for each, the same one if there was an answer before.
func (c *customers) requireOneOrderEach(url string) {
	c.t.Helper()
	orders, told, answers := map[string]string{}, 0, make([]placed, len(c.requests))
	var repeating sync.WaitGroup
	for i, w := range c.requests {
		repeating.Go(func() { answers[i] = c.repeat(url, w) })
	}
	repeating.Wait()
	for i, w := range c.requests {
		again := answers[i]
		require.Empty(c.t, again.UserErrors, w.key)
		require.NotNil(c.t, again.Order, w.key)
		require.NotContains(c.t, orders, again.Order.ID)
		orders[again.Order.ID] = w.key
		if w.answer != nil {
			told++
			require.Equal(c.t, w.answer.Order.ID, again.Order.ID, w.key)
		}
	}
	c.t.Logf("seed %d: %d orders, %d answered before the server was gone", c.seed, len(orders), told)
	require.Positive(c.t, told)
	require.Less(c.t, told, len(orders), "nobody was cut off")
}

// repeat sends the request until the claim of the killed server has expired.
func (c *customers) repeat(url string, w *orderRequest) placed {
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

// requireCharges returns the gateway's totals of each order. It requires one charge for every request.
func (c *customers) requireCharges(db *pgtest.Database, s, gateway *program) map[string]simulator.Totals {
	c.t.Helper()
	if gateway == nil {
		gateway = s
	}
	totals := ledgerTotals(c.t, gateway.ledger)
	require.Len(c.t, totals, len(c.requests))
	var orders int
	require.NoError(c.t, db.Pool.QueryRow(c.t.Context(), `SELECT count(*) FROM public.orders`).Scan(&orders))
	require.Equal(c.t, len(c.requests), orders)
	for _, b := range totals {
		require.Equal(c.t, 1, b.Charges, "%+v", b)
	}
	return totals
}

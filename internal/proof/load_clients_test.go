package proof_test

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/stretchr/testify/require"
)

// crowd are guests who order without pause at some servers. Whoever is told UNAVAILABLE repeats the request, with its key,
// until it is acknowledged. Any other failure fails the test.
type crowd struct {
	t       *testing.T
	urls    []string
	session string
	pizza   string
	guests  []*guest

	busy     sync.WaitGroup
	stopped  atomic.Bool
	orders   atomic.Int64
	repeated atomic.Int64

	mu      sync.Mutex
	slowest time.Duration // of the answers that were no order
}

// guest is one of them. Each has its orders by key.
type guest struct {
	name   string
	url    string
	orders map[string]string
	// served is when the newest request was sent that was acknowledged.
	served atomic.Pointer[time.Time]
}

// gather has so many guests order at each server, until the crowd is sent home.
func gather(t *testing.T, each int, urls ...string) *crowd {
	t.Helper()
	c := &crowd{t: t, urls: urls, session: signIn(t, urls[0], "customer@example.com"), pizza: onMenu(t, urls[0])}
	for _, url := range urls {
		for range each {
			g := &guest{name: fmt.Sprint("guest ", len(c.guests)), url: url, orders: map[string]string{}}
			g.served.Store(&time.Time{})
			c.guests = append(c.guests, g)
			c.busy.Go(func() { c.serve(g) })
		}
	}
	t.Cleanup(c.goHome)
	return c
}

// goHome returns when each guest has been told what became of the order begun.
func (c *crowd) goHome() {
	c.stopped.Store(true)
	c.busy.Wait()
}

func (c *crowd) serve(g *guest) {
	for i := 0; !c.stopped.Load(); i++ {
		key := fmt.Sprint(g.name, ", order ", i)
		for c.t.Context().Err() == nil && !c.order(g, key) {
			c.repeated.Add(1)
			time.Sleep(20 * time.Millisecond)
		}
	}
}

// order tells whether the request was acknowledged.
func (c *crowd) order(g *guest, key string) bool {
	sent := time.Now()
	told, err := order(c.t.Context(), g.url, c.session, c.pizza, key, "tok_ok")
	took := time.Since(sent)
	var known faults
	switch {
	case c.t.Context().Err() != nil:
		return true
	case err == nil && told.Order != nil:
		g.orders[key] = told.Order.ID
		g.served.Store(&sent)
		c.orders.Add(1)
		return true
	case errors.As(err, &known) && known[0].Extensions.Code == "UNAVAILABLE":
		c.mu.Lock()
		defer c.mu.Unlock()
		c.slowest = max(c.slowest, took)
		return false
	default:
		c.t.Errorf("%s: after %v: %v %+v", key, took, err, told.UserErrors)
		return false
	}
}

// requireOrders waits until so many orders have been acknowledged.
func (c *crowd) requireOrders(n int64) {
	c.t.Helper()
	least := c.orders.Load()
	for c.orders.Load() < n {
		if !assertSoon(func() bool { return c.orders.Load() > least }) {
			require.Fail(c.t, "nobody is served")
		}
		least = c.orders.Load()
	}
}

// requireAllServed waits until each guest has sent a request after the time given that was acknowledged, and returns how
// long that took.
func (c *crowd) requireAllServed(since time.Time) time.Duration {
	c.t.Helper()
	for _, g := range c.guests {
		require.True(c.t, assertSoon(func() bool { return g.served.Load().After(since) }), "%s is not served", g.name)
	}
	return time.Since(since)
}

// worst returns the longest time that anybody waited to be told UNAVAILABLE, and how often somebody was, and forgets them.
func (c *crowd) worst() (slowest time.Duration, told int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	slowest, c.slowest = c.slowest, 0
	return slowest, c.repeated.Swap(0)
}

// requireNothingLost compares what guests were told with what is in the database, when they have gone home.
func (c *crowd) requireNothingLost(pool *pgxpool.Pool) {
	c.t.Helper()
	rows, err := pool.Query(c.t.Context(), `SELECT o.id FROM public.orders AS o`)
	require.NoError(c.t, err)
	ids, err := pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
	require.NoError(c.t, err)
	stored := map[string]string{}
	for _, id := range ids {
		stored[id.String()] = "nobody's"
	}
	for _, g := range c.guests {
		for key, id := range g.orders {
			require.Equal(c.t, "nobody's", stored[id], "%s is order %s, which is lost or another's", key, id)
			stored[id] = key
		}
	}
	for id, key := range stored {
		require.NotEqual(c.t, "nobody's", key, "order %s was placed for nobody, or twice", id)
	}
}

func assertSoon(done func() bool) bool {
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		if done() {
			return true
		}
	}
	return false
}

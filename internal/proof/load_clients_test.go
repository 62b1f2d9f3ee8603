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

// loadClients place orders without pause at some servers. A client that gets UNAVAILABLE repeats the request, with its
// key, until the order is acknowledged. Any other failure fails the test.
type loadClients struct {
	t       *testing.T
	urls    []string
	session string
	pizza   string
	clients []*loadClient

	busy     sync.WaitGroup
	stopping atomic.Bool
	orders   atomic.Int64
	repeated atomic.Int64

	mu      sync.Mutex
	slowest time.Duration // of the refusals
}

// loadClient is one of the clients, with its orders by key.
type loadClient struct {
	name   string
	url    string
	orders map[string]string
	// acknowledged is when the newest acknowledged request was sent.
	acknowledged atomic.Pointer[time.Time]
}

// startLoad has the given number of clients place orders at each server, until stop is called or the test ends.
func startLoad(t *testing.T, each int, urls ...string) *loadClients {
	t.Helper()
	c := &loadClients{t: t, urls: urls, session: signIn(t, urls[0], "customer@example.com"), pizza: firstPizza(t, urls[0])}
	for _, url := range urls {
		for range each {
			cl := &loadClient{name: fmt.Sprint("client ", len(c.clients)), url: url, orders: map[string]string{}}
			cl.acknowledged.Store(&time.Time{})
			c.clients = append(c.clients, cl)
			c.busy.Go(func() { c.run(cl) })
		}
	}
	t.Cleanup(c.stop)
	return c
}

// stop has each client finish the order that it has begun, and returns once all have.
func (c *loadClients) stop() {
	c.stopping.Store(true)
	c.busy.Wait()
}

func (c *loadClients) run(cl *loadClient) {
	for i := 0; !c.stopping.Load(); i++ {
		key := fmt.Sprint(cl.name, ", order ", i)
		for c.t.Context().Err() == nil && !c.order(cl, key) {
			c.repeated.Add(1)
			time.Sleep(20 * time.Millisecond)
		}
	}
}

// order sends one request, and returns true once the order is acknowledged.
func (c *loadClients) order(cl *loadClient, key string) bool {
	sent := time.Now()
	told, err := order(c.t.Context(), cl.url, c.session, c.pizza, key, "tok_ok")
	took := time.Since(sent)
	var known operationErrors
	switch {
	case c.t.Context().Err() != nil:
		return true
	case err == nil && told.Order != nil:
		cl.orders[key] = told.Order.ID
		cl.acknowledged.Store(&sent)
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

// requireOrders waits until n orders have been acknowledged.
func (c *loadClients) requireOrders(n int64) {
	c.t.Helper()
	least := c.orders.Load()
	for c.orders.Load() < n {
		if !assertSoon(func() bool { return c.orders.Load() > least }) {
			require.Fail(c.t, "no order is acknowledged")
		}
		least = c.orders.Load()
	}
}

// requireAllAcknowledged waits until each client has had a request acknowledged that it sent after the given time, and
// returns how long that took.
func (c *loadClients) requireAllAcknowledged(since time.Time) time.Duration {
	c.t.Helper()
	for _, cl := range c.clients {
		require.True(c.t, assertSoon(func() bool { return cl.acknowledged.Load().After(since) }), "%s gets no order acknowledged", cl.name)
	}
	return time.Since(since)
}

// slowestRefusal returns the longest time until a client got UNAVAILABLE, and how often clients got it, and resets
// both.
func (c *loadClients) slowestRefusal() (slowest time.Duration, told int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	slowest, c.slowest = c.slowest, 0
	return slowest, c.repeated.Swap(0)
}

// requireNothingLost compares the acknowledged orders with those in the database. The clients must have stopped.
func (c *loadClients) requireNothingLost(pool *pgxpool.Pool) {
	c.t.Helper()
	rows, err := pool.Query(c.t.Context(), `SELECT o.id FROM public.orders AS o`)
	require.NoError(c.t, err)
	ids, err := pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
	require.NoError(c.t, err)
	stored := map[string]string{}
	for _, id := range ids {
		stored[id.String()] = "unclaimed"
	}
	for _, cl := range c.clients {
		for key, id := range cl.orders {
			require.Equal(c.t, "unclaimed", stored[id], "%s is order %s, which is lost or was acknowledged twice", key, id)
			stored[id] = key
		}
	}
	for id, key := range stored {
		require.NotEqual(c.t, "unclaimed", key, "order %s was acknowledged to no client, or placed twice", id)
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

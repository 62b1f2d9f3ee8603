package proof_test

import (
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/menu/menustore"
	"pizzeria/internal/ordering"
	"pizzeria/internal/ordering/orderstore"
	"pizzeria/internal/payment/stripegateway"
)

// However long the gateway is silent, and about however many orders: after a minute each customer knows.
func TestNoPaymentStaysUnknownForMoreThanAMinute(t *testing.T) {
	t.Parallel()
	s := open(t)
	a := s.serve(t)
	pizza := dish(t, a, "Margherita", stock(t, a, "Dough", 100))
	const orders = 30
	clock := &clock{at: time.Now().UTC().Truncate(time.Microsecond)}
	// It has heard all of them before it lets go of any, five seconds later, without an answer.
	all := newBarrier(orders, func() { clock.advance(5 * time.Second) })
	silent := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		all.wait()
		w.WriteHeader(http.StatusInternalServerError)
	}))
	t.Cleanup(silent.Close)
	gateway := stripegateway.New(stripegateway.Config{Key: "sk_proof", BaseURL: silent.URL, Timeout: 20 * time.Second})
	t.Cleanup(gateway.Close)
	store := orderstore.New(s.db.Gorm)
	// The app's own completer lives by another clock, for which nothing that is placed here is due yet.
	clock.advance(2 * time.Hour)
	begun := clock.now()
	place := &ordering.PlaceOrderHandler{
		Orders: store, Dishes: menustore.New(s.db.Gorm), Kitchen: store, Pricing: ordering.Pricing{Currency: "USD", TaxBasisPoints: 800},
		Now: clock.now, NewID: uuid.New,
	}
	completer := &ordering.Completer{
		Due: store, Orders: store, Settler: &ordering.Settler{Orders: store, Gateway: gateway, Now: clock.now},
		Log: slog.New(slog.DiscardHandler), Now: clock.now, AbandonAfter: time.Hour, Committed: func() {},
	}
	for i := range orders {
		cmd := pickup(s.customers[0], pizza, fmt.Sprint(i), "tok_ok")
		_, err := place.Handle(t.Context(), cmd.WithSubject(uuid.New()))
		require.NoError(t, err)
	}

	for pending := orders; pending > 0 && clock.now().Before(begun.Add(2*time.Minute)); clock.advance(time.Second) {
		require.NoError(t, completer.Round(t.Context()))
		require.NoError(t, s.db.Pool.QueryRow(t.Context(),
			`SELECT count(*) FROM public.orders AS o WHERE o.status = 'PENDING'`).Scan(&pending))
	}

	var rejected int
	var longest float64
	require.NoError(t, s.db.Pool.QueryRow(t.Context(), `
		SELECT count(*), coalesce(max(extract(epoch FROM e.at - o.placed_at)), 0)
		FROM public.orders AS o
		JOIN public.order_events AS e ON e.order_id = o.id AND e.to_status = 'REJECTED'`).Scan(&rejected, &longest))
	require.Equal(t, orders, rejected)
	require.LessOrEqual(t, longest, 60.0)
	requireLawful(t, s.db.Pool)
}

// clock stands still unless it is told to go on.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

// barrier holds callers back until so many have come, or until it is clear that they don't.
type barrier struct {
	size   int
	opened func()

	mu      sync.Mutex
	waiting int
	open    chan struct{}
}

func newBarrier(size int, opened func()) *barrier {
	return &barrier{size: size, opened: opened, open: make(chan struct{})}
}

func (b *barrier) wait() {
	b.mu.Lock()
	b.waiting++
	gate := b.open
	if b.waiting == b.size {
		b.opened()
		close(b.open)
		b.waiting, b.open = 0, make(chan struct{})
	}
	b.mu.Unlock()
	select {
	case <-gate:
	case <-time.After(time.Minute):
		b.opened() // this one alone took its time
	}
}

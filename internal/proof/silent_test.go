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

	"pizzeria/internal/location"
	"pizzeria/internal/menu/menustore"
	"pizzeria/internal/ordering"
	"pizzeria/internal/ordering/orderstore"
	"pizzeria/internal/payment/stripegateway"
	"pizzeria/internal/promotion/promotionstore"
)

// However long the gateway is silent, each customer has an answer after a minute.
func TestNoPaymentStaysUnknownForMoreThanAMinute(t *testing.T) {
	t.Parallel()
	s := open(t)
	const orders = 30
	clock := newClock()
	// The gateway receives all requests before it fails any of them, five seconds later.
	all := newBarrier(orders, func() { clock.advance(5 * time.Second) })
	silent := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		all.wait()
		w.WriteHeader(http.StatusInternalServerError)
	}))
	t.Cleanup(silent.Close)
	completer := s.completer(t, clock, silent.URL)
	begun := clock.now()
	s.placeUnpaid(t, clock, orders)

	for pending := orders; pending > 0 && clock.now().Before(begun.Add(2*time.Minute)); clock.advance(time.Second) {
		require.NoError(t, completer.Round(t.Context()))
		require.NoError(t, s.db.Pool.QueryRow(t.Context(),
			`SELECT count(*) FROM public.orders AS o WHERE o.status = 'PENDING'`).Scan(&pending))
	}

	require.LessOrEqual(t, s.requireRejected(t, orders), time.Minute)
	requireInvariants(t, s.db.Pool)
}

// So many payments are waiting that the gateway can't be asked about each of them in time. Afterwards it is asked what
// became of them.
func TestNoPaymentStaysUnknownForMoreThanAMinuteHoweverManyThereAre(t *testing.T) {
	t.Parallel()
	s := open(t)
	const orders = 250
	clock := newClock()
	completer := s.completer(t, clock, s.gateway.URL())
	s.placeUnpaid(t, clock, orders)

	clock.advance(49 * time.Second)
	require.NoError(t, completer.RejectUnconfirmed(t.Context()))
	require.Zero(t, s.requireRejected(t, 0), "the gateway may still answer")
	clock.advance(time.Second)
	require.NoError(t, completer.RejectUnconfirmed(t.Context()))

	require.LessOrEqual(t, s.requireRejected(t, orders), time.Minute)
	require.Empty(t, ledgerTotals(t, s.gateway.URL()), "nobody waited for the gateway")
	for range 10 {
		clock.advance(time.Minute)
		require.NoError(t, completer.Round(t.Context()))
	}
	requireSettled(t, s.db.Pool, time.Second)
	requireInvariants(t, s.db.Pool)
	require.Empty(t, ledgerTotals(t, s.gateway.URL()), "to look for an attempt is not to make it")
}

// completer returns a completer with the given clock, which works only when the test calls it.
func (s *shop) completer(t *testing.T, clock *clock, gatewayURL string) *ordering.Completer {
	t.Helper()
	gateway := stripegateway.New(stripegateway.Config{Key: "sk_proof", BaseURL: gatewayURL, Timeout: 20 * time.Second})
	t.Cleanup(gateway.Close)
	store := orderstore.New(s.db.Gorm)
	return &ordering.Completer{
		Due: store, Orders: store, Settler: &ordering.Settler{Orders: store, Gateway: gateway, Now: clock.now},
		Log: slog.New(slog.DiscardHandler), Now: clock.now, AbandonAfter: time.Hour, Committed: func() {},
	}
}

// placeUnpaid places orders by card whose first attempt to pay was cut off.
func (s *shop) placeUnpaid(t *testing.T, clock *clock, orders int) {
	t.Helper()
	a := s.serve(t)
	pizza := dish(t, a, "Margherita", stock(t, a, "Dough", orders))
	place := &ordering.PlaceOrderHandler{
		Orders: orderstore.New(s.db.Gorm), Dishes: menustore.New(s.db.Gorm), Promotions: promotionstore.New(s.db.Gorm), Places: orderstore.New(s.db.Gorm), Quotes: orderstore.New(s.db.Gorm),
		Zones: new(location.Zones), Gateway: &stripegateway.Gateway{}, Now: clock.now, NewID: uuid.New,
	}
	for i := range orders {
		cmd := pickup(s.customers[0], pizza, fmt.Sprint(i), "tok_ok")
		_, err := place.Handle(t.Context(), cmd.WithSubject(uuid.New()))
		require.NoError(t, err)
	}
}

// requireRejected requires the given number of rejected orders, and returns the longest time that any of them took.
func (s *shop) requireRejected(t *testing.T, orders int) time.Duration {
	t.Helper()
	var rejected int
	var longest float64
	require.NoError(t, s.db.Pool.QueryRow(t.Context(), `
		SELECT count(*), coalesce(max(extract(epoch FROM e.at - o.placed_at)), 0)
		FROM public.orders AS o
		JOIN public.events AS e ON e.stream_id = o.id AND e.type = 'REJECTED'`).Scan(&rejected, &longest))
	require.Equal(t, orders, rejected)
	return time.Duration(longest * float64(time.Second))
}

// newClock returns a clock that is two hours ahead: for the app's own completer, which has another clock, nothing is
// due yet.
func newClock() *clock {
	return &clock{at: time.Now().UTC().Truncate(time.Microsecond).Add(2 * time.Hour)}
}

// clock stands still except when a test advances it.
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

// barrier holds callers back until size of them wait, or until a minute has passed.
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

package live_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"pizzeria/internal/ordering/orderview"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/events"
	"pizzeria/internal/platform/events/eventstest"
	"pizzeria/internal/platform/live"
	"pizzeria/internal/platform/pgtest"
)

func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m, goleak.IgnoreAnyFunction("pizzeria/internal/platform/privatepg.(*process).supervise")) // ends with us
}

var cook = auth.Actor{ID: uuid.New(), Roles: []auth.Role{auth.RoleCook}}

// server is the part of a server process that serves the live feed.
type server struct {
	*eventstest.Shop
	log  *events.Log
	tail *events.Tail
	hub  *live.Hub
	feed *orderview.Feed
}

// options of a server.
type options struct {
	tail events.TailOptions
	live live.Options
}

func start(t *testing.T, o options) *server {
	t.Helper()
	return startOn(t, eventstest.Open(t, pgtest.WithMaxConns(40)), o)
}

func startOn(t *testing.T, shop *eventstest.Shop, o options) *server {
	t.Helper()
	s := prepare(t, shop, o)
	s.run(t)
	return s
}

func prepare(t *testing.T, shop *eventstest.Shop, o options) *server {
	t.Helper()
	if o.tail.Poll == 0 {
		o.tail.Poll = 5 * time.Millisecond
	}
	log, err := events.Open(t.Context(), shop.Pool)
	require.NoError(t, err)
	tail, err := events.NewTail(t.Context(), log, o.tail)
	require.NoError(t, err)
	hub := live.NewHub(log, o.live)
	return &server{Shop: shop, log: log, tail: tail, hub: hub, feed: orderview.NewFeed(hub, orderview.NewByIDHandler(shop.Pool, 2))}
}

func (s *server) run(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() {
		s.tail.Run(ctx, s.hub)
		close(ended)
	}()
	t.Cleanup(func() {
		stop()
		<-ended
	})
}

func (s *server) customer() auth.Actor {
	return auth.Actor{ID: s.Customer, Roles: []auth.Role{auth.RoleCustomer}}
}

func (s *server) now(t *testing.T) string {
	t.Helper()
	cursor, err := s.log.Now(t.Context())
	require.NoError(t, err)
	return cursor.Encode()
}

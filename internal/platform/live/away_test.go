package live_test

import (
	"context"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/cqrs"
	"pizzeria/internal/platform/events/eventstest"
	"pizzeria/internal/platform/fault"
	"pizzeria/internal/platform/live"
	"pizzeria/internal/platform/pgtest"
	"pizzeria/internal/platform/postgres"
)

// startThrough starts a server that reaches the shop's database only through a network that can fail.
func startThrough(t *testing.T, shop *eventstest.Shop) (*server, *pgtest.Forwarder) {
	t.Helper()
	network := pgtest.Forward(t, shop.DSN)
	far := &eventstest.Shop{Database: pgtest.Open(t, pgtest.Through(t, shop.DSN, network.Address()), 4), Customer: shop.Customer}
	explain := cqrs.Pipeline{Unavailable: postgres.Unavailable}.Explain
	return startOn(t, far, options{live: live.Options{Explain: explain}}), network
}

func TestOpeningWithoutTheDatabaseIsUnavailable(t *testing.T) {
	t.Parallel()
	shop := eventstest.Open(t)
	order := shop.MustPlace(t)
	s, network := startThrough(t, shop)
	cursor := s.now(t)

	network.Blackhole()

	for name, open := range map[string]func() error{
		"an order":          func() error { _, err := s.feed.Order(t.Context(), cook, order, "", live.Every); return err },
		"an order, resumed": func() error { _, err := s.feed.Order(t.Context(), cook, order, cursor, live.Every); return err },
		"the kitchen":       func() error { _, err := s.feed.Kitchen(t.Context(), cook, uuid.Nil, nil, "", live.Every); return err },
		"the kitchen, resumed": func() error {
			_, err := s.feed.Kitchen(t.Context(), cook, uuid.Nil, nil, cursor, live.Every)
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			err := open()
			require.True(t, fault.Is(err, fault.Unavailable), "%v", err)
		})
	}
}

func TestAnOpenStreamWaitsForTheDatabaseAndMissesNothing(t *testing.T) {
	t.Parallel()
	shop := eventstest.Open(t)
	s, network := startThrough(t, shop)
	begin := s.now(t)
	written := []eventstest.Key{}
	place := func() { written = append(written, eventstest.Key{ID: shop.MustPlace(t), Version: 1}) }
	place()
	following := s.watchKitchen(t, begin)
	following.changes(t, 1)
	reads := make(chan struct{})
	catchingUp := watch(t, func(ctx context.Context) (items, error) {
		items, err := all(ctx)(s.feed.Kitchen(ctx, cook, uuid.Nil, nil, begin, live.Every))
		return func(yield func(live.Value, error) bool) {
			<-reads
			items(yield)
		}, err
	})

	network.Blackhole()
	place()
	close(reads)
	place()
	_, err := s.log.Now(t.Context())
	require.True(t, postgres.Unavailable(err), "%v", err)
	network.Restore()
	place()

	require.Equal(t, written, keys(following.changes(t, 4)))
	require.Equal(t, written, keys(catchingUp.changes(t, 4)))
}

package proof_test

import (
	"context"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/app"
	"pizzeria/internal/inventory"
	"pizzeria/internal/menu"
	"pizzeria/internal/ordering"
	"pizzeria/internal/payment"
	"pizzeria/internal/payment/simulator"
	"pizzeria/internal/payment/stripegateway"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/fault"
	"pizzeria/internal/platform/pgtest"
	"pizzeria/internal/platform/postgres"
)

var (
	cook    = auth.Actor{ID: uuid.New(), Name: "Coco", Roles: []auth.Role{auth.RoleCook}}
	driver  = auth.Actor{ID: uuid.New(), Name: "Dario", Roles: []auth.Role{auth.RoleDriver}}
	manager = auth.Actor{ID: uuid.New(), Name: "Mario", Roles: []auth.Role{auth.RoleManager}}
)

// server is the app of one server process.
type server = *app.App

// shop is one database and one payment gateway, for any number of servers.
type shop struct {
	db        *pgtest.Database
	at        uuid.UUID // its first location
	gateway   *simulator.Server
	customers []auth.Actor
}

func open(t *testing.T) *shop {
	t.Helper()
	s := &shop{db: pgtest.New(t, pgtest.WithMaxConns(12))}
	s.at = s.db.AddLocation(t, "USD")
	at := s.at
	_, err := s.db.Pool.Exec(t.Context(), `UPDATE public.locations SET delivery_fee = 350 WHERE id = $1`, at)
	require.NoError(t, err)
	_, err = s.db.Pool.Exec(t.Context(), `INSERT INTO public.location_tax_rates (location_id, category, rate_basis_points) VALUES ($1, 'FOOD', 800)`, at)
	require.NoError(t, err)
	for _, name := range []string{"Ada", "Bob", "Cyd", "Dan"} {
		c := auth.Actor{ID: uuid.New(), Name: name, Roles: []auth.Role{auth.RoleCustomer}}
		_, err := s.db.Pool.Exec(t.Context(), `INSERT INTO public.customers (id, name, created_at) VALUES ($1, $2, now())`, c.ID, c.Name)
		require.NoError(t, err)
		s.customers = append(s.customers, c)
	}
	s.gateway, err = simulator.Listen(t.Context(), "127.0.0.1:0", simulator.NewMemory(), simulator.Options{
		Key: "sk_proof", Slow: 60 * time.Millisecond, HoldFor: 2 * time.Second,
	})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.gateway.Close()) })
	return s
}

// serve runs the app of another server until the test ends, with its own pools, gateway client and background work.
func (s *shop) serve(t *testing.T) server {
	t.Helper()
	pool, err := postgres.Connect(t.Context(), s.db.DSN, postgres.Options{MaxConns: 16})
	require.NoError(t, err)
	t.Cleanup(pool.Close)
	refreshPool, err := postgres.Connect(t.Context(), s.db.DSN, postgres.Options{MaxConns: 2, NoTimeouts: true})
	require.NoError(t, err)
	t.Cleanup(refreshPool.Close)
	db, err := postgres.OpenGORM(pool)
	require.NoError(t, err)
	t.Cleanup(func() {
		if conns, err := db.DB(); err == nil {
			_ = conns.Close()
		}
	})
	gateway := stripegateway.New(stripegateway.Config{Key: "sk_proof", BaseURL: s.gateway.URL(), Timeout: time.Second, SearchLag: 5 * time.Second})
	t.Cleanup(gateway.Close)
	a, err := app.New(t.Context(), app.Dependencies{
		Pool: pool, RefreshPool: refreshPool, GORM: db, Gateway: gateway, Registry: prometheus.NewRegistry(),
		Log: slog.New(slog.DiscardHandler), AbandonAfter: time.Hour,
		Now: func() time.Time { return time.Now().UTC().Truncate(time.Microsecond) },
	})
	require.NoError(t, err)
	ctx, stop := context.WithCancel(context.Background())
	stopped := make(chan struct{})
	go func() {
		defer close(stopped)
		a.Run(ctx)
	}()
	t.Cleanup(func() {
		stop()
		<-stopped
	})
	return a
}

// stock adds an ingredient.
func stock(t *testing.T, a server, name string, onHand int) uuid.UUID {
	t.Helper()
	added, err := a.CreateIngredient.Handle(t.Context(), inventory.CreateIngredient{By: manager, IdempotencyKey: name, Name: name, Stock: []inventory.LocationStock{{OnHand: onHand}}})
	require.NoError(t, err)
	return added.ID
}

// dish adds a pizza that takes one unit of each ingredient.
func dish(t *testing.T, a server, name string, ingredients ...uuid.UUID) uuid.UUID {
	t.Helper()
	cmd := menu.CreateMenuItem{By: manager, IdempotencyKey: name, Name: name, Category: "Pizza", IsPizza: true, Prices: []menu.Price{{Size: menu.Medium, Price: 1_150}}}
	for _, id := range ingredients {
		cmd.Ingredients = append(cmd.Ingredients, menu.RecipeLine{IngredientID: id, Quantity: 1})
	}
	added, err := a.CreateMenuItem.Handle(t.Context(), cmd)
	require.NoError(t, err)
	return added.ID
}

// pickup returns an order of one portion, paid in cash or, with a token, by card.
func pickup(by auth.Actor, dish uuid.UUID, key, token string) ordering.PlaceOrder {
	cmd := ordering.PlaceOrder{
		By: by, IdempotencyKey: key, Details: ordering.Details{Fulfillment: ordering.Pickup}, PaymentMethod: payment.Cash,
		Items: []ordering.ItemRequest{{MenuItemID: dish, Size: menu.Medium, Quantity: 1}},
	}
	if token != "" {
		cmd.PaymentMethod, cmd.PaymentToken = payment.Card, &token
	}
	return cmd
}

// placeWithRetry places an order, and repeats the request with the same key while the answer is UNAVAILABLE. On a slow
// machine the first request may also be found still running.
func placeWithRetry(ctx context.Context, at server, cmd ordering.PlaceOrder) (app.OrderAnswer, error) {
	for {
		answer, err := at.PlaceOrder.Handle(ctx, cmd)
		running := fault.Is(err, fault.IdempotencyConflict) && strings.Contains(err.Error(), "still running")
		if !running && !fault.Is(err, fault.Unavailable) {
			return answer, err
		}
		time.Sleep(50 * time.Millisecond)
	}
}

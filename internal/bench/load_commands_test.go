package bench_test

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/app"
	"pizzeria/internal/auth"
	"pizzeria/internal/menu/menuview"
	"pizzeria/internal/ordering"
	"pizzeria/internal/ordering/orderview"
	"pizzeria/internal/payment"
	"pizzeria/internal/postgres"
)

// commandLoad is the shop's own commands, with their whole pipeline and stock: an order paid in cash, then the start of
// its preparation. Each answers with the order read back. Nothing runs in the background.
var commandLoad = load{name: "commands", clients: func(b *testing.B, l *lab, database string) []client {
	b.Helper()
	pool := l.connect(b, database, 2*clients)
	shop := open(b, pool)
	dishes, err := shop.Menu.Handle(b.Context(), menuview.Menu{})
	require.NoError(b, err)
	var all []client
	for i := range clients {
		c := &commandClient{shop: shop, next: i, customer: customer(b, pool)}
		for _, dish := range dishes {
			c.menu = append(c.menu, ordering.ItemRequest{MenuItemID: dish.ID, Size: dish.Prices[len(dish.Prices)/2].Size, Quantity: 1})
		}
		all = append(all, c)
	}
	return all
}}

// open wires the app as the server does, but for the gateway: cash asks none.
func open(b *testing.B, pool *pgxpool.Pool) *app.App {
	b.Helper()
	db, err := postgres.OpenGORM(pool)
	require.NoError(b, err)
	shop, err := app.New(b.Context(), app.Needs{
		Pool: pool, Patient: pool, GORM: db, Registry: prometheus.NewRegistry(), Log: slog.New(slog.DiscardHandler),
		Pricing: ordering.Pricing{Currency: "USD", TaxBasisPoints: 800, DeliveryFeeCents: 350}, Now: time.Now,
		AbandonAfter: time.Hour,
	})
	require.NoError(b, err)
	return shop
}

func customer(b *testing.B, pool *pgxpool.Pool) auth.Actor {
	b.Helper()
	a := auth.Actor{Roles: []auth.Role{auth.RoleCustomer}}
	err := pool.QueryRow(b.Context(), `SELECT c.id, c.name FROM public.customers AS c ORDER BY random() LIMIT 1`).Scan(&a.ID, &a.Name)
	require.NoError(b, err)
	return a
}

type commandClient struct {
	shop     *app.App
	customer auth.Actor
	menu     []ordering.ItemRequest
	next     int
	order    *orderview.Order
}

func (c *commandClient) place(ctx context.Context) error {
	c.next += clients
	answer, err := c.shop.PlaceOrder.Handle(ctx, ordering.PlaceOrder{
		By: c.customer, IdempotencyKey: uuid.NewString(), PaymentMethod: payment.Cash, Fulfillment: ordering.Delivery,
		DeliveryAddress: &ordering.Address{Street: "1 Via Roma", City: "Springfield", PostalCode: "12345"},
		Items:           []ordering.ItemRequest{c.menu[c.next%len(c.menu)], c.menu[(c.next+5)%len(c.menu)]},
	})
	c.order = answer.Order
	return err
}

func (c *commandClient) move(ctx context.Context) error {
	_, err := c.shop.MoveOrder.Handle(ctx, ordering.MoveOrder{OrderID: c.order.ID, Action: ordering.StartPreparing, By: cook})
	return err
}

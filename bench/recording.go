package main

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/prometheus/client_golang/prometheus"

	"pizzeria/bench/pgbench"
	"pizzeria/bench/testbed"
	"pizzeria/internal/app"
	"pizzeria/internal/menu/menuview"
	"pizzeria/internal/ordering"
	"pizzeria/internal/payment/stripegateway"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/postgres"
)

// bareSQL is written for pgbench.
//
//go:embed bare.sql
var bareSQL string

// scripts are the statements of commands, for pgbench.
type scripts struct{ place, start, bare string }

// record makes sample orders, one for each connection, and records which statements the server sends to place and to
// start them.
func (b *bench) record(ctx context.Context, database string) (_ []sampleOrder, _ scripts, err error) {
	tokens, err := b.testbed.Sessions(ctx, database, auth.RoleCustomer, connections)
	if err != nil {
		return nil, scripts{}, err
	}
	r, err := b.openRecordedApp(ctx, database)
	if err != nil {
		return nil, scripts{}, err
	}
	defer func() { err = errors.Join(err, r.close()) }()
	sampleOrders, err := r.sampleOrders(ctx, tokens)
	if err != nil {
		return nil, scripts{}, err
	}
	made, err := r.scripts(ctx, b.testbed, database, sampleOrders)
	return sampleOrders, made, err
}

// recordedApp is the application with a recorder of its statements. Nothing runs in its background, and it has no gateway,
// since its orders are paid in cash.
type recordedApp struct {
	*app.App
	recorder *pgbench.Recorder
	close    func() error
}

func (b *bench) openRecordedApp(ctx context.Context, database string) (*recordedApp, error) {
	config, err := pgxpool.ParseConfig(b.testbed.DSN(database))
	if err != nil {
		return nil, fmt.Errorf("read database URL: %w", err)
	}
	r := &recordedApp{recorder: &pgbench.Recorder{}}
	config.ConnConfig.Tracer = r.recorder
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, fmt.Errorf("open database pool: %w", err)
	}
	db, err := postgres.OpenGORM(pool)
	if err != nil {
		pool.Close()
		return nil, err
	}
	r.close = func() error {
		defer pool.Close()
		conns, err := db.DB()
		return errors.Join(err, conns.Close())
	}
	r.App, err = app.New(ctx, app.Dependencies{
		Pool: pool, RefreshPool: pool, GORM: db, Gateway: stripegateway.New(stripegateway.Config{Key: "sk_none"}), Registry: prometheus.NewRegistry(), Log: slog.New(slog.DiscardHandler),
		Now: time.Now, AbandonAfter: time.Hour,
	})
	if err != nil {
		return nil, errors.Join(err, r.close())
	}
	return r, nil
}

// sampleOrders returns one order for each token, with two dishes.
func (r *recordedApp) sampleOrders(ctx context.Context, tokens []string) ([]sampleOrder, error) {
	dishes, err := r.Menu.Handle(ctx, menuview.Menu{})
	if err != nil {
		return nil, err
	}
	all := make([]sampleOrder, len(tokens))
	for i, token := range tokens {
		customer, _, err := r.Sessions.Authenticate(ctx, token)
		if err != nil {
			return nil, err
		}
		all[i] = sampleOrder{customer: customer, token: token}
		for _, dish := range []*menuview.MenuItem{dishes[i%len(dishes)], dishes[(i+5)%len(dishes)]} {
			all[i].items = append(all[i].items, ordering.ItemRequest{
				MenuItemID: dish.ID, Size: dish.Prices[len(dish.Prices)/2].Size, Quantity: 1,
			})
		}
	}
	return all, nil
}

// scripts carries out each command twice for every sample order, and writes scripts of the statements that were sent. The
// values from which the scripts pick are stored in the database.
func (r *recordedApp) scripts(ctx context.Context, bed *testbed.Testbed, database string, sampleOrders []sampleOrder) (scripts, error) {
	var places, starts []pgbench.Recording
	var dishes [][]string
	for _, s := range sampleOrders {
		var place, start [2][]pgbench.Statement
		for run := range place {
			r.recorder.Take()
			placed, err := r.PlaceOrder.Handle(ctx, s.command())
			if err != nil {
				return scripts{}, fmt.Errorf("place an order: %w", err)
			}
			place[run] = r.recorder.Take()
			_, err = r.MoveOrder.Handle(ctx, ordering.MoveOrder{
				OrderID: placed.Order.ID, Action: ordering.StartPreparing, By: auth.Actor{ID: uuid.New(), Roles: []auth.Role{auth.RoleCook}},
			})
			if err != nil {
				return scripts{}, fmt.Errorf("start preparing: %w", err)
			}
			start[run] = r.recorder.Take()
		}
		places = append(places, pgbench.Recording{First: place[0], Again: place[1]})
		starts = append(starts, pgbench.Recording{First: start[0], Again: start[1]})
		dishes = append(dishes, []string{s.customer.ID.String(), s.items[0].MenuItemID.String(), s.items[1].MenuItemID.String()})
	}
	place, err := pgbench.Write(places, "bench.place", testbed.NewID)
	if err != nil {
		return scripts{}, fmt.Errorf("write the script of placeOrder: %w", err)
	}
	start, err := pgbench.Write(starts[:1], "", testbed.NextOrder, testbed.ItsTicket)
	if err != nil {
		return scripts{}, fmt.Errorf("write the script of startPreparingOrder: %w", err)
	}
	return scripts{place.Text, start.Text, bareSQL}, errors.Join(
		bed.StoreValues(ctx, database, "bench.place", place.Values), bed.StoreValues(ctx, database, "bench.bare", dishes))
}

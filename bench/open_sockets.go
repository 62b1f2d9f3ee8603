package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"golang.org/x/sync/errgroup"

	"pizzeria/bench/load"
	"pizzeria/bench/watch"
	"pizzeria/internal/platform/auth"
)

// watchedOrder is an order, and the token of the customer who watches it.
type watchedOrder struct {
	token string
	order uuid.UUID
}

// open starts a server, opens the given number of sockets on it, and measures how much memory an idle socket takes.
func (f *feedRun) open(ctx context.Context, sockets int) (err error) {
	if err := f.placeWatchedOrders(ctx, sockets-kitchenSockets); err != nil {
		return err
	}
	managers, err := f.bench.testbed.Sessions(ctx, f.database, auth.RoleManager, kitchenSockets) // they may make every move
	if err != nil {
		return err
	}
	f.cook = managers[0]
	if f.server, err = f.bench.testbed.Serve(ctx, f.bench.server, f.database); err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, f.close())
		}
	}()
	for _, token := range managers {
		w, err := watch.Kitchen(ctx, f.server.URL, token)
		if err != nil {
			return err
		}
		f.displays = append(f.displays, w)
	}
	if err := f.warmUp(ctx); err != nil {
		return err
	}
	before, err := f.openOrderSockets(ctx, min(warmSockets, sockets/2))
	if err != nil {
		return err
	}
	alreadyOpen := len(f.orderSockets)
	after, err := f.openOrderSockets(ctx, len(f.watched))
	if err != nil {
		return err
	}
	f.kibPerSocket = float64(after-before) / 1024 / float64(len(f.orderSockets)-alreadyOpen)
	return nil
}

// warmUp has the server answer requests until its heap is as large as the collector lets it become without any sockets.
func (f *feedRun) warmUp(ctx context.Context) error {
	menu := load.Post(f.server.URL, f.cook, request(menuQuery, nil))
	_, err := load.Ask(ctx, f.server.URL, connections, f.bench.scale.commands, func() []byte { return menu }, checkAnswer)
	return err
}

// placeWatchedOrders places one order for each of as many new customers, at another server, so that the memory this takes
// isn't counted as that of the sockets.
func (f *feedRun) placeWatchedOrders(ctx context.Context, orders int) (err error) {
	if f.sampleOrders, _, err = f.bench.record(ctx, f.database); err != nil {
		return err
	}
	tokens, err := f.bench.testbed.Sessions(ctx, f.database, auth.RoleCustomer, orders)
	if err != nil {
		return err
	}
	server, err := f.bench.testbed.Serve(ctx, f.bench.server, f.database)
	if err != nil {
		return err
	}
	defer stopProgram(server, &err)
	clients, err := load.DialAll(ctx, server.URL, connections)
	if err != nil {
		return err
	}
	defer clients.Close()
	f.watched = make([]watchedOrder, orders)
	return inParallel(ctx, orders, func(worker, i int) error {
		sample := f.sampleOrders[i%len(f.sampleOrders)]
		sample.token = tokens[i]
		var placed struct {
			PlaceOrder struct{ Order struct{ ID uuid.UUID } }
		}
		err := requestData(clients[worker], load.Post(server.URL, sample.token, sample.body(uuid.NewString())), &placed)
		f.watched[i] = watchedOrder{tokens[i], placed.PlaceOrder.Order.ID}
		return err
	})
}

// openOrderSockets opens sockets, each of which watches one order, until there are total of them. It returns the server's
// memory in bytes, measured once the server is idle again.
func (f *feedRun) openOrderSockets(ctx context.Context, total int) (int64, error) {
	alreadyOpen := len(f.orderSockets)
	f.orderSockets = append(f.orderSockets, make([]*watch.Watcher, total-alreadyOpen)...)
	err := inParallel(ctx, total-alreadyOpen, func(_, i int) (err error) {
		s := f.watched[alreadyOpen+i]
		f.orderSockets[alreadyOpen+i], err = watch.Order(ctx, f.server.URL, s.token, s.order)
		return err
	})
	if err != nil {
		return 0, err
	}
	time.Sleep(f.bench.scale.settling)
	for _, w := range f.orderSockets {
		if len(w.Arrivals()) == 0 { // the current state comes first
			return 0, fmt.Errorf("a subscription hasn't begun after %s", f.bench.scale.settling)
		}
	}
	return f.server.RSS()
}

// inParallel calls do for each i below n, with one worker for each connection.
func inParallel(ctx context.Context, n int, do func(worker, i int) error) error {
	group, ctx := errgroup.WithContext(ctx)
	for worker := range connections {
		group.Go(func() error {
			for i := worker; i < n && ctx.Err() == nil; i += connections {
				if err := do(worker, i); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return group.Wait()
}

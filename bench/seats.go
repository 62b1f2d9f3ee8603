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

// seat is a customer with an order to watch.
type seat struct {
	token string
	order uuid.UUID
}

// open starts a server, opens so many sockets on it, and finds out how much memory an idle one takes.
func (h *house) open(ctx context.Context, sockets int) (err error) {
	if err := h.takeSeats(ctx, sockets-kitchens); err != nil {
		return err
	}
	cooks, err := h.bench.lab.Sessions(ctx, h.database, auth.RoleCook, kitchens)
	if err != nil {
		return err
	}
	h.cook = cooks[0]
	if h.server, err = h.bench.lab.Serve(ctx, h.bench.server, h.database); err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, h.close())
		}
	}()
	for _, token := range cooks {
		w, err := watch.Kitchen(ctx, h.server.URL, token)
		if err != nil {
			return err
		}
		h.displays = append(h.displays, w)
	}
	if err := h.warm(ctx); err != nil {
		return err
	}
	before, err := h.fill(ctx, min(warmSockets, sockets/2))
	if err != nil {
		return err
	}
	warm := len(h.guests)
	after, err := h.fill(ctx, len(h.seats))
	if err != nil {
		return err
	}
	h.kib = float64(after-before) / 1024 / float64(len(h.guests)-warm)
	return nil
}

// warm has the server answer requests until its heap is as large as the collector lets it become without any sockets.
func (h *house) warm(ctx context.Context) error {
	menu := load.Post(h.server.URL, h.cook, request(menuQuery, nil))
	_, err := load.Ask(ctx, h.server.URL, connections, h.bench.scale.commands, func() []byte { return menu }, answered)
	return err
}

// takeSeats places an order for each of so many new customers, at another server: the memory that takes is not the
// sockets'.
func (h *house) takeSeats(ctx context.Context, seats int) (err error) {
	if h.shapes, _, err = h.bench.record(ctx, h.database); err != nil {
		return err
	}
	tokens, err := h.bench.lab.Sessions(ctx, h.database, auth.RoleCustomer, seats)
	if err != nil {
		return err
	}
	server, err := h.bench.lab.Serve(ctx, h.bench.server, h.database)
	if err != nil {
		return err
	}
	defer stopped(server, &err)
	clients, err := load.DialAll(ctx, server.URL, connections)
	if err != nil {
		return err
	}
	defer clients.Close()
	h.seats = make([]seat, seats)
	return inParallel(ctx, seats, func(worker, i int) error {
		shape := h.shapes[i%len(h.shapes)]
		shape.token = tokens[i]
		var placed struct {
			PlaceOrder struct{ Order struct{ ID uuid.UUID } }
		}
		err := answer(clients[worker], load.Post(server.URL, shape.token, shape.body(uuid.NewString())), &placed)
		h.seats[i] = seat{tokens[i], placed.PlaceOrder.Order.ID}
		return err
	})
}

// fill opens sockets until so many guests are there, and returns the server's memory when all is quiet, in bytes.
func (h *house) fill(ctx context.Context, guests int) (int64, error) {
	there := len(h.guests)
	h.guests = append(h.guests, make([]*watch.Watcher, guests-there)...)
	err := inParallel(ctx, guests-there, func(_, i int) (err error) {
		s := h.seats[there+i]
		h.guests[there+i], err = watch.Order(ctx, h.server.URL, s.token, s.order)
		return err
	})
	if err != nil {
		return 0, err
	}
	time.Sleep(h.bench.scale.settling)
	for _, w := range h.guests {
		if len(w.Arrivals()) == 0 { // the current state comes first
			return 0, fmt.Errorf("a subscription hasn't begun after %s", h.bench.scale.settling)
		}
	}
	return h.server.RSS()
}

// inParallel does so many things, as many at once as there are connections.
func inParallel(ctx context.Context, things int, do func(worker, i int) error) error {
	group, ctx := errgroup.WithContext(ctx)
	for worker := range connections {
		group.Go(func() error {
			for i := worker; i < things && ctx.Err() == nil; i += connections {
				if err := do(worker, i); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return group.Wait()
}

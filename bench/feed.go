package main

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"pizzeria/bench/figures"
	"pizzeria/bench/load"
	"pizzeria/bench/watch"
)

// moves are the steps of a delivery, in order.
var moves = [...]string{"startPreparingOrder", "markOrderReady", "dispatchOrder", "completeOrder"}

// inFlight is how many commands may be under way at once before one that is due is late.
const inFlight = 32

// timed is how long events took to arrive, in milliseconds: at all sockets, and at the displays alone.
type timed struct {
	rate          float64 // commands a second that were done
	all, displays figures.Series
}

// perform sends commands at a fixed rate, whether those before are answered or not: placing orders, which the displays
// see, and by turns moving those that are watched.
func (h *house) perform(ctx context.Context) (timed, error) {
	clients, err := load.DialAll(ctx, h.server.URL, inFlight)
	if err != nil {
		return timed{}, err
	}
	defer clients.Close()
	free := make(chan *load.Client, inFlight)
	for _, c := range clients {
		free <- c
	}
	place := placing(h.server.URL, h.shapes)
	began := time.Now()
	rate, err := load.Open(ctx, inFlight, perSecond, h.bench.scale.feed, func(ctx context.Context, n int) error {
		client := <-free
		defer func() { free <- client }()
		command := place()
		if n%2 == 1 {
			command = h.move()
		}
		return client.Ask(ctx, command, h.bench.done)
	})
	if err != nil {
		return timed{}, err
	}
	time.Sleep(time.Second) // the last events are on their way
	t, err := h.latencies(ctx, began)
	t.rate = rate
	return t, err
}

// move is the next move of watched orders: each makes its first before any makes its second.
func (h *house) move() []byte {
	n := int(h.moved.Add(1)) - 1
	action, order := moves[n/len(h.seats)%len(moves)], h.seats[n%len(h.seats)].order
	mutation := fmt.Sprintf(`mutation Move($input: OrderActionInput!) { %s(input: $input) { order { id status } userErrors { code message } } }`, action)
	return load.Post(h.server.URL, h.cook, request(mutation, map[string]any{"input": map[string]any{"orderId": order}}))
}

// latencies compares the times of the commits since then, as Postgres noted them before it wrote them to disk, with those of
// the arrivals. It fails if a display missed an event, or a guest one of their order.
func (h *house) latencies(ctx context.Context, since time.Time) (timed, error) {
	committed, versions, err := h.committed(ctx, since)
	if err != nil {
		return timed{}, err
	}
	took := func(w *watch.Watcher, expected int) (took figures.Series, err error) {
		for _, a := range w.Arrivals() {
			if at, ok := committed[a.Event]; ok {
				took = append(took, milliseconds(a.At.Sub(at)))
			}
		}
		if len(took) != expected {
			err = fmt.Errorf("a socket got %d of %d events", len(took), expected)
		}
		return took, err
	}
	var t timed
	for _, w := range h.displays {
		got, err := took(w, len(committed))
		if err != nil {
			return t, err
		}
		t.displays = append(t.displays, got...)
	}
	t.all = slices.Clone(t.displays)
	for i, w := range h.guests {
		got, err := took(w, versions[h.seats[i].order])
		if err != nil {
			return t, err
		}
		t.all = append(t.all, got...)
	}
	return t, nil
}

// committed are the events since then with the times of their commits, and how many each order has.
func (h *house) committed(ctx context.Context, since time.Time) (events map[watch.Event]time.Time, versions map[uuid.UUID]int, err error) {
	events, versions = map[watch.Event]time.Time{}, map[uuid.UUID]int{}
	err = h.bench.lab.Conn(ctx, h.database, func(conn *pgx.Conn) error {
		var e watch.Event
		var at time.Time
		rows, err := conn.Query(ctx, `
			SELECT e.stream_id, e.version, pg_xact_commit_timestamp(e.xid::xid)
			FROM public.events AS e
			WHERE e.stream = 'ORDER' AND e.at >= $1`, since)
		if err != nil {
			return err
		}
		_, err = pgx.ForEachRow(rows, []any{&e.Order, &e.Version, &at}, func() error {
			events[e] = at
			versions[e.Order]++
			return nil
		})
		return err
	})
	if err != nil {
		return nil, nil, fmt.Errorf("read the commits: %w", err)
	}
	return events, versions, nil
}

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

// feedTimes is how long events took to arrive, in milliseconds: at all sockets, and at the displays alone.
type feedTimes struct {
	rate          float64 // commands a second that were done
	all, displays figures.Series
}

// timeEvents sends commands at a fixed rate, whether earlier ones have been answered or not. Every other command places an
// order, which the displays see; the others move an order that is watched.
func (f *feedRun) timeEvents(ctx context.Context) (feedTimes, error) {
	clients, err := load.DialAll(ctx, f.server.URL, inFlight)
	if err != nil {
		return feedTimes{}, err
	}
	defer clients.Close()
	free := make(chan *load.Client, inFlight)
	for _, c := range clients {
		free <- c
	}
	place := placeOrderRequests(f.server.URL, f.sampleOrders)
	began := time.Now()
	rate, err := load.Open(ctx, inFlight, commandsPerSecond, f.bench.scale.feed, func(ctx context.Context, n int) error {
		client := <-free
		defer func() { free <- client }()
		command := place()
		if n%2 == 1 {
			command = f.nextMove()
		}
		return client.Ask(ctx, command, f.bench.checkCommand)
	})
	if err != nil {
		return feedTimes{}, err
	}
	time.Sleep(time.Second) // the last events are on their way
	t, err := f.latencies(ctx, began)
	t.rate = rate
	return t, err
}

// nextMove returns the request for the next move. All watched orders make their first move before any makes its second.
func (f *feedRun) nextMove() []byte {
	n := int(f.moved.Add(1)) - 1
	action, order := moves[n/len(f.watched)%len(moves)], f.watched[n%len(f.watched)].order
	mutation := fmt.Sprintf(`mutation Move($input: OrderActionInput!) { %s(input: $input) { order { id status } userErrors { code message } } }`, action)
	return load.Post(f.server.URL, f.cook, request(mutation, map[string]any{"input": map[string]any{"orderId": order}}))
}

// latencies compares the times of the commits since the given one, as Postgres noted them before it wrote them to disk, with
// those of the arrivals. It fails if a display missed an event, or another socket an event of its order.
func (f *feedRun) latencies(ctx context.Context, since time.Time) (feedTimes, error) {
	committed, versions, err := f.committed(ctx, since)
	if err != nil {
		return feedTimes{}, err
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
	var t feedTimes
	for _, w := range f.displays {
		got, err := took(w, len(committed))
		if err != nil {
			return t, err
		}
		t.displays = append(t.displays, got...)
	}
	t.all = slices.Clone(t.displays)
	for i, w := range f.orderSockets {
		got, err := took(w, versions[f.watched[i].order])
		if err != nil {
			return t, err
		}
		t.all = append(t.all, got...)
	}
	return t, nil
}

// committed returns the events since the given time with the times of their commits, and the number of events of each order.
func (f *feedRun) committed(ctx context.Context, since time.Time) (events map[watch.Event]time.Time, versions map[uuid.UUID]int, err error) {
	events, versions = map[watch.Event]time.Time{}, map[uuid.UUID]int{}
	err = f.bench.testbed.Conn(ctx, f.database, func(conn *pgx.Conn) error {
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

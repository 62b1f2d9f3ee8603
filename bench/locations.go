package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/google/uuid"

	"pizzeria/bench/figures"
	"pizzeria/bench/load"
	"pizzeria/bench/report"
	"pizzeria/bench/testbed"
	"pizzeria/internal/platform/auth"
)

// placesRun is placeOrder over one location and over several, in one database.
type placesRun struct {
	variant

	waits testbed.Waits
}

// places measures placeOrder through HTTP where all orders are of one location, and where each is of one of several, in turns.
// What they share limits both; what a location has of its own, the first alone.
func (b *bench) places(ctx context.Context) (err error) {
	database, err := b.copyOf(ctx, b.scale.largest(), "places")
	if err != nil {
		return err
	}
	samples, err := b.sampleOrdersOf(ctx, database)
	if err != nil {
		return err
	}
	locations, err := b.testbed.Locations(ctx, database, b.locations)
	if err != nil {
		return err
	}
	release, err := b.testbed.Hold(ctx, database)
	if err != nil {
		return err
	}
	defer release()
	server, err := b.testbed.Serve(ctx, b.server, database)
	if err != nil {
		return err
	}
	defer stopProgram(server, &err)
	run := func(name string, at ...uuid.UUID) *placesRun {
		r := &placesRun{}
		place := placeOrderRequests(server.URL, ordersAt(samples, at))
		r.variant = variant{name: name, measure: func(ctx context.Context) (rate float64, err error) {
			seen, err := b.testbed.WaitsOf(ctx, database, func() (err error) {
				rate, err = load.Ask(ctx, server.URL, connections, b.scale.commands, place, b.checkCommand)
				return err
			})
			r.waits.Add(seen)
			return rate, err
		}}
		return r
	}
	one, several := run("placeOrder at one location", locations[0]), run(fmt.Sprintf("placeOrder at %d locations", len(locations)), locations...)
	if err := b.testbed.Exec(ctx, "postgres", `CHECKPOINT`); err != nil {
		return err
	}
	if err := takeTurns(ctx, 2*b.scale.rounds, &one.variant, &several.variant); err != nil {
		return err
	}
	b.reportPlaces(one, several)
	return nil
}

func (b *bench) reportPlaces(one, several *placesRun) {
	b.report.AtLeast(several.name+", of that at one", 1, figures.Ratio(several.rates, one.rates), report.Share)
	rows := [][]string{{"locations", "/s", "of one", "what Postgres's processes did: share of the times that they were looked at, waiting for"}}
	for _, r := range []*placesRun{one, several} {
		locations := "1"
		if r == several {
			locations = fmt.Sprint(b.locations)
		}
		rows = append(rows, []string{
			locations, figures.Text(r.rates.Median()), fmt.Sprintf("%.2f", figures.Ratio(r.rates, one.rates)), r.waits.String(),
		})
	}
	b.report.Table(fmt.Sprintf("placeOrder through HTTP, %d connections, behind %s orders", connections, figures.Text(float64(b.scale.largest()))), rows...)
}

// sampleOrdersOf makes one sample order for each connection, in a database that has one location.
func (b *bench) sampleOrdersOf(ctx context.Context, database string) (_ []sampleOrder, err error) {
	tokens, err := b.testbed.Sessions(ctx, database, auth.RoleCustomer, connections)
	if err != nil {
		return nil, err
	}
	r, err := b.openRecordedApp(ctx, database)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, r.close()) }()
	return r.sampleOrders(ctx, tokens)
}

// ordersAt are the orders at each of the locations.
func ordersAt(orders []sampleOrder, locations []uuid.UUID) (all []sampleOrder) {
	for _, location := range locations {
		for _, order := range orders {
			order.location = location
			all = append(all, order)
		}
	}
	return all
}

package main

import (
	"context"
	"fmt"
	"time"

	"pizzeria/bench/figures"
	"pizzeria/bench/load"
	"pizzeria/bench/report"
	"pizzeria/internal/platform/readmodel"
)

// refreshes is how many are measured at most: one of a long history takes minutes.
const refreshes = 2

// refresh measures how much slower placeOrder is while all read models are refreshed, behind the longest history, and the
// CPU time of a refresh for each order that changed since the last one.
func (b *bench) refresh(ctx context.Context) (err error) {
	database, err := b.history(ctx, b.scale.largest())
	if err != nil {
		return err
	}
	sampleOrders, _, err := b.record(ctx, database)
	if err != nil {
		return err
	}
	changed := b.scale.changed * max(float64(readmodel.DefaultThresholds.MinRows), readmodel.DefaultThresholds.Share*float64(b.scale.largest()))
	server, err := b.testbed.Serve(ctx, b.server, database)
	if err != nil {
		return err
	}
	defer stopProgram(server, &err)
	r, err := b.holdRefreshes(ctx, database)
	if err != nil {
		return err
	}
	defer r.close()

	place := placeOrderRequests(server.URL, sampleOrders)
	var baseline, during, took figures.Series
	var cpu time.Duration
	var swept int64
	for range min(b.scale.rounds, refreshes) {
		one, err := r.measure(ctx, server.URL, place, int(changed))
		if err != nil {
			return err
		}
		baseline, during, took = append(baseline, (one.before+one.after)/2), append(during, one.rate), append(took, one.took.Seconds())
		cpu, swept = cpu+one.cpu, swept+one.swept
		b.testbed.Log.Info("refreshed under load", "before", one.before, "during", one.rate, "after", one.after,
			"took", one.took, "cpu", one.cpu, "changed", one.swept)
	}
	slower := 100 * (1 - figures.Ratio(during, baseline))
	b.report.AtMost(fmt.Sprintf("refresh of %s orders: placeOrder is slower meanwhile by", figures.Text(float64(b.scale.largest()))), 20, slower, report.Percent)
	b.report.Table("Refresh of all read models, with placeOrder on all connections meanwhile",
		[]string{"history", "placeOrder /s", "during a refresh /s", "a refresh takes s", "CPU s of all", "changed orders", "CPU ms each"},
		[]string{
			figures.Text(float64(b.scale.largest())), figures.Text(baseline.Median()), figures.Text(during.Median()), figures.Text(took.Median()),
			figures.Text(cpu.Seconds()), figures.Text(float64(swept)), figures.Text(milliseconds(cpu) / float64(swept)),
		})
	return nil
}

// measure changes the given number of orders and refreshes all models, with commands before, during and after the refresh.
func (r *refresher) measure(ctx context.Context, url string, place func() []byte, changed int) (one refreshResult, err error) {
	if err := r.bench.testbed.ChangeOrders(ctx, r.database, changed); err != nil {
		return one, err
	}
	baseline := func() (float64, error) {
		return load.Ask(ctx, url, connections, r.bench.scale.baseline, place, r.bench.checkCommand)
	}
	before, err := baseline()
	if err != nil {
		return one, err
	}
	if one, err = r.underLoad(ctx, url, place); err != nil {
		return one, err
	}
	one.before = before
	one.after, err = baseline()
	return one, err
}

package main

import (
	"context"
	"fmt"
	"time"

	"pizzeria/bench/figures"
	"pizzeria/bench/load"
	"pizzeria/bench/report"
	"pizzeria/internal/readmodel"
)

const (
	// refreshes is how many are measured at most: one of a long history takes minutes.
	refreshes = 3
	// calmRounds is for how many rounds' time commands are measured before each.
	calmRounds = 5
)

// refresh finds out what a refresh of all read models does to placeOrder meanwhile, behind the longest history, and what
// it costs for each order that changed since the last one.
func (b *bench) refresh(ctx context.Context) (err error) {
	database, err := b.history(ctx, b.scale.largest())
	if err != nil {
		return err
	}
	shapes, _, err := b.record(ctx, database)
	if err != nil {
		return err
	}
	due := max(readmodel.DefaultThresholds.MinRows, int(readmodel.DefaultThresholds.Share*float64(b.scale.largest())))
	server, err := b.lab.Serve(ctx, b.server, database)
	if err != nil {
		return err
	}
	defer stopped(server, &err)
	r, err := b.holdRefreshes(ctx, database)
	if err != nil {
		return err
	}
	defer r.close()

	place := placing(server.URL, shapes)
	var calm, during, took figures.Series
	var cpu time.Duration
	var swept int64
	for range min(b.scale.rounds, refreshes) {
		if err := b.lab.ChangeOrders(ctx, database, int(b.scale.changed*float64(due))); err != nil {
			return err
		}
		rate, err := load.Ask(ctx, server.URL, connections, calmRounds*b.scale.commands, place, b.done)
		if err != nil {
			return err
		}
		calm = append(calm, rate)
		one, err := r.underLoad(ctx, server.URL, place)
		if err != nil {
			return err
		}
		during, took = append(during, one.rate), append(took, one.took.Seconds())
		cpu, swept = cpu+one.cpu, swept+one.swept
		b.lab.Log.Info("refreshed under load", "calm", rate, "during", one.rate, "took", one.took, "cpu", one.cpu, "changed", one.swept)
	}
	slower := 100 * (1 - figures.Ratio(during, calm))
	b.report.AtMost(fmt.Sprintf("refresh of %s orders: placeOrder is slower meanwhile by", figures.Text(float64(b.scale.largest()))), 20, slower, report.Percent)
	b.report.Table("Refresh of all read models, with placeOrder on all connections meanwhile",
		[]string{"history", "placeOrder /s", "during a refresh /s", "a refresh takes s", "CPU s of all", "changed orders", "CPU ms each"},
		[]string{
			figures.Text(float64(b.scale.largest())), figures.Text(calm.Median()), figures.Text(during.Median()), figures.Text(took.Median()),
			figures.Text(cpu.Seconds()), figures.Text(float64(swept)), figures.Text(milliseconds(cpu) / float64(swept)),
		})
	return nil
}

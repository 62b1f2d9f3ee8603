package main

import (
	"context"
	"errors"
	"fmt"
	"math"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"pizzeria/bench/figures"
	"pizzeria/bench/lab"
	"pizzeria/bench/load"
	"pizzeria/bench/report"
	"pizzeria/internal/readmodel"
)

// refreshes is how many are measured at most: one of a long history takes minutes.
const refreshes = 3

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
	pool, err := b.lab.Connect(ctx, database, 1)
	if err != nil {
		return err
	}
	defer pool.Close()

	place := placing(server.URL, shapes)
	var calm, during, took figures.Series
	var cpu time.Duration
	var swept int64
	for range min(b.scale.rounds, refreshes) {
		if err := b.lab.ChangeOrders(ctx, database, int(b.scale.changed*float64(due))); err != nil {
			return err
		}
		rate, err := load.Ask(ctx, server.URL, connections, b.scale.commands, place, done)
		if err != nil {
			return err
		}
		calm = append(calm, rate)
		r, err := b.refreshUnderLoad(ctx, pool, server.URL, place)
		if err != nil {
			return err
		}
		during, took = append(during, r.rate), append(took, r.took.Seconds())
		cpu, swept = cpu+r.cpu, swept+r.swept
		b.lab.Log.Info("refreshed under load", "calm", rate, "during", r.rate, "took", r.took, "cpu", r.cpu, "changed", r.swept)
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

// refreshed is what one refresh of all models did.
type refreshed struct {
	rate      float64 // of commands meanwhile
	took, cpu time.Duration
	swept     int64 // orders that had changed
}

// refreshUnderLoad sends commands as long as a refresh runs.
func (b *bench) refreshUnderLoad(ctx context.Context, pool *pgxpool.Pool, url string, place func() []byte) (refreshed, error) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	over := make(chan struct{})
	var r refreshed
	var failed error
	go func() {
		defer close(over)
		r, failed = b.refreshAll(ctx, pool)
	}()
	rate, err := load.Ask(ctx, url, connections, math.MaxInt64, func() []byte {
		select {
		case <-over:
			return nil
		default:
			return place()
		}
	}, done)
	stop()
	<-over
	r.rate = rate
	if err = errors.Join(err, failed); err != nil {
		return r, fmt.Errorf("refresh under load: %w", err)
	}
	return r, nil
}

// refreshAll refreshes all models on the pool's one connection, and counts the CPU time of its process.
func (b *bench) refreshAll(ctx context.Context, pool *pgxpool.Pool) (r refreshed, err error) {
	models, err := readmodel.Models(ctx, pool)
	if err != nil {
		return r, err
	}
	var pid int
	if err := pool.QueryRow(ctx, `SELECT pg_catalog.pg_backend_pid()`).Scan(&pid); err != nil {
		return r, err
	}
	before, err := lab.CPU(pid)
	if err != nil {
		return r, err
	}
	began := time.Now()
	for _, m := range models {
		swept, err := readmodel.Refresh(ctx, pool, m)
		if err != nil {
			return r, err
		}
		if m.Name == "order" {
			r.swept = swept
		}
	}
	r.took = time.Since(began)
	after, err := lab.CPU(pid)
	r.cpu = after - before
	return r, err
}

package main

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"pizzeria/bench/figures"
	"pizzeria/bench/load"
	"pizzeria/bench/report"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/readmodel"
)

// readers is how many connections read during the load: one order's document, and a page of columns, in turns.
const readers = 2

// rebuild measures what a changed definition of `order` does to commands and reads, behind the longest history:
// from the first statement of the builder until the new generation is in use, and the old one dropped.
func (b *bench) rebuild(ctx context.Context) (err error) {
	database, err := b.copyOf(ctx, b.scale.largest(), "rebuild")
	if err != nil {
		return err
	}
	r := &rebuildRun{bench: b, database: database}
	if r.sampleOrders, _, err = b.record(ctx, database); err != nil {
		return err
	}
	server, err := b.testbed.Serve(ctx, b.server, database)
	if err != nil {
		return err
	}
	defer stopProgram(server, &err)
	r.url = server.URL
	if r.pool, err = b.testbed.Connect(ctx, database, 16); err != nil {
		return err
	}
	defer r.pool.Close()
	cook, err := b.testbed.Sessions(ctx, database, auth.RoleCook, 1)
	if err != nil {
		return err
	}
	r.cook = cook[0]
	return r.measure(ctx)
}

// rebuildRun is one change of a definition under load.
type rebuildRun struct {
	bench         *bench
	database, url string
	cook          string // a session's token
	sampleOrders  []sampleOrder
	pool          *pgxpool.Pool
}

func (r *rebuildRun) measure(ctx context.Context) error {
	baseline := func() (loadResult, error) {
		return r.underLoad(ctx, func(context.Context) error { return sleep(ctx, r.bench.scale.baseline) })
	}
	before, err := baseline()
	if err != nil {
		return err
	}
	told, err := readmodel.DiskFor(ctx, r.pool, "order")
	if err != nil {
		return err
	}
	during, err := r.underLoad(ctx, func(ctx context.Context) error { return r.change(ctx) })
	if err != nil {
		return err
	}
	after, err := baseline()
	if err != nil {
		return err
	}
	r.report(before, during, after, told.Total())
	return nil
}

func (r *rebuildRun) report(before, during, after loadResult, told int64) {
	to := &r.bench.report
	orders := figures.Text(float64(r.bench.scale.largest()))
	what := fmt.Sprintf("a changed definition of order behind %s orders: ", orders)
	share := during.rate / ((before.rate + after.rate) / 2)
	to.AtLeast(what+"placeOrder meanwhile, of before and after", 0.75, share, report.Share)
	to.AtMost(what+"longest placeOrder", 1000, milliseconds(during.longestCommand), report.Milliseconds)
	to.AtMost(what+"failed reads", 0, float64(during.failedReads), report.Count)
	to.AtLeast(what+"disk told, of that used at most", 1, float64(told)/float64(during.disk), report.Share)
	to.AtMost(what+"the same", 1.3, float64(told)/float64(during.disk), report.Share)
	const megabyte = 1 << 20
	to.Table("A changed definition of order goes live, with placeOrder on 16 connections and reads on 2",
		[]string{
			"history", "it takes s", "placeOrder /s before", "meanwhile", "after", "longest placeOrder ms before", "meanwhile",
			"reads", "longest read ms", "disk told MB", "disk used MB",
		},
		[]string{
			orders, figures.Text(during.took.Seconds()), figures.Text(before.rate), figures.Text(during.rate), figures.Text(after.rate),
			figures.Text(milliseconds(before.longestCommand)), figures.Text(milliseconds(during.longestCommand)),
			figures.Text(float64(during.reads)), figures.Text(milliseconds(during.longestRead)),
			figures.Text(float64(told) / megabyte), figures.Text(float64(during.disk) / megabyte),
		})
}

// change builds and uses the generation, and drops the one before.
func (r *rebuildRun) change(ctx context.Context) error {
	files, err := changedOrder()
	if err != nil {
		return err
	}
	builder, err := readmodel.Open(ctx, r.pool, files, "", r.bench.testbed.Log)
	if err != nil {
		return err
	}
	if err := builder.Run(ctx); err != nil {
		return err
	}
	all, none := func(readmodel.Generation) bool { return true }, func(readmodel.Generation) bool { return false }
	_, err = builder.Prune(ctx, all, none)
	return err
}

// loadResult is the rate, the latencies and the failures of commands and reads while something else was done.
type loadResult struct {
	took                        time.Duration
	rate                        float64 // of commands
	longestCommand, longestRead time.Duration
	reads, failedReads          int64
	disk                        int64 // by how much database, log and temporary files grew at most, in bytes, beyond what orders take
}

// underLoad does something while orders are placed and read.
func (r *rebuildRun) underLoad(ctx context.Context, do func(ctx context.Context) error) (u loadResult, err error) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	began := time.Now()
	done := make(chan error, 1)
	var over atomic.Bool
	go func() {
		err := do(ctx)
		u.took = time.Since(began)
		over.Store(true)
		done <- err
	}()
	reading := make(chan error, 1)
	go func() { reading <- r.read(ctx, &over, &u) }()
	measuring := make(chan error, 1)
	go func() { measuring <- r.watchDisk(ctx, &over, &u) }()
	err = r.place(ctx, &over, &u)
	return u, errors.Join(err, <-done, <-reading, <-measuring)
}

func sleep(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}

func (r *rebuildRun) place(ctx context.Context, over *atomic.Bool, u *loadResult) error {
	next := placeOrderRequests(r.url, r.sampleOrders)
	clients, err := load.DialAll(ctx, r.url, connections)
	if err != nil {
		return err
	}
	defer clients.Close()
	var longest maxDuration
	u.rate, err = load.Closed(ctx, connections, forever, func(ctx context.Context, worker int) (bool, error) {
		if over.Load() {
			return false, nil
		}
		return true, longest.time(func() error { return clients[worker].Ask(ctx, next(), r.bench.checkCommand) })
	})
	u.longestCommand = longest.duration()
	return err
}

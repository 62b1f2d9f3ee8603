package main

import (
	"context"
	"errors"
	"fmt"
	"math"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"pizzeria/bench/load"
	"pizzeria/bench/testbed"
	"pizzeria/internal/platform/readmodel"
)

// refreshResult is what one refresh of all models took, and the rates of commands around it.
type refreshResult struct {
	before, rate, after float64 // of commands: right before the refresh, during it, and right after it
	took, cpu           time.Duration
	swept               int64 // orders that had changed
}

// refresher refreshes all models on demand, and keeps the server from refreshing as soon as a refresh is due: its one
// session holds the locks of all models, and takes each of them once more for its own refreshes.
type refresher struct {
	bench    *bench
	database string
	pool     *pgxpool.Pool // of one connection
	models   []readmodel.Generation
}

func (b *bench) holdRefreshes(ctx context.Context, database string) (_ *refresher, err error) {
	r := &refresher{bench: b, database: database}
	if r.pool, err = b.testbed.Connect(ctx, database, 1); err != nil {
		return nil, err
	}
	if r.models, err = readmodel.Models(ctx, r.pool); err == nil {
		_, err = r.pool.Exec(ctx, testbed.HoldRefreshes)
	}
	if err != nil {
		r.close()
		return nil, fmt.Errorf("hold refreshes: %w", err)
	}
	return r, nil
}

func (r *refresher) close() { r.pool.Close() }

// underLoad sends commands as long as a refresh of all models runs.
func (r *refresher) underLoad(ctx context.Context, url string, place func() []byte) (refreshResult, error) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	over := make(chan struct{})
	var one refreshResult
	var failed error
	go func() {
		defer close(over)
		one, failed = r.refreshAll(ctx)
	}()
	rate, err := load.Ask(ctx, url, connections, math.MaxInt64, func() []byte {
		select {
		case <-over:
			return nil
		default:
			return place()
		}
	}, r.bench.checkCommand)
	stop()
	<-over
	one.rate = rate
	if err = errors.Join(err, failed); err != nil {
		return one, fmt.Errorf("refresh under load: %w", err)
	}
	return one, nil
}

// whileRefreshing calls do while all models are refreshed, again and again. The last refresh is cancelled.
func (r *refresher) whileRefreshing(ctx context.Context, do func() error) error {
	refreshing, stop := context.WithCancel(ctx)
	defer stop()
	ended := make(chan error, 1)
	go func() {
		for refreshing.Err() == nil {
			if _, err := r.refreshAll(refreshing); err != nil && refreshing.Err() == nil {
				ended <- fmt.Errorf("refresh: %w", err)
				return
			}
		}
		ended <- nil
	}()
	err := do()
	stop()
	return errors.Join(err, <-ended)
}

// refreshAll refreshes all models on the pool's one connection, and counts the CPU time of its process.
func (r *refresher) refreshAll(ctx context.Context) (all refreshResult, err error) {
	var pid int
	if err := r.pool.QueryRow(ctx, `SELECT pg_catalog.pg_backend_pid()`).Scan(&pid); err != nil {
		return all, err
	}
	before, err := testbed.CPU(pid)
	if err != nil {
		return all, err
	}
	began := time.Now()
	for _, g := range r.models {
		swept, err := readmodel.Refresh(ctx, r.pool, g)
		if err != nil {
			return all, err
		}
		if g.Model == "order" {
			all.swept = swept
		}
	}
	all.took = time.Since(began)
	after, err := testbed.CPU(pid)
	all.cpu = after - before
	return all, err
}

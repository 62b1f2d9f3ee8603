package main

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"golang.org/x/sync/errgroup"

	"pizzeria/internal/readmodel"
)

// hold keeps everybody from refreshing a model.
func (r *refresher) hold(ctx context.Context, m readmodel.Model) error {
	release, err := r.bench.lab.Hold(ctx, r.database, m.Name)
	if err == nil {
		r.holds[m.Name] = release
	}
	return err
}

// handOver refreshes a model that is held. The refresh waits for the lock when it is released: so the server, which only
// tries, can't come between.
func (r *refresher) handOver(ctx context.Context, m readmodel.Model, pid int) (swept int64, err error) {
	both, working := errgroup.WithContext(ctx)
	both.Go(func() (err error) {
		swept, err = readmodel.Refresh(working, r.pool, m)
		return err
	})
	both.Go(func() error {
		if err := r.awaitWaiting(working, pid); err != nil {
			return err
		}
		r.holds[m.Name]()
		return nil
	})
	if err := both.Wait(); err != nil {
		return swept, err
	}
	return swept, r.hold(ctx, m)
}

// awaitWaiting returns once the process waits for a lock.
func (r *refresher) awaitWaiting(ctx context.Context, pid int) error {
	return r.bench.lab.Conn(ctx, r.database, func(conn *pgx.Conn) error {
		for waits := false; !waits; time.Sleep(time.Millisecond) {
			err := conn.QueryRow(ctx, `SELECT pg_catalog.cardinality(pg_catalog.pg_blocking_pids($1)) > 0`, pid).Scan(&waits)
			if err != nil {
				return fmt.Errorf("see who waits: %w", err)
			}
		}
		return nil
	})
}

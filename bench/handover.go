package main

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"golang.org/x/sync/errgroup"

	"pizzeria/internal/platform/readmodel"
)

// hold keeps everybody from refreshing a model.
func (r *refresher) hold(ctx context.Context, m readmodel.Model) error {
	release, err := r.bench.lab.Hold(ctx, r.database, m.Name)
	if err == nil {
		r.holds[m.Name] = release
	}
	return err
}

// handOver refreshes a model that is held, and holds it again. When it is released, the refresh waits for the lock, and the
// next hold behind it: so the server, which only tries, can't come between.
func (r *refresher) handOver(ctx context.Context, m readmodel.Model) (swept int64, err error) {
	release := r.holds[m.Name]
	all, working := errgroup.WithContext(ctx)
	all.Go(func() (err error) {
		swept, err = readmodel.Refresh(working, r.pool, m)
		return err
	})
	all.Go(func() error {
		if err := r.awaitWaiting(working, 1); err != nil {
			return err
		}
		all.Go(func() error { return r.hold(working, m) })
		if err := r.awaitWaiting(working, 2); err != nil {
			return err
		}
		release()
		return nil
	})
	err = all.Wait()
	return swept, err
}

// awaitWaiting returns once so many wait to refresh, or to keep others from it.
func (r *refresher) awaitWaiting(ctx context.Context, many int) error {
	return r.bench.lab.Conn(ctx, r.database, func(conn *pgx.Conn) error {
		for waiting := 0; waiting < many; time.Sleep(time.Millisecond) {
			err := conn.QueryRow(ctx, `
				SELECT count(*)
				FROM pg_catalog.pg_locks AS l
				JOIN pg_catalog.pg_database AS d ON d.oid = l.database
				WHERE d.datname = pg_catalog.current_database() AND l.locktype = 'advisory' AND NOT l.granted`).Scan(&waiting)
			if err != nil {
				return fmt.Errorf("see who waits: %w", err)
			}
		}
		return nil
	})
}

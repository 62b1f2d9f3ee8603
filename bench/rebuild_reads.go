package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"strings"
	"sync/atomic"
	"testing/fstest"
	"time"

	"github.com/jackc/pgx/v5"

	"pizzeria/bench/load"
	"pizzeria/internal/platform/restore"
	"pizzeria/migrations"
)

// forever is the duration of a loop that ends by itself.
const forever = time.Duration(math.MaxInt64)

// read asks for orders and pages until over is set. Failures are counted, and don't end it.
func (r *rebuildRun) read(ctx context.Context, over *atomic.Bool, u *loadResult) error {
	ids, err := r.bench.someOrders(ctx, r.database)
	if err != nil {
		return err
	}
	clients, err := load.DialAll(ctx, r.url, readers)
	if err != nil {
		return err
	}
	defer clients.Close()
	list := load.Post(r.url, r.cook, request(listQuery, nil))
	var longest maxDuration
	var reads, failed atomic.Int64
	_, err = load.Closed(ctx, readers, forever, func(ctx context.Context, worker int) (bool, error) {
		if over.Load() {
			return false, nil
		}
		n := reads.Add(1)
		question := list
		if n%2 == 0 {
			question = load.Post(r.url, r.cook, orderRequest(ids[int(n)%len(ids)]))
		}
		err := longest.time(func() error { return clients[worker].Ask(ctx, question, checkAnswer) })
		if err != nil && ctx.Err() == nil {
			failed.Add(1)
			r.bench.testbed.Log.Error("a read failed", "error", err)
			clients[worker].Close()
			clients[worker], err = load.Dial(ctx, r.url)
		}
		return true, err
	})
	u.reads, u.failedReads, u.longestRead = reads.Load(), failed.Load(), longest.duration()
	return err
}

// usedDisk is what the database, the log and temporary files take, but for what each order takes once it is placed: its rows in
// tables, and in the fresh levels until the next refresh.
const usedDisk = `
	SELECT
		pg_catalog.pg_database_size(pg_catalog.current_database())
		+ (SELECT coalesce(sum(w.size), 0) FROM pg_catalog.pg_ls_waldir() AS w)
		+ (SELECT coalesce(sum(t.size), 0) FROM pg_catalog.pg_ls_tmpdir() AS t)
		- (
			SELECT coalesce(sum(pg_catalog.pg_total_relation_size(c.oid)), 0)
			FROM pg_catalog.pg_class AS c
			WHERE c.relkind = 'r' AND (
				c.relnamespace = 'public'::regnamespace
				OR c.relnamespace = 'readmodel'::regnamespace AND c.relname LIKE '%\_fresh'
			)
		)`

// watchDisk measures what is used every second.
func (r *rebuildRun) watchDisk(ctx context.Context, over *atomic.Bool, u *loadResult) error {
	var first int64
	for !over.Load() {
		var now int64
		if err := r.pool.QueryRow(ctx, usedDisk).Scan(&now); err != nil {
			return errors.Join(ctx.Err(), fmt.Errorf("measure the size of the database: %w", err))
		}
		if first == 0 {
			first = now
		}
		u.disk = max(u.disk, now-first)
		if err := sleep(ctx, time.Second); err != nil {
			return err
		}
	}
	return nil
}

// maxDuration remembers the longest of some durations. Safe for concurrent use.
type maxDuration struct{ nanoseconds atomic.Int64 }

func (l *maxDuration) time(do func() error) error {
	began := time.Now()
	err := do()
	took := int64(time.Since(began))
	for {
		longest := l.nanoseconds.Load()
		if took <= longest || l.nanoseconds.CompareAndSwap(longest, took) {
			return err
		}
	}
}

func (l *maxDuration) duration() time.Duration { return time.Duration(l.nanoseconds.Load()) }

// changedOrder returns the definition of order with one more column and one more field.
func changedOrder() (fs.FS, error) {
	const file = "readmodels/order.sql"
	text, err := fs.ReadFile(migrations.FS, file)
	if err != nil {
		return nil, fmt.Errorf("read the definition of order: %w", err)
	}
	changed := strings.Replace(string(text), ") AS document\nFROM", ") AS document,\n    o.subtotal_cents\nFROM", 1)
	changed = strings.Replace(changed, `AS "itemsCount",`, `AS "itemsCount", o.subtotal_cents AS "subtotalCents",`, 1)
	if strings.Count(changed, "subtotal_cents") != strings.Count(string(text), "subtotal_cents")+2 {
		return nil, errors.New("change the definition of order: it isn't what it was")
	}
	return fstest.MapFS{file: &fstest.MapFile{Data: []byte(changed)}}, nil
}

// copyOf copies a history and gives the copy an identity of its own, for a part that changes more than orders.
func (b *bench) copyOf(ctx context.Context, orders int, suffix string) (string, error) {
	database, err := b.history(ctx, orders)
	if err != nil {
		return "", err
	}
	name := database + "_" + suffix
	if err := b.testbed.Copy(ctx, database, name); err != nil {
		return "", err
	}
	return name, b.testbed.Conn(ctx, name, func(conn *pgx.Conn) error { return restore.Adopt(ctx, conn) })
}

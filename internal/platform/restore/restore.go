// Package restore finds out that a database is another one than that in which its data was written: a dump was restored, or
// the database was copied. Numbers of transactions belong to one cluster; and there is one shop, however many copies.
package restore

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
)

// The identities of the database at hand; see the table public.identities.
const (
	transactionsSQL = `(SELECT c.system_identifier || '/' || 'public.identities'::regclass::oid FROM pg_catalog.pg_control_system() AS c)`
	shopSQL         = `(SELECT c.system_identifier || '/' || d.oid FROM pg_catalog.pg_control_system() AS c, pg_catalog.pg_database AS d
		WHERE d.datname = pg_catalog.current_database())`
)

// State is what a database is to the data in it.
type State struct {
	// Moved: numbers of transactions in the data are not this database's.
	Moved bool
	// Copied: another database was the shop when something was last done there.
	Copied bool
}

// Querier is a pool, a connection or a transaction.
type Querier interface {
	QueryRow(ctx context.Context, sql string, args ...any) pgx.Row
}

// Look compares the database with what its data says. In a database that no server has worked in yet, neither holds.
func Look(ctx context.Context, db Querier) (s State, err error) {
	err = db.QueryRow(ctx, `
		SELECT
			NOT EXISTS (SELECT FROM public.identities AS i WHERE i.purpose = 'transactions' AND i.identity = `+transactionsSQL+`),
			EXISTS (SELECT FROM public.identities AS i WHERE i.purpose = 'shop' AND i.identity <> `+shopSQL+`)`).Scan(&s.Moved, &s.Copied)
	if err != nil {
		return s, fmt.Errorf("look which database this is: %w", err)
	}
	return s, nil
}

// Open makes the database the shop if no other was it before.
func Open(ctx context.Context, pool *pgxpool.Pool) error {
	_, err := pool.Exec(ctx, `
		INSERT INTO public.identities (purpose, identity, since) SELECT 'shop', `+shopSQL+`, pg_catalog.now()
		WHERE NOT EXISTS (SELECT FROM public.identities AS i WHERE i.purpose = 'shop')
		ON CONFLICT (purpose) DO NOTHING`)
	if err != nil {
		return fmt.Errorf("record that this database is the shop: %w", err)
	}
	return nil
}

// Execer is a pool, a connection or a transaction.
type Execer interface {
	Exec(ctx context.Context, sql string, args ...any) (pgconn.CommandTag, error)
}

// Adopt makes the database the shop, whichever was it before.
func Adopt(ctx context.Context, db Execer) error { return record(ctx, db, "shop", shopSQL) }

func record(ctx context.Context, db Execer, purpose, identity string) error {
	_, err := db.Exec(ctx, `
		INSERT INTO public.identities AS i (purpose, identity, since) SELECT $1, `+identity+`, pg_catalog.now()
		ON CONFLICT (purpose) DO UPDATE SET identity = excluded.identity, since = excluded.since`, purpose)
	if err != nil {
		return fmt.Errorf("record which database this is: %w", err)
	}
	return nil
}

// lock is the number of the advisory lock under which data is put right.
const lock = 0x72657374

// PutRight does the work that makes data right which was moved here, unless that has been done. Of several servers one works,
// and the others wait. Killed half way, all of it is done again.
func PutRight(ctx context.Context, pool *pgxpool.Pool, log *slog.Logger, work ...func(ctx context.Context) error) error {
	state, err := Look(ctx, pool)
	if err != nil || !state.Moved {
		return err
	}
	conn, err := pool.Acquire(ctx)
	if err != nil {
		return fmt.Errorf("lock restored data: %w", err)
	}
	defer conn.Release()
	if err := awaitLock(ctx, conn.Conn()); err != nil {
		return err
	}
	defer func() { _ = conn.Conn().Close(context.WithoutCancel(ctx)) }() // gives the lock back
	if state, err = Look(ctx, conn); err != nil || !state.Moved {
		return err
	}
	log.WarnContext(ctx, "this data was written in another database: numbers of transactions are put right and read models rebuilt")
	start := time.Now()
	for _, do := range work {
		if err := do(ctx); err != nil {
			return fmt.Errorf("put restored data right: %w", err)
		}
	}
	if err := record(ctx, conn, "transactions", transactionsSQL); err != nil {
		return err
	}
	log.InfoContext(ctx, "restored data is right", "took", time.Since(start))
	return nil
}

func awaitLock(ctx context.Context, conn *pgx.Conn) error {
	for {
		var got bool
		if err := conn.QueryRow(ctx, `SELECT pg_catalog.pg_try_advisory_lock($1)`, lock).Scan(&got); err != nil {
			return fmt.Errorf("lock restored data: %w", err)
		}
		if got {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("wait for another server to put restored data right: %w", context.Cause(ctx))
		case <-time.After(250 * time.Millisecond):
		}
	}
}

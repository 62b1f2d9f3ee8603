package testbed

import (
	"context"
	_ "embed"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"pizzeria/internal/platform/readmodel"
)

var (
	//go:embed customers.sql
	customersSQL string
	//go:embed history.sql
	historySQL string
	//go:embed snapshots.sql
	snapshotsSQL string
)

// Other ways to keep read models, as scripts that change a copy of a history.
var (
	//go:embed none.sql
	NoReadModel string
	//go:embed naive.sql
	RefreshInTrigger string // on top of NoReadModel
)

// History makes a database with a year of orders behind it, all in the snapshots, and returns its name. It fails if a
// read model then differs from its definition.
func (l *Testbed) History(ctx context.Context, orders int) (string, error) {
	name := fmt.Sprintf("history_%d", orders)
	began := time.Now()
	if err := l.Copy(ctx, emptyShop, name); err != nil {
		return "", err
	}
	if err := l.Conn(ctx, name, func(conn *pgx.Conn) error { return writeHistory(ctx, conn, orders) }); err != nil {
		return "", err
	}
	written := time.Now()
	pool, err := l.Connect(ctx, name, 2)
	if err != nil {
		return "", err
	}
	defer pool.Close()
	if err := fillSnapshots(ctx, pool); err != nil {
		return "", err
	}
	if _, err := pool.Exec(ctx, `VACUUM ANALYZE`); err != nil {
		return "", fmt.Errorf("vacuum %s: %w", name, err)
	}
	if err := verify(ctx, pool); err != nil {
		return "", err
	}
	l.Log.Info("history written", "orders", orders, "writing", written.Sub(began).Round(time.Millisecond),
		"the rest", time.Since(written).Round(time.Millisecond))
	return name, nil
}

func writeHistory(ctx context.Context, conn *pgx.Conn, orders int) error {
	if _, err := conn.Exec(ctx, fmt.Sprintf(`SET bench.orders = '%d'`, orders)); err != nil {
		return err
	}
	if _, err := conn.Exec(ctx, historySQL); err != nil {
		return fmt.Errorf("write a history of %d orders: %w", orders, err)
	}
	return nil
}

// Copy makes a database like another, which may have no connections.
func (l *Testbed) Copy(ctx context.Context, template, name string) error {
	return l.Exec(ctx, "postgres", fmt.Sprintf(`CREATE DATABASE %s TEMPLATE %s STRATEGY FILE_COPY`, name, template))
}

// Drop removes a database, and ends the sessions that are connected to it.
func (l *Testbed) Drop(ctx context.Context, name string) error {
	return l.Exec(ctx, "postgres", fmt.Sprintf(`DROP DATABASE %s WITH (FORCE)`, name))
}

func fillSnapshots(ctx context.Context, pool *pgxpool.Pool) error {
	err := pgx.BeginTxFunc(ctx, pool, pgx.TxOptions{IsoLevel: pgx.RepeatableRead}, func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, snapshotsSQL)
		return err
	})
	if err != nil {
		return fmt.Errorf("fill the snapshots: %w", err)
	}
	return nil
}

func verify(ctx context.Context, pool *pgxpool.Pool) error {
	models, err := readmodel.Models(ctx, pool)
	if err != nil {
		return err
	}
	for _, g := range models {
		d, err := readmodel.Verify(ctx, pool, g)
		if err != nil {
			return err
		}
		if !d.None() {
			return fmt.Errorf("%s differs from its definition: %v", g.Name(), d.Examples)
		}
	}
	return nil
}

package readmodel_test

import (
	"context"
	"log/slog"
	"slices"
	"testing"
	"testing/fstest"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/pgtest"
	"pizzeria/internal/platform/postgres"
	"pizzeria/internal/platform/readmodel"
)

// newShop returns a database with the factories, a menu, and a few orders that are in the snapshots.
func newShop(t *testing.T) *pgtest.Database {
	t.Helper()
	db := pgtest.New(t, pgtest.WithMaxConns(16))
	openShop(t, db)
	return db
}

func openShop(t *testing.T, db *pgtest.Database) {
	t.Helper()
	db.AddLocation(t, "USD")
	db.AddLocation(t, "USD")
	run(t, db.Pool, factories, shop,
		"SELECT test.order(n, 1 + n % 5, (ARRAY['PENDING', 'CONFIRMED', 'DELIVERED'])[1 + n % 3], '2026-01-01'::timestamptz + n * interval '7 hours') FROM generate_series(1, 20) AS n")
	refreshAll(t, db)
}

// unlimitedPool returns a pool without time limits, as refreshes need it.
func unlimitedPool(t *testing.T, db *pgtest.Database) *pgxpool.Pool {
	t.Helper()
	return connect(t, db, 8)
}

func connect(t *testing.T, db *pgtest.Database, conns int32) *pgxpool.Pool {
	t.Helper()
	return connectAs(t, db, readmodel.Application, conns)
}

func connectAs(t *testing.T, db *pgtest.Database, application string, conns int32) *pgxpool.Pool {
	t.Helper()
	pool, err := postgres.Connect(t.Context(), db.DSN, postgres.Options{MaxConns: conns, NoTimeouts: true, Application: application})
	require.NoError(t, err)
	t.Cleanup(pool.Close)
	return pool
}

// exactGenerations returns the generations whose views must equal their definitions: all that have been verified.
func exactGenerations(ctx context.Context, db readmodel.Querier) ([]readmodel.Generation, error) {
	filled, err := filledGenerations(ctx, db)
	return slices.DeleteFunc(filled, func(g readmodel.Generation) bool { return g.State == readmodel.Filled }), err
}

// filledGenerations returns the generations that have a snapshot: those, too, that aren't verified yet.
func filledGenerations(ctx context.Context, db readmodel.Querier) ([]readmodel.Generation, error) {
	all, err := readmodel.Generations(ctx, db)
	return slices.DeleteFunc(all, func(g readmodel.Generation) bool {
		return g.Kind == readmodel.Plain || slices.Contains([]readmodel.State{
			readmodel.Prepared, readmodel.Followed, readmodel.Dropping, readmodel.Dropped,
		}, g.State)
	}), err
}

func models(t *testing.T, db *pgtest.Database) []readmodel.Generation {
	t.Helper()
	all, err := readmodel.Models(t.Context(), db.Pool)
	require.NoError(t, err)
	all = slices.DeleteFunc(all, func(g readmodel.Generation) bool { return g.Kind == readmodel.Plain })
	require.NotEmpty(t, all)
	return all
}

// build brings the given models to their definitions.
func build(t *testing.T, db *pgtest.Database, definitions map[string]string) {
	t.Helper()
	require.NoError(t, builder(t, unlimitedPool(t, db), definitions).Run(t.Context()))
}

func builder(t *testing.T, pool *pgxpool.Pool, definitions map[string]string) *readmodel.Builder {
	t.Helper()
	b, err := open(t.Context(), pool, definitions)
	require.NoError(t, err)
	return b
}

func open(ctx context.Context, pool *pgxpool.Pool, definitions map[string]string) (*readmodel.Builder, error) {
	files := fstest.MapFS{}
	for name, text := range definitions {
		files["readmodels/"+name+".sql"] = &fstest.MapFile{Data: []byte(text)}
	}
	return readmodel.Open(ctx, pool, files, "", slog.New(slog.DiscardHandler))
}

func refreshAll(t *testing.T, db *pgtest.Database) {
	t.Helper()
	pool := unlimitedPool(t, db)
	for _, m := range models(t, db) {
		_, err := readmodel.Refresh(t.Context(), pool, m)
		require.NoError(t, err)
	}
}

// requireExact requires that the view of every generation equals its definition.
func requireExact(t *testing.T, db *pgtest.Database) {
	t.Helper()
	pool := unlimitedPool(t, db)
	all, err := exactGenerations(t.Context(), pool)
	require.NoError(t, err)
	for _, g := range all {
		difference, err := readmodel.Verify(t.Context(), pool, g)
		require.NoError(t, err)
		require.True(t, difference.None(), "%s: %+v", g.Name(), difference)
	}
}

func count(t *testing.T, db execer, sql string, args ...any) (n int) {
	t.Helper()
	require.NoError(t, db.QueryRow(t.Context(), sql, args...).Scan(&n), sql)
	return n
}

// begin starts a transaction whose snapshot, if it keeps one, is taken now.
func begin(t *testing.T, db *pgtest.Database, level pgx.TxIsoLevel) pgx.Tx {
	t.Helper()
	tx, err := db.Pool.BeginTx(t.Context(), pgx.TxOptions{IsoLevel: level})
	require.NoError(t, err)
	t.Cleanup(func() { _ = tx.Rollback(context.Background()) })
	run(t, tx, "SET LOCAL idle_in_transaction_session_timeout = 0", "SELECT count(*) FROM public.orders")
	return tx
}

// finish runs the statements and commits. If it fails, nothing of the transaction remains.
func finish(ctx context.Context, tx pgx.Tx, statements ...string) error {
	for _, statement := range statements {
		if _, err := tx.Exec(ctx, statement); err != nil {
			_ = tx.Rollback(ctx)
			return err
		}
	}
	return tx.Commit(ctx)
}

// requireDoneOrLost requires success, or a failure after which the transaction can be run again.
func requireDoneOrLost(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		require.True(t, postgres.Retryable(err), "%v", err)
	}
}

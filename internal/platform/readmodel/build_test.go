package readmodel_test

import (
	"context"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/pgtest"
	"pizzeria/internal/platform/readmodel"
	"pizzeria/migrations"
)

// inUse names the generation that a model's views show.
func inUse(t *testing.T, db *pgtest.Database, model string) string {
	t.Helper()
	var name string
	err := db.Pool.QueryRow(t.Context(), "SELECT name || '_' || generation FROM readmodel.models WHERE name = $1", model).Scan(&name)
	require.NoError(t, err)
	return name
}

// begun runs a build in the background, and tells when it has reached a state, and when it has ended. What is to be done in
// that state is done before the build goes on.
func begun(t *testing.T, pool *pgxpool.Pool, definitions map[string]string, until readmodel.State, then ...func()) (reached <-chan struct{}, ended <-chan error) {
	t.Helper()
	b := builder(t, pool, definitions)
	at, over := make(chan struct{}), make(chan error, 1)
	tell := sync.OnceFunc(func() { close(at) })
	b.After(func(s readmodel.State) error {
		if s == until {
			for _, do := range then {
				do()
			}
			tell()
		}
		return nil
	})
	go func() { over <- b.Run(t.Context()) }()
	return at, over
}

func stillRuns(t *testing.T, ended <-chan error) {
	t.Helper()
	select {
	case err := <-ended:
		require.Fail(t, "it did not wait", "%v", err)
	case <-time.After(300 * time.Millisecond):
	}
}

func TestCommentsChangeNoDefinition(t *testing.T) {
	t.Parallel()
	db := newShop(t)

	build(t, db, map[string]string{
		"pizza_sales": defined(t, "pizza_sales", "SELECT\n", "-- By day.\nSELECT\n\n"),
		"order":       defined(t, "order", "One order in full.", "All of an order."),
	})

	require.Equal(t, "pizza_sales_1", inUse(t, db, "pizza_sales"))
	require.Equal(t, "order_1", inUse(t, db, "order"))
}

func TestADefinitionThatCannotBeKeptIsRefusedAndTheOneInUseStays(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ model, old, changed, says string }{
		"reads what it does not follow":  {"order", "  - table: public.payments\n    keys: row.order_id\n", "", "it reads payments, which it does not follow"},
		"follows what it does not read":  {"pizza_sales", "follows:\n", "follows:\n  - table: public.customers\n", "it follows customers, which it does not read"},
		"an index on nothing":            {"order", "(location_id, placed_at DESC, id DESC)", "(nothing)", "create index location_idx"},
		"no SQL":                         {"order", "FROM public.orders AS o\n", "FRUM public.orders AS o\n", "define the source"},
		"a condition that does not hold": {"pizza_sales", "condition: coalesce(row.is_pizza, row.category = 'Pizza')", "condition: row.category = 'Drink'", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			db := newShop(t)
			b := builder(t, unlimitedPool(t, db), map[string]string{c.model: defined(t, c.model, c.old, c.changed)})

			err := b.Run(t.Context())

			if c.says == "" { // it is filled exactly, and differs from the next change on
				require.NoError(t, err)
				run(t, db.Pool, confirm, "INSERT INTO public.order_items (order_id, line, id, menu_item_id, name, category, size, quantity, unit_price_cents, total_cents) SELECT id, 20, gen_random_uuid(), test.id('b', 1), 'Added', 'Pizza', 'LARGE', 1, 5, 5 FROM public.orders WHERE is_sale")
				d, err := readmodel.Verify(t.Context(), unlimitedPool(t, db), readmodel.Generation{Model: c.model, Number: 2, Kind: readmodel.Sum})
				require.NoError(t, err)
				require.False(t, d.None())
				return
			}
			require.ErrorContains(t, err, c.says)
			require.Equal(t, c.model+"_1", inUse(t, db, c.model))
			run(t, db.Pool, confirm)
			requireExact(t, db)
		})
	}
}

func TestDeclarationsAreReadStrictly(t *testing.T) {
	t.Parallel()
	for says, text := range map[string]string{
		"a definition is a comment":      "SELECT 1",
		"kind is row, sum or plain":      "/* A.\n\nkind: rows\n*/\nSELECT 1",
		"field roots not found":          "/* A.\n\nkind: row\nroots: x\n*/\nSELECT 1",
		"a row model has a root":         "/* A.\n\nkind: row\n*/\nSELECT 1",
		"a sum has dimensions":           "/* A.\n\nkind: sum\n*/\nSELECT 1",
		"has nothing but its kind":       "/* A.\n\nkind: plain\nkey: id\n*/\nSELECT 1",
		"it follows no table":            "/* A.\n\nkind: sum\ndimensions: [a]\n*/\nSELECT 1",
		"tables are named with their":    "/* A.\n\nkind: sum\ndimensions: [a]\nfollows: [{table: orders}]\n*/\nSELECT 1",
		"a row model follows tables by":  "/* A.\n\nkind: row\nroot: public.orders\nkey: id\nfollows: [{table: public.orders}]\n*/\nSELECT 1",
		"a sum follows tables without k": "/* A.\n\nkind: sum\ndimensions: [a]\nfollows: [{table: public.orders, keys: row.id}]\n*/\nSELECT 1",
	} {
		_, err := open(t.Context(), nil, map[string]string{"a": text})
		require.ErrorContains(t, err, says)
	}
	_, err := open(t.Context(), nil, map[string]string{"order_2": "/* A.\n\nkind: plain\n*/\nSELECT 1"})
	require.ErrorContains(t, err, "lower-case words")
}

// One name ends in the other, and its trigger fires first: what one has computed was once found in the mark of the other.
func TestAModelWhoseNameEndsInAnothers(t *testing.T) {
	t.Parallel()
	db := newShop(t)
	build(t, db, map[string]string{"backorder": defined(t, "order", "One order in full.", "The same.")})

	run(t, db.Pool, confirm, "UPDATE public.orders SET tip_cents = tip_cents + 1, total_cents = total_cents + 1")

	requireExact(t, db)
}

// A transaction that began before the generation was followed writes, after it was, what it reads in its old view of the
// database. The first snapshot waits for it.
func TestABuildWaitsForTransactionsFromBeforeItsTriggers(t *testing.T) {
	t.Parallel()
	db := newShop(t)
	customers := defined(t, "order", "  - table: public.payments\n", "  - table: public.customers\n    keys: SELECT o.id FROM public.orders AS o WHERE o.customer_id = row.id ORDER BY 1\n    claim: {table: public.customers, key: id, by: row.id}\n  - table: public.payments\n")
	customers = strings.Replace(customers, ") AS document\nFROM", ") AS document,\n    (SELECT c.name FROM public.customers AS c WHERE c.id = o.customer_id) AS known_as\nFROM", 1)
	old := begin(t, db, pgx.RepeatableRead)
	followed, built := begun(t, unlimitedPool(t, db), map[string]string{"order": customers}, readmodel.Followed)
	<-followed
	run(t, db.Pool, "UPDATE public.orders SET tip_cents = 7, total_cents = total_cents + 7 WHERE number = 3")

	stillRuns(t, built)
	_ = finish(t.Context(), old, "UPDATE public.customers SET name = 'Renamed'")

	require.NoError(t, <-built)
	requireExact(t, db)
}

// A filled snapshot is seen by transactions older than itself too, beside the fresh level of before.
func TestViewsArePointedAtAGenerationAfterOlderReadersHaveGone(t *testing.T) {
	t.Parallel()
	db := newShop(t)
	definition := map[string]string{"pizza_sales": defined(t, "pizza_sales", "'UTC'", "'Asia/Tokyo'")}
	var reader pgx.Tx
	followed, built := begun(t, unlimitedPool(t, db), definition, readmodel.Followed, func() { reader = begin(t, db, pgx.RepeatableRead) })
	<-followed
	const sold = "SELECT coalesce(sum(quantity), 0) FROM public.pizza_sales_view"
	before := count(t, reader, sold)
	run(t, db.Pool, confirm)

	stillRuns(t, built)
	require.Equal(t, before, count(t, reader, sold))
	require.NoError(t, reader.Rollback(t.Context()))

	require.NoError(t, <-built)
	require.Greater(t, count(t, db.Pool, sold), before)
}

func TestABuildKeepsNobodyWaitingForItsLock(t *testing.T) {
	t.Parallel()
	db := newShop(t)
	writer := begin(t, db, pgx.ReadCommitted)
	run(t, writer, "UPDATE public.orders SET tip_cents = 1, total_cents = total_cents + 1 WHERE number = 3")
	prepared, built := begun(t, unlimitedPool(t, db), next(t), readmodel.Prepared)
	<-prepared

	for until := time.Now().Add(2 * time.Second); time.Now().Before(until); {
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second) // a machine may be busy; the lock is tried for 0.15 s
		_, err := db.Pool.Exec(ctx, "UPDATE public.orders SET tip_cents = tip_cents + 1, total_cents = total_cents + 1 WHERE number = 4")
		cancel()
		require.NoError(t, err)
	}

	stillRuns(t, built)
	require.NoError(t, writer.Commit(t.Context()))
	require.NoError(t, <-built)
	requireExact(t, db)
}

// A program with an older definition leaves a newer one in use; told to rebuild, it takes back its own.
func TestAnOlderProgram(t *testing.T) {
	t.Parallel()
	db := newShop(t)
	pool := unlimitedPool(t, db)
	build(t, db, next(t))
	older, err := readmodel.Open(t.Context(), pool, migrations.FS, "", slog.New(slog.DiscardHandler))
	require.NoError(t, err)

	require.NoError(t, older.Run(t.Context()))
	require.Equal(t, "order_2", inUse(t, db, "order"))

	for _, d := range older.Definitions {
		require.NoError(t, older.Rebuild(t.Context(), d))
	}
	require.Equal(t, "order_1", inUse(t, db, "order"), "it was still kept")
	require.Equal(t, "customer_history_2", inUse(t, db, "customer_history"), "it was in use, and is built anew")
	require.Zero(t, count(t, db.Pool, "SELECT count(*) FROM pg_attribute WHERE attrelid = 'public.order_view'::regclass AND attname = 'tax_cents'"))
	run(t, db.Pool, confirm)
	requireExact(t, db)
}

func TestDroppingAGenerationLeavesNothing(t *testing.T) {
	t.Parallel()
	db := newShop(t)
	const objects = `
		SELECT count(*) FROM (
			SELECT relname FROM pg_class WHERE relnamespace IN ('readmodel'::regnamespace, 'public'::regnamespace) AND relkind <> 'i'
			UNION ALL SELECT proname FROM pg_proc WHERE pronamespace = 'readmodel'::regnamespace
			UNION ALL SELECT tgname FROM pg_trigger WHERE NOT tgisinternal
			UNION ALL SELECT source_table FROM readmodel.sum_tables
			UNION ALL SELECT model FROM readmodel.snapshots
		) AS all_of_them`
	before := count(t, db.Pool, objects)
	build(t, db, next(t))
	require.Greater(t, count(t, db.Pool, objects), before)

	dropRetired(t, db)

	require.Equal(t, before, count(t, db.Pool, objects))
	for _, g := range models(t, db) {
		require.ErrorContains(t, builder(t, unlimitedPool(t, db), nil).Drop(t.Context(), g), "it is in use")
	}
	run(t, db.Pool, confirm)
	requireExact(t, db)
}

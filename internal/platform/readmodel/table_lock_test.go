package readmodel_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/pgtest"
	"pizzeria/internal/platform/readmodel"
)

func nobody(readmodel.Generation) bool { return false }

// begunLongAgo returns once a transaction has held what it holds for longer than commands do.
func begunLongAgo(t *testing.T, db *pgtest.Database, tx pgx.Tx) {
	t.Helper()
	pid := count(t, tx, "SELECT pg_backend_pid()")
	require.Eventually(t, func() bool {
		return count(t, db.Pool, "SELECT count(*) FROM pg_stat_activity AS a WHERE a.pid = $1 AND a.xact_start < clock_timestamp() - interval '2.1 s'", pid) == 1
	}, time.Minute, 50*time.Millisecond)
}

// requireNobodyQueues looks at the table for a while: who waits for it has commands wait behind. An autovacuum waits for nobody
// long.
func requireNobodyQueues(t *testing.T, db *pgtest.Database, table string) {
	t.Helper()
	for until := time.Now().Add(2 * time.Second); time.Now().Before(until); {
		var queue string
		require.NoError(t, db.Pool.QueryRow(t.Context(), `
			SELECT coalesce(string_agg(concat_ws(' ', l.mode, a.application_name, a.query), '; '), '')
			FROM pg_locks AS l
			JOIN pg_stat_activity AS a ON a.pid = l.pid
			WHERE l.locktype = 'relation' AND l.relation = $1::text::regclass AND NOT l.granted AND a.backend_type = 'client backend'
				AND l.database = (SELECT d.oid FROM pg_database AS d WHERE d.datname = current_database()) -- copies have the same numbers`,
			table).Scan(&queue))
		require.Empty(t, queue)
	}
}

// A dump, or a refresh of what is in use, reads the tables for an hour, and what was in use before shall lose its triggers on them.
func TestADropGivesWayToWhoReadsForLongAndKeepsNobodyWaiting(t *testing.T) {
	t.Parallel()
	db := newShop(t)
	b := builder(t, unlimitedPool(t, db), nil)
	build(t, db, map[string]string{"order": next(t)["order"]})
	dump := begin(t, db, pgx.RepeatableRead)
	begunLongAgo(t, db, dump)

	require.NoError(t, b.DropUnneeded(t.Context(), nobody))

	require.Equal(t, []string{"(1,dropping)", "(2,in_use)"}, states(t, db, "order"))
	build(t, db, map[string]string{"location": defined(t, "location", "\nFROM public.locations AS l;", ",\n    l.created_at\nFROM public.locations AS l;")}) // which has its turn meanwhile
	dropped := make(chan error, 1)
	go func() {
		_, err := b.Prune(t.Context(), func(readmodel.Generation) bool { return true }, nobody)
		dropped <- err
	}()
	requireNobodyQueues(t, db, "public.orders")
	stillRuns(t, dropped)
	run(t, db.Pool, confirm)
	require.NoError(t, dump.Rollback(t.Context()))
	require.NoError(t, <-dropped)
	require.Equal(t, []string{"(1,dropped)", "(2,in_use)"}, states(t, db, "order"))
	requireExact(t, db)
}

// Refreshes of a busy shop follow on each other: one that is only just due lets the drop have the tables first.
func TestRefreshesWaitWhileAGenerationIsDropped(t *testing.T) {
	t.Parallel()
	db := newShop(t)
	r, _, _ := refresher(t, db, readmodel.Thresholds{MinRows: 2, Share: 0, MaxWait: time.Hour})
	build(t, db, map[string]string{"pizza_sales": next(t)["pizza_sales"]})
	dump := begin(t, db, pgx.RepeatableRead)
	begunLongAgo(t, db, dump)
	b := builder(t, unlimitedPool(t, db), nil)
	require.NoError(t, b.DropUnneeded(t.Context(), nobody))
	changed := "UPDATE public.orders SET tip_cents = tip_cents + 1, total_cents = total_cents + 1 WHERE number <= %d"
	run(t, db.Pool, fmt.Sprintf(changed, 3))

	r.RefreshDue(t.Context())
	require.Equal(t, 3, fresh(t, db, order), "it waits")

	run(t, db.Pool, fmt.Sprintf(changed, 10))
	r.RefreshDue(t.Context())
	require.Zero(t, fresh(t, db, order), "not for ever")
	run(t, db.Pool, fmt.Sprintf(changed, 3))
	require.NoError(t, dump.Rollback(t.Context()))
	require.NoError(t, b.DropUnneeded(t.Context(), nobody))
	r.RefreshDue(t.Context())
	require.Zero(t, fresh(t, db, order))
}

// What follows a table waits for whoever writes it for long, without a try that commands would queue behind.
func TestAGenerationThatIsToFollowATableWaitsItsTurn(t *testing.T) {
	t.Parallel()
	db := newShop(t)
	writer := begin(t, db, pgx.ReadCommitted)
	run(t, writer, "LOCK TABLE public.payments IN ROW EXCLUSIVE MODE")
	begunLongAgo(t, db, writer)
	built := make(chan error, 1)
	b := builder(t, unlimitedPool(t, db), map[string]string{"order": next(t)["order"]})
	go func() { built <- b.Run(t.Context()) }()

	requireNobodyQueues(t, db, "public.payments")

	stillRuns(t, built)
	require.NoError(t, writer.Commit(t.Context()))
	require.NoError(t, <-built)
	requireExact(t, db)
}

// Postgres cleans a large table up for an hour, and gives way to whoever has waited for deadlock_timeout: a second, unless told.
func TestAnAutovacuumGivesWayToAGenerationThatIsToFollowItsTable(t *testing.T) {
	t.Parallel()
	db := pgtest.Open(t, pgtest.NewOwn(t).DSN(), 4)
	run(t, db.Pool,
		"CREATE TABLE public.large (id bigint PRIMARY KEY, n bigint)",
		"INSERT INTO public.large (id, n) SELECT n, n FROM generate_series(1, 50000) AS n",
		"ALTER TABLE public.large SET (autovacuum_vacuum_cost_delay = 100, autovacuum_vacuum_cost_limit = 1, autovacuum_vacuum_threshold = 1, autovacuum_vacuum_scale_factor = 0)",
		"DELETE FROM public.large WHERE id % 2 = 0",
		"ALTER SYSTEM SET autovacuum_naptime = 1", "SELECT pg_reload_conf()")
	vacuuming := func() int {
		return count(t, db.Pool, "SELECT count(*) FROM pg_stat_progress_vacuum AS v WHERE v.relid = 'public.large'::regclass")
	}
	require.Eventually(t, func() bool { return vacuuming() == 1 }, 2*time.Minute, 20*time.Millisecond)

	b := builder(t, unlimitedPool(t, db), map[string]string{"copied": `/* A table's rows.

kind: row
root: public.large
key: id
follows:
  - table: public.large
    keys: row.id
*/
SELECT l.id, l.n FROM public.large AS l`})
	require.NoError(t, b.Run(t.Context()))

	require.Equal(t, "copied_1", inUse(t, db, "copied"))
	d, err := readmodel.Verify(t.Context(), unlimitedPool(t, db), readmodel.Generation{Model: "copied", Number: 1, Kind: readmodel.Row})
	require.NoError(t, err)
	require.True(t, d.None())
}

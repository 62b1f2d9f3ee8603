package postgres_test

import (
	"context"
	"log/slog"
	"testing"
	"testing/fstest"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"pizzeria/internal/platform/pgtest"
	"pizzeria/internal/platform/postgres"
)

func TestManyServersMigrateAtOnce(t *testing.T) {
	t.Parallel()
	db := emptyDatabase(t)
	files := fstest.MapFS{
		"00001_a.sql": up("CREATE TABLE public.a (id bigint); SELECT pg_sleep(0.2)"),
		"00002_b.sql": up("INSERT INTO public.a (id) VALUES (1)"),
	}

	var group errgroup.Group
	for range 4 {
		group.Go(func() error {
			version, err := postgres.Migrate(t.Context(), db.DSN, files, discard)
			require.EqualValues(t, 2, version)
			return err
		})
	}
	require.NoError(t, group.Wait())

	var rows int
	require.NoError(t, db.Pool.QueryRow(t.Context(), "SELECT count(*) FROM public.a").Scan(&rows))
	require.Equal(t, 1, rows)
}

func TestMigrateAppliesOnlyWhatIsNew(t *testing.T) {
	t.Parallel()
	db := emptyDatabase(t)
	files := fstest.MapFS{"00001_a.sql": up("CREATE TABLE public.a (id bigint)")}
	_, err := postgres.Migrate(t.Context(), db.DSN, files, discard)
	require.NoError(t, err)

	files["00002_b.sql"] = up("ALTER TABLE public.a ADD COLUMN name text")
	log := make(logLines, 10)
	version, err := postgres.Migrate(t.Context(), db.DSN, files, slog.New(log))

	require.NoError(t, err)
	require.EqualValues(t, 2, version)
	require.Len(t, log, 1)
}

func TestFailedMigrationLeavesNothing(t *testing.T) {
	t.Parallel()
	db := emptyDatabase(t)
	files := fstest.MapFS{"00001_a.sql": up("CREATE TABLE public.a (id bigint); SELECT 1/0")}

	_, err := postgres.Migrate(t.Context(), db.DSN, files, discard)
	require.ErrorContains(t, err, "division by zero")

	files["00001_a.sql"] = up("CREATE TABLE public.a (id bigint)")
	_, err = postgres.Migrate(t.Context(), db.DSN, files, discard)
	require.NoError(t, err)
}

var discard = slog.New(slog.DiscardHandler)

func up(sql string) *fstest.MapFile {
	return &fstest.MapFile{Data: []byte("-- expands: a test\n-- +goose Up\n" + sql + ";\n")}
}

func emptyDatabase(t *testing.T) *pgtest.Database {
	t.Helper()
	db := pgtest.New(t, pgtest.WithMigrations(fstest.MapFS{"00001_nothing.sql": up("SELECT 1")}))
	_, err := db.Pool.Exec(t.Context(), "DROP TABLE public.goose_db_version")
	require.NoError(t, err)
	return db
}

// A refresh or a dump reads a table for long. Nobody waits for it behind a migration that does.
func TestCommandsDoNotQueueBehindAMigrationThatWaitsForItsLock(t *testing.T) {
	t.Parallel()
	db := emptyDatabase(t)
	files := fstest.MapFS{"00001_a.sql": up("CREATE TABLE public.a (id bigint)")}
	_, err := postgres.Migrate(t.Context(), db.DSN, files, discard)
	require.NoError(t, err)
	reader, err := db.Pool.Begin(t.Context())
	require.NoError(t, err)
	_, err = reader.Exec(t.Context(), "SET LOCAL idle_in_transaction_session_timeout = 0; SELECT FROM public.a")
	require.NoError(t, err)
	files["00002_b.sql"] = up("CREATE TABLE public.b (id bigint)")
	files["00003_c.sql"] = up("ALTER TABLE public.a ADD COLUMN name text")
	log := make(logLines, 100)
	migrated := make(chan error, 1)
	go func() {
		_, err := postgres.Migrate(t.Context(), db.DSN, files, slog.New(log))
		migrated <- err
	}()
	require.Equal(t, "migrated database", <-log)

	for range 3 {
		_, err := db.Pool.Exec(t.Context(), "INSERT INTO public.a (id) VALUES (1)") // it waits for a second at most
		require.NoError(t, err)
		require.Equal(t, "a migration waits for its locks", <-log)
	}

	require.NoError(t, reader.Rollback(t.Context()))
	require.NoError(t, <-migrated)
	_, err = db.Pool.Exec(t.Context(), "INSERT INTO public.a (id, name) VALUES (1, 'a')")
	require.NoError(t, err)
}

const indexed = `-- expands: a test
-- +goose NO TRANSACTION
-- +goose Up
SET lock_timeout = 0;
DROP INDEX CONCURRENTLY IF EXISTS public.a_id_key;
CREATE UNIQUE INDEX CONCURRENTLY a_id_key ON public.a (id);
RESET lock_timeout;
`

// An index is made of what is there, and of what comes meanwhile. It waits for whoever writes, and nobody waits for it.
func TestAnIndexIsMadeWhileTheShopWrites(t *testing.T) {
	t.Parallel()
	db := emptyDatabase(t)
	files := fstest.MapFS{"00001_a.sql": up("CREATE TABLE public.a (id bigint); INSERT INTO public.a (id) VALUES (0)")}
	_, err := postgres.Migrate(t.Context(), db.DSN, files, discard)
	require.NoError(t, err)
	writer := holdTable(t, db)
	files["00002_b.sql"] = &fstest.MapFile{Data: []byte(indexed)}
	files["00003_c.sql"] = up("ALTER TABLE public.a ADD COLUMN name text")
	log := make(logLines, 100)
	migrated := make(chan error, 1)
	go func() {
		_, err := postgres.Migrate(t.Context(), db.DSN, files, slog.New(log))
		migrated <- err
	}()
	awaitIndex(t, db)

	for id := 2; id < 12; id++ { // for longer than a migration waits for a lock
		_, err := db.Pool.Exec(t.Context(), "INSERT INTO public.a (id) VALUES ($1)", id)
		require.NoError(t, err)
		time.Sleep(100 * time.Millisecond)
	}

	require.Empty(t, migrated)
	require.NoError(t, writer.Commit(t.Context()))
	require.NoError(t, <-migrated)
	require.Len(t, log, 2, "it wasn't tried again")
	require.True(t, valid(t, db))
	_, err = db.Pool.Exec(t.Context(), "INSERT INTO public.a (id) VALUES (1)")
	require.Error(t, err)
}

func TestAnIndexThatWasCutOffIsMadeAnew(t *testing.T) {
	t.Parallel()
	db := emptyDatabase(t)
	files := fstest.MapFS{"00001_a.sql": up("CREATE TABLE public.a (id bigint)")}
	_, err := postgres.Migrate(t.Context(), db.DSN, files, discard)
	require.NoError(t, err)
	files["00002_b.sql"] = &fstest.MapFile{Data: []byte(indexed)}
	writer := holdTable(t, db)
	ctx, crash := context.WithCancel(t.Context())
	migrated := make(chan error, 1)
	go func() {
		_, err := postgres.Migrate(ctx, db.DSN, files, discard)
		migrated <- err
	}()
	awaitIndex(t, db)
	crash()
	require.Error(t, <-migrated)
	require.False(t, valid(t, db))
	require.NoError(t, writer.Rollback(t.Context()))

	version, err := postgres.Migrate(t.Context(), db.DSN, files, discard)

	require.NoError(t, err)
	require.EqualValues(t, 2, version)
	require.True(t, valid(t, db))
}

// holdTable begins a transaction that has written to the table.
func holdTable(t *testing.T, db *pgtest.Database) pgx.Tx {
	t.Helper()
	writer, err := db.Pool.Begin(t.Context())
	require.NoError(t, err)
	_, err = writer.Exec(t.Context(), "SET LOCAL idle_in_transaction_session_timeout = 0; INSERT INTO public.a (id) VALUES (1)")
	require.NoError(t, err)
	return writer
}

// awaitIndex returns once an index is being made.
func awaitIndex(t *testing.T, db *pgtest.Database) {
	t.Helper()
	require.Eventually(t, func() bool {
		var there bool
		err := db.Pool.QueryRow(t.Context(), "SELECT to_regclass('public.a_id_key') IS NOT NULL").Scan(&there)
		return err == nil && there
	}, time.Minute, 10*time.Millisecond)
}

func valid(t *testing.T, db *pgtest.Database) (valid bool) {
	t.Helper()
	require.NoError(t, db.Pool.QueryRow(t.Context(), "SELECT indisvalid FROM pg_index WHERE indexrelid = 'public.a_id_key'::regclass").Scan(&valid))
	return valid
}

package postgres_test

import (
	"log/slog"
	"testing"
	"testing/fstest"

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

package postgres_test

import (
	"context"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/pgtest"
	"pizzeria/internal/platform/postgres"
	"pizzeria/migrations"
)

func TestEveryMigrationSaysWhatItDoesToEarlierVersions(t *testing.T) {
	t.Parallel()
	all, err := postgres.Migrations(migrations.FS)
	require.NoError(t, err)
	require.NotEmpty(t, all)

	for _, silent := range []string{"-- +goose Up\n", "-- contracts: the table\n", "-- contracts 1.4: it\n", "-- contracts v1..4: it\n", "-- expands\n", "--expands: it\n"} {
		_, err := postgres.Migrations(fstest.MapFS{"00001_a.sql": {Data: []byte(silent)}})
		require.ErrorContains(t, err, `migration 00001_a.sql doesn't begin with "-- expands: <what>"`, silent)
	}
}

func TestTwoMigrationsOfOneNumberAreRefused(t *testing.T) {
	t.Parallel()
	_, err := postgres.Migrations(fstest.MapFS{"00001_a.sql": head("expands: a", "SELECT 1"), "00001_b.sql": head("expands: b", "SELECT 2")})
	require.EqualError(t, err, "migrations 00001_a.sql and 00001_b.sql have the same number")
}

func head(head, sql string) *fstest.MapFile {
	return &fstest.MapFile{Data: []byte("-- " + head + "\n-- +goose Up\n" + sql + ";\n")}
}

// program is one version of the program, with the first n of three migrations: the third removes what v1.4.0 needs.
func program(t *testing.T, version string, knows int) *postgres.Schema {
	t.Helper()
	files := fstest.MapFS{"00001_a.sql": head("expands: a", "CREATE TABLE public.a (id bigint, old text)")}
	if knows > 1 {
		files["00002_b.sql"] = head("expands: b", "ALTER TABLE public.a ADD COLUMN new text")
	}
	if knows > 2 {
		files["00003_c.sql"] = head("contracts v1.4.0: old", "ALTER TABLE public.a DROP COLUMN old")
	}
	s, err := postgres.NewSchema(files, version)
	require.NoError(t, err)
	return s
}

// atWork is the answer to which servers of a version are.
func atWork(servers string, of ...string) postgres.Running {
	return func(_ context.Context, _ postgres.Querier, version string) (string, error) {
		if len(of) == 1 && of[0] != version {
			return "", nil
		}
		return servers, nil
	}
}

func migrate(t *testing.T, db *pgtest.Database, s *postgres.Schema, running postgres.Running) (int64, error) {
	t.Helper()
	return s.Migrate(t.Context(), db.DSN, running, discard)
}

func TestAnEarlierVersionGoesOnAsLongAsOnlyWasAddedTo(t *testing.T) {
	t.Parallel()
	db := emptyDatabase(t)
	earlier := program(t, "v1.4.0", 1)
	require.EqualError(t, earlier.Check(t.Context(), db.Pool), "it is at 0, and this program needs 1")
	_, err := migrate(t, db, earlier, atWork(""))
	require.NoError(t, err)
	require.NoError(t, earlier.Check(t.Context(), db.Pool))

	at, err := migrate(t, db, program(t, "v1.5.0", 2), atWork("a server", "nobody asks"))
	require.NoError(t, err)
	require.EqualValues(t, 2, at)

	require.NoError(t, earlier.Check(t.Context(), db.Pool))
	at, err = migrate(t, db, earlier, atWork(""))
	require.NoError(t, err, "started again, say after a deployment that was taken back")
	require.EqualValues(t, 2, at)
}

func TestWhatAServerAtWorkNeedsIsNotTakenAway(t *testing.T) {
	t.Parallel()
	db := emptyDatabase(t)
	earlier, later := program(t, "v1.4.0", 1), program(t, "v1.6.0", 3)
	_, err := migrate(t, db, earlier, atWork(""))
	require.NoError(t, err)

	_, err = migrate(t, db, later, atWork("server 7 of version v1.4.0", "v1.4.0"))

	require.EqualError(t, err,
		"00003_c.sql takes away what versions up to v1.4.0 need, and there is still at work: server 7 of version v1.4.0; stop that first")
	require.EqualError(t, later.Check(t.Context(), db.Pool), "it is at 1, and this program needs 3", "nothing was applied")
	require.NoError(t, earlier.Check(t.Context(), db.Pool))

	at, err := migrate(t, db, later, atWork(""))
	require.NoError(t, err)
	require.EqualValues(t, 3, at)
	require.NoError(t, program(t, "v1.5.0", 2).Check(t.Context(), db.Pool), "it needs that no more")
	for _, version := range []string{"v1.4.0", "v1.3.9", "v0.0.0-20261129100000-0123456789ab", "(devel)"} {
		earlier := program(t, version, 2)
		says := "migration 3 took away what versions up to v1.4.0 need, and this is " + version + ": start a newer one"
		require.EqualError(t, earlier.Check(t.Context(), db.Pool), says)
		_, err = migrate(t, db, earlier, atWork(""))
		require.EqualError(t, err, says)
	}
}

func TestADatabaseWhoseMigrationsNobodyDeclaredIsRefused(t *testing.T) {
	t.Parallel()
	db := emptyDatabase(t)
	s := program(t, "v1.4.0", 1)
	_, err := migrate(t, db, program(t, "v1.5.0", 2), atWork(""))
	require.NoError(t, err)
	_, err = db.Pool.Exec(t.Context(), "DROP TABLE public.migrations")
	require.NoError(t, err)

	_, err = migrate(t, db, s, atWork(""))

	require.ErrorContains(t, err, "the database has a migration 1 that no program declared as these do")
	require.ErrorContains(t, s.Check(t.Context(), db.Pool), "begin with an empty database")
}

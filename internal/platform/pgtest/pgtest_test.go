package pgtest_test

import (
	"fmt"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"pizzeria/internal/platform/pgtest"
)

func TestEachTestHasADatabaseOfItsOwn(t *testing.T) {
	t.Parallel()
	files := oneTable("shelf")
	for i := range 8 {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			t.Parallel()
			db := pgtest.New(t, pgtest.WithMigrations(files))

			_, err := db.Pool.Exec(t.Context(), "INSERT INTO public.shelf (id) VALUES (1)")
			require.NoError(t, err)

			var rows int64
			require.NoError(t, db.Gorm.Table("public.shelf").Count(&rows).Error)
			require.EqualValues(t, 1, rows)
		})
	}
}

func TestChangedMigrationsMakeAnotherTemplate(t *testing.T) {
	t.Parallel()
	var before, after bool
	const exists = "SELECT to_regclass('public.drawer') IS NOT NULL"
	first := pgtest.New(t, pgtest.WithMigrations(oneTable("cupboard")))
	require.NoError(t, first.Pool.QueryRow(t.Context(), exists).Scan(&before))

	second := pgtest.New(t, pgtest.WithMigrations(oneTable("drawer")))
	require.NoError(t, second.Pool.QueryRow(t.Context(), exists).Scan(&after))

	require.False(t, before)
	require.True(t, after)
}

func TestPoolHasTheSizeAskedFor(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t, pgtest.WithMigrations(oneTable("box")), pgtest.WithMaxConns(3))

	require.EqualValues(t, 3, db.Pool.Config().MaxConns)
}

func TestDatabaseIsGoneAfterTheTest(t *testing.T) {
	t.Parallel()
	files := oneTable("bin")
	var name string
	t.Run("a test", func(t *testing.T) {
		name = pgtest.New(t, pgtest.WithMigrations(files)).Pool.Config().ConnConfig.Database
	})
	other := pgtest.New(t, pgtest.WithMigrations(files))

	var exists bool
	err := other.Pool.QueryRow(t.Context(), "SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)", name).Scan(&exists)
	require.NoError(t, err)
	require.False(t, exists)
}

func TestProjectMigrations(t *testing.T) {
	t.Parallel()
	var group errgroup.Group
	db := pgtest.New(t)
	for range 4 {
		group.Go(func() error { return db.Pool.Ping(t.Context()) })
	}
	require.NoError(t, group.Wait())

	var version int64
	err := db.Pool.QueryRow(t.Context(), "SELECT max(version_id) FROM public.goose_db_version").Scan(&version)
	require.NoError(t, err)
	require.Positive(t, version)
}

func oneTable(name string) fstest.MapFS {
	sql := "-- expands: a test\n-- +goose Up\nCREATE TABLE public." + name + " (id bigint PRIMARY KEY);\n"
	return fstest.MapFS{"00001_" + name + ".sql": {Data: []byte(sql)}}
}

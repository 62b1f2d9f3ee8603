package pgtest_test

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/pgtest"
	"pizzeria/internal/platform/restore"
)

func TestRowsArePreparedOnceAndEachTestHasItsCopy(t *testing.T) {
	t.Parallel()
	var times atomic.Int32
	prepared := pgtest.Prepare(func(ctx context.Context, dsn string) error {
		times.Add(1)
		return execute(ctx, dsn, "INSERT INTO public.basket (id) VALUES (1)")
	})
	files := oneTable("basket")
	t.Run("tests", func(t *testing.T) {
		for i := range 8 {
			t.Run(fmt.Sprint(i), func(t *testing.T) {
				t.Parallel()
				db := pgtest.New(t, pgtest.WithMigrations(files), pgtest.WithRows(prepared))

				require.NoError(t, execute(t.Context(), db.DSN, "INSERT INTO public.basket (id) VALUES (2)"))

				var rows int64
				require.NoError(t, db.Gorm.Table("public.basket").Count(&rows).Error)
				require.EqualValues(t, 2, rows)
			})
		}
	})
	require.EqualValues(t, 1, times.Load())
	require.NoError(t, prepared.Drop())
}

func TestWhatIsPreparedIsPreparedForEachLocale(t *testing.T) {
	t.Parallel()
	prepared := pgtest.Prepare(func(ctx context.Context, dsn string) error {
		return execute(ctx, dsn, "INSERT INTO public.tray (id) VALUES (1)")
	})
	for _, locale := range []string{"", "sv"} {
		db := pgtest.New(t, pgtest.WithMigrations(oneTable("tray")), pgtest.WithRows(prepared), pgtest.WithICULocale(locale))

		var found string
		require.NoError(t, db.Pool.QueryRow(t.Context(),
			"SELECT coalesce(d.daticulocale, '') FROM pg_database AS d, public.tray WHERE d.datname = current_database()").Scan(&found))
		require.Equal(t, locale, found)
	}
	require.NoError(t, prepared.Drop())
}

func TestACopyIsAShopOfItsOwnAndNotARestoredDump(t *testing.T) {
	t.Parallel()
	prepared := pgtest.Prepare(func(context.Context, string) error { return nil })
	for range 2 {
		db := pgtest.New(t, pgtest.WithRows(prepared))
		require.NoError(t, restore.Open(t.Context(), db.Pool))

		state, err := restore.Look(t.Context(), db.Pool)

		require.NoError(t, err)
		require.Equal(t, restore.State{}, state)
	}
	require.NoError(t, prepared.Drop())
}

func execute(ctx context.Context, dsn, sql string) error {
	conn, err := pgx.Connect(ctx, dsn)
	if err != nil {
		return err
	}
	_, err = conn.Exec(ctx, sql)
	return errors.Join(err, conn.Close(ctx))
}

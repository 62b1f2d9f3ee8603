package menuview_test

import (
	"context"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"pizzeria/internal/menu/menuview"
	"pizzeria/internal/platform/pgtest"
	"pizzeria/internal/platform/readmodel"
)

func TestTheMenuIsReadAnewOnlyWhenItHasChanged(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	db.AddLocation(t, "EUR")
	id := add(t, db, "Pizza", "Margherita", true)
	handler := menuview.NewMenuHandler(db.Pool, 1)
	item := func() *menuview.MenuItem {
		items, err := handler.Handle(t.Context(), menuview.Menu{})
		require.NoError(t, err)
		return items[0]
	}

	first := item()
	require.Same(t, first, item())

	run(t, db, `UPDATE public.menu_items SET version = 4 WHERE id = $1`, id)
	changed := item()
	require.Equal(t, 3, first.Version, "who has the old one keeps it")
	require.Equal(t, 4, changed.Version)
	require.Same(t, changed, item())

	refresh(t, db)
	refreshed := item()
	require.Equal(t, changed, refreshed)
	require.Same(t, refreshed, item())

	run(t, db, `UPDATE public.menu_items SET archived_at = now() WHERE id = $1`, id)
	items, err := handler.Handle(t.Context(), menuview.Menu{})
	require.NoError(t, err)
	require.Empty(t, items)
}

// A query sees at least what was committed before it, while the item changes and the model is refreshed.
func TestTheMenuIsNeverOlderThanTheQuestion(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	db.AddLocation(t, "EUR")
	id := add(t, db, "Pizza", "Margherita", true)
	handler := menuview.NewMenuHandler(db.Pool, 2)
	var committed atomic.Int64
	group, ctx := errgroup.WithContext(t.Context())
	done := make(chan struct{})
	group.Go(func() error {
		defer close(done)
		for version := int64(4); version < 400; version++ {
			if _, err := db.Pool.Exec(ctx, `UPDATE public.menu_items SET version = $2 WHERE id = $1`, id, version); err != nil {
				return err
			}
			committed.Store(version)
			if version%50 == 0 {
				refresh(t, db)
			}
		}
		return nil
	})
	for range 6 {
		group.Go(func() error {
			for {
				select {
				case <-done:
					return nil
				default:
				}
				if err := readsNoOlder(ctx, t, handler, committed.Load()); err != nil {
					return err
				}
			}
		})
	}
	require.NoError(t, group.Wait())
	require.NoError(t, readsNoOlder(t.Context(), t, handler, 399))
}

func readsNoOlder(ctx context.Context, t *testing.T, handler *menuview.MenuHandler, committed int64) error {
	items, err := handler.Handle(ctx, menuview.Menu{})
	if err == nil && int64(items[0].Version) < committed {
		t.Errorf("version %d was committed before somebody asked, who saw %d", committed, items[0].Version)
	}
	return err
}

func run(t *testing.T, db *pgtest.Database, sql string, arguments ...any) {
	t.Helper()
	_, err := db.Pool.Exec(t.Context(), sql, arguments...)
	require.NoError(t, err)
}

func refresh(t *testing.T, db *pgtest.Database) {
	t.Helper()
	_, err := readmodel.Refresh(t.Context(), db.Pool, readmodel.Generation{Model: "menu", Number: 1, Kind: readmodel.Row})
	require.NoError(t, err)
}

package readmodel_test

import (
	"context"
	"errors"
	"io/fs"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/pgtest"
	"pizzeria/internal/platform/readmodel"
	"pizzeria/migrations"
)

// defined returns one of the shop's definitions with a part replaced.
func defined(t *testing.T, model, old, changed string) string {
	t.Helper()
	text, err := fs.ReadFile(migrations.FS, "readmodels/"+model+".sql")
	require.NoError(t, err)
	require.Contains(t, string(text), old)
	return strings.ReplaceAll(string(text), old, changed)
}

// next returns a changed definition of each kind: with one more column and field, with days of another time zone, with
// another rule.
func next(t *testing.T) map[string]string {
	t.Helper()
	order := defined(t, "order", ") AS document\nFROM", ") AS document,\n    o.tax_cents\nFROM")
	return map[string]string{
		"order":       strings.Replace(order, `AS "itemsCount",`, `AS "itemsCount", o.tax_cents AS tax,`, 1),
		"menu":        defined(t, "menu", "\nFROM public.menu_items AS m\n", ",\n    m.updated_at\nFROM public.menu_items AS m\n"),
		"pizza_sales": defined(t, "pizza_sales", "'UTC'", "'America/New_York'"),
		"ingredient":  defined(t, "ingredient", "\nFROM public.ingredients AS g\n", ",\n    g.created_at\nFROM public.ingredients AS g\n"),
	}
}

var errKilled = errors.New("killed")

// buildKilled builds again and again with a builder that is killed after each step, until nothing is missing.
func buildKilled(t *testing.T, db *pgtest.Database, definitions map[string]string, built chan<- struct{}) func(ctx context.Context) error {
	t.Helper()
	return func(ctx context.Context) error {
		defer close(built)
		for {
			pool := unlimitedPool(t, db)
			b, err := open(ctx, pool, definitions)
			if err == nil {
				b.After(func(readmodel.State) error { return errKilled })
				err = b.Run(ctx)
			}
			pool.Close() // its sessions end, and their locks with them
			if !errors.Is(err, errKilled) {
				return err
			}
		}
	}
}

func TestModelsChangeUnderLoadWhereverTheirBuilderIsKilled(t *testing.T) {
	t.Parallel()
	db := newShop(t)
	prepareStress(t, db)

	built := make(chan struct{})
	stress(t, db, time.Second, buildKilled(t, db, next(t), built), readThrough(db, built))

	for _, g := range models(t, db) {
		want := 2
		if g.Model == "customer_history" || g.Model == "kitchen_ticket" {
			want = 1
		}
		require.Equal(t, want, g.Number, g.Model)
	}
	require.Equal(t, []string{"(t)"}, rowTexts(t, db, "SELECT DISTINCT tax_cents = (document->>'tax')::bigint FROM public.order_view"))
	stress(t, db, time.Second) // both generations are kept exact
	dropRetired(t, db)
	requireExact(t, db)
	stress(t, db, time.Second)
}

// readThrough reads every view by prepared statements until built is closed, and fails if a read does.
func readThrough(db *pgtest.Database, built <-chan struct{}) func(ctx context.Context) error {
	page := readmodel.Page{Model: "order", Key: "id", Columns: "id, placed_at, status", OrderBy: "placed_at DESC, id DESC", Limit: 5}
	statements := []string{
		page.SQL(), "SELECT id, document FROM public.order_view WHERE number = 3", "SELECT day, quantity FROM public.pizza_sales_view",
		"SELECT id, name, prices FROM public.menu_view", "SELECT id, available FROM public.ingredient_view",
		"SELECT " + readmodel.VersionSQL("menu"),
	}
	return func(ctx context.Context) error {
		for {
			select {
			case <-built:
				return nil
			default:
			}
			for _, statement := range statements {
				if _, err := db.Pool.Exec(ctx, statement); err != nil {
					return err
				}
			}
		}
	}
}

// building counts the models whose second generation isn't in use.
func building(t *testing.T, db *pgtest.Database) int {
	t.Helper()
	return 4 - count(t, db.Pool, "SELECT count(*) FROM readmodel.generations WHERE state = 'in_use' AND number = 2")
}

func dropRetired(t *testing.T, db *pgtest.Database) {
	t.Helper()
	b := builder(t, unlimitedPool(t, db), nil)
	all, err := readmodel.Generations(t.Context(), db.Pool)
	require.NoError(t, err)
	for _, g := range all {
		if g.State == readmodel.Retired {
			require.NoError(t, b.Drop(t.Context(), g))
		}
	}
}

// A build whose sessions are ended by force, at any moment, is continued by the next builder.
func TestModelsChangeUnderLoadWhileSessionsAreKilled(t *testing.T) {
	t.Parallel()
	db := newShop(t)
	prepareStress(t, db)
	definitions := next(t)

	stress(t, db, time.Second, func(ctx context.Context) error {
		for tries := 0; ; tries++ {
			killing, stop := context.WithTimeout(ctx, 50*time.Millisecond<<tries)
			go func() {
				<-killing.Done()
				_, _ = db.Pool.Exec(ctx, `
					SELECT pg_terminate_backend(pid) FROM pg_stat_activity
					WHERE datname = current_database() AND application_name = 'pizzeria builder'`)
			}()
			pool := connectAs(t, db, "pizzeria builder", 8)
			b, err := open(ctx, pool, definitions)
			if err == nil {
				err = b.Run(ctx)
			}
			stop()
			pool.Close()
			if err == nil || ctx.Err() != nil {
				return err
			}
		}
	})

	requireExact(t, db)
	require.Zero(t, building(t, db))
}

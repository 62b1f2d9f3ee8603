package menustore_test

import (
	"log/slog"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/pgtest"
	"pizzeria/internal/platform/postgres"
	"pizzeria/migrations"
)

const oldItem = `
	INSERT INTO public.menu_items (id, name, description, category, allergens, is_available, preparation_minutes, version, created_at, updated_at)
	VALUES (gen_random_uuid(), 'Old', $1, 'Pizza', $2, true, 12, 1, now(), now())`

func TestAllergensThatWereTextsAreMappedAndNoneIsLost(t *testing.T) {
	t.Parallel()
	nothing := &fstest.MapFile{Data: []byte("-- expands: a test\n-- +goose Up\nSELECT 1;\n")}
	db := pgtest.New(t, pgtest.WithMigrations(fstest.MapFS{"00001_nothing.sql": nothing}))
	exec := func(sql string, values ...any) {
		_, err := db.Pool.Exec(t.Context(), sql, values...)
		require.NoError(t, err)
	}
	exec(`DROP TABLE public.goose_db_version`)
	require.NoError(t, postgres.MigrateTo(t.Context(), db.DSN, migrations.FS, 53, slog.New(slog.DiscardHandler)))
	exec(oldItem, "Good.", []string{"Milk", " egg ", "Shellfish", "milk"})
	exec(oldItem, "", []string{"Truffle spores", "Gluten", "Moon dust"})

	_, err := postgres.Migrate(t.Context(), db.DSN, migrations.FS, slog.New(slog.DiscardHandler))
	require.NoError(t, err)
	exec(oldItem, "Best.", []string{"Wheat", "Love"}) // of a server of the version before, which is still at work

	var items []string
	require.NoError(t, db.Pool.QueryRow(t.Context(), `
		SELECT array_agg(m.allergens::text || ' ' || m.description ORDER BY m.description COLLATE "C") FROM public.menu_items AS m`).Scan(&items))
	require.Equal(t, []string{
		"{GLUTEN} Allergens: Truffle spores, Moon dust", "{GLUTEN} Best.\nAllergens: Love", "{CRUSTACEANS,EGGS,MILK,MOLLUSCS} Good.",
	}, items)
}

package readmodel_test

import (
	"log/slog"
	"slices"
	"testing"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/pgtest"
	"pizzeria/internal/platform/readmodel"
	"pizzeria/migrations"
)

// ofThisProgram is a builder of the program's own definitions, and the one of orders.
func ofThisProgram(t *testing.T, pool *pgxpool.Pool) (b *readmodel.Builder, order readmodel.Definition) {
	t.Helper()
	b, err := readmodel.Open(t.Context(), pool, migrations.FS, "", slog.New(slog.DiscardHandler))
	require.NoError(t, err)
	return b, b.Definitions[slices.IndexFunc(b.Definitions, func(d readmodel.Definition) bool { return d.Name == "order" })]
}

// requireServed: a server with the builder's definitions is ready.
func requireServed(t *testing.T, b *readmodel.Builder) {
	t.Helper()
	left, err := b.Building(t.Context())
	require.NoError(t, err)
	require.Empty(t, left)
	unreadable, err := b.Unreadable(t.Context())
	require.NoError(t, err)
	require.Empty(t, unreadable)
}

func states(t *testing.T, db *pgtest.Database, model string) []string {
	t.Helper()
	return rowTexts(t, db, "SELECT number, state FROM readmodel.generations WHERE model = '"+model+"' ORDER BY number")
}

// What is in use is right, or at least it is what there was: servers go on while it is built anew, and start meanwhile.
func TestARebuildLeavesServersReadyWhereverItIsKilled(t *testing.T) {
	t.Parallel()
	for _, at := range []readmodel.State{readmodel.Prepared, readmodel.Followed, readmodel.Filled, readmodel.Verified} {
		t.Run(string(at), func(t *testing.T) {
			t.Parallel()
			db := newShop(t)
			server, order := ofThisProgram(t, unlimitedPool(t, db))
			killed, _ := ofThisProgram(t, unlimitedPool(t, db))
			killed.After(func(reached readmodel.State) error {
				requireServed(t, server)
				if reached == at {
					return errKilled
				}
				return nil
			})

			require.ErrorIs(t, killed.Rebuild(t.Context(), order), errKilled)

			require.NoError(t, server.Run(t.Context()))
			require.Equal(t, "order_1", inUse(t, db, "order"))
			requireServed(t, server)
			require.NoError(t, server.DropUnneeded(t.Context(), func(readmodel.Generation) bool { return true }))
			require.Equal(t, []string{"(1,in_use)", "(2,dropped)"}, states(t, db, "order"))
			require.NoError(t, server.Rebuild(t.Context(), order))
			require.Equal(t, "order_3", inUse(t, db, "order"))
			run(t, db.Pool, confirm)
			requireExact(t, db)
		})
	}
}

// Somebody goes back to the version before and, when nothing is kept of the next one, to that again.
func TestAVersionComesBackAfterTheOneBeforeItCameBack(t *testing.T) {
	t.Parallel()
	const before, after = ") AS document\nFROM", ") AS document,\n    o.tax_cents\nFROM"
	for name, definition := range map[string]string{
		"with a column more":                defined(t, "order", before, after),
		"with a field more of the document": defined(t, "order", `AS "itemsCount",`, `AS "itemsCount", o.tax_cents AS tax,`),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			db := newShop(t)
			older, order := ofThisProgram(t, unlimitedPool(t, db))
			newer := builder(t, unlimitedPool(t, db), map[string]string{"order": definition})
			require.NoError(t, newer.Run(t.Context()))
			dropRetired(t, db)
			requireServed(t, older)
			require.NoError(t, older.Rebuild(t.Context(), order))
			dropRetired(t, db)
			requireServed(t, older)

			missing, err := newer.Missing(t.Context())
			require.NoError(t, err)
			require.Len(t, missing, 1, "what is in use lacks something")
			unreadable, err := newer.Unreadable(t.Context())
			require.NoError(t, err)
			require.Empty(t, unreadable, "it can be built again")
			require.NoError(t, newer.Run(t.Context()))

			require.Equal(t, "order_4", inUse(t, db, "order"))
			requireServed(t, newer)
			requireServed(t, older)
			run(t, db.Pool, confirm)
			requireExact(t, db)
		})
	}
}

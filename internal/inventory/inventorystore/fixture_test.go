package inventorystore_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/inventory"
	"pizzeria/internal/inventory/inventorystore"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/pgtest"
)

// fixture is a database with one location and ingredients.
type fixture struct{ db *pgtest.Database }

func newFixture(t *testing.T) *fixture {
	t.Helper()
	db := pgtest.New(t)
	db.AddLocation(t, "EUR")
	return &fixture{db}
}

func (s *fixture) add(t *testing.T, ingredient inventory.Ingredient) uuid.UUID {
	t.Helper()
	ingredient.ID = uuid.New()
	require.NoError(t, inventorystore.New(s.db.Gorm).Add(t.Context(), ingredient, auth.System().Author(), time.Now()))
	return ingredient.ID
}

// level returns the units on hand and the units reserved.
func (s *fixture) level(t *testing.T, id uuid.UUID) (level string) {
	t.Helper()
	require.NoError(t, s.db.Pool.QueryRow(t.Context(), `
		SELECT concat_ws(' ', l.on_hand, l.reserved) FROM public.stock_levels AS l WHERE l.ingredient_id = $1`, id).Scan(&level))
	return level
}

func (s *fixture) exec(t *testing.T, statement string) {
	t.Helper()
	_, err := s.db.Pool.Exec(t.Context(), statement)
	require.NoError(t, err)
}

// holdSnapshot keeps a snapshot open until the test ends, so that Postgres keeps old row versions.
func (s *fixture) holdSnapshot(t *testing.T) {
	t.Helper()
	tx, err := s.db.Pool.BeginTx(t.Context(), pgx.TxOptions{IsoLevel: pgx.RepeatableRead})
	require.NoError(t, err)
	_, err = tx.Exec(t.Context(), `SET LOCAL idle_in_transaction_session_timeout = 0`)
	require.NoError(t, err)
	_, err = tx.Exec(t.Context(), `SELECT count(*) FROM public.stock_levels`)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, tx.Rollback(context.WithoutCancel(t.Context()))) })
}

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

// shelf is a database with ingredients.
type shelf struct{ db *pgtest.Database }

func newShelf(t *testing.T) *shelf {
	t.Helper()
	return &shelf{pgtest.New(t)}
}

func (s *shelf) add(t *testing.T, ingredient inventory.Ingredient) uuid.UUID {
	t.Helper()
	ingredient.ID = uuid.New()
	require.NoError(t, inventorystore.New(s.db.Gorm).Add(t.Context(), ingredient, auth.System().Author(), time.Now()))
	return ingredient.ID
}

// level is what is on hand, and reserved.
func (s *shelf) level(t *testing.T, id uuid.UUID) (level string) {
	t.Helper()
	require.NoError(t, s.db.Pool.QueryRow(t.Context(), `
		SELECT concat_ws(' ', l.on_hand, l.reserved) FROM public.stock_levels AS l WHERE l.ingredient_id = $1`, id).Scan(&level))
	return level
}

func (s *shelf) exec(t *testing.T, statement string) {
	t.Helper()
	_, err := s.db.Pool.Exec(t.Context(), statement)
	require.NoError(t, err)
}

// holdSnapshot keeps the database's old versions until the test has ended.
func (s *shelf) holdSnapshot(t *testing.T) {
	t.Helper()
	tx, err := s.db.Pool.BeginTx(t.Context(), pgx.TxOptions{IsoLevel: pgx.RepeatableRead})
	require.NoError(t, err)
	_, err = tx.Exec(t.Context(), `SET LOCAL idle_in_transaction_session_timeout = 0`)
	require.NoError(t, err)
	_, err = tx.Exec(t.Context(), `SELECT count(*) FROM public.stock_levels`)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, tx.Rollback(context.WithoutCancel(t.Context()))) })
}

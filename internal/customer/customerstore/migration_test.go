package customerstore_test

import (
	"log/slog"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/require"

	"pizzeria/internal/customer/customerstore"
	"pizzeria/internal/platform/pgtest"
	"pizzeria/internal/platform/postgres"
	"pizzeria/migrations"
)

// Accounts of versions that didn't fold addresses have some that are one now (00051).
func TestOfAddressesThatTurnOutToBeOneTheAccountKeepsItThatHasItAlready(t *testing.T) {
	t.Parallel()
	nothing := &fstest.MapFile{Data: []byte("-- expands: a test\n-- +goose Up\nSELECT 1;\n")}
	db := pgtest.New(t, pgtest.WithMigrations(fstest.MapFS{"00001_nothing.sql": nothing}))
	log := slog.New(slog.DiscardHandler)
	_, err := db.Pool.Exec(t.Context(), `DROP TABLE public.goose_db_version`)
	require.NoError(t, err)
	require.NoError(t, postgres.MigrateTo(t.Context(), db.DSN, migrations.FS, 50, log))
	for name, email := range map[string]string{
		"2020 a": "\ufb01@x.example", "2021 has it": "fi@x.example", // a ligature
		"2020 oldest": "\ufb00@x.example", "2021 b": "\U0001d41ff@x.example",
		"2022 alone": "\ufb02@x.example",
	} {
		_, err := db.Pool.Exec(t.Context(), `
			WITH added AS (
				INSERT INTO public.customers (id, name, created_at) VALUES (gen_random_uuid(), $1, make_timestamptz(left($1, 4)::integer, 1, 1, 0, 0, 0, 'UTC'))
				RETURNING id, created_at
			)
			INSERT INTO public.accounts (customer_id, email, password_hash, roles, created_at)
			SELECT a.id, $2, 'x', '{CUSTOMER}', a.created_at FROM added AS a`, name, email)
		require.NoError(t, err)
	}

	_, err = postgres.Migrate(t.Context(), db.DSN, migrations.FS, log)
	require.NoError(t, err)

	store := customerstore.New(db.Gorm, time.Now)
	for email, name := range map[string]string{"fi@x.example": "2021 has it", "FF@x.example": "2020 oldest", "fl@x.example": "2022 alone"} {
		account, found, err := store.ByEmail(t.Context(), email)
		require.NoError(t, err)
		require.True(t, found, email)
		require.Equal(t, name, account.Name)
	}
}

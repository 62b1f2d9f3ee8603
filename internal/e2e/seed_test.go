package e2e_test

import (
	"sync"

	"github.com/stretchr/testify/require"

	"pizzeria/internal/server"
)

// accounts are the rows of the demo accounts, from the first shop that was seeded. To hash their passwords for each
// shop would take most of the tests' time.
var accounts struct {
	sync.Mutex
	rows string
}

// seed fills the shop with the demo data.
func (s *shop) seed() {
	s.Helper()
	accounts.Lock()
	defer accounts.Unlock()
	if accounts.rows != "" {
		_, err := s.db.Pool.Exec(s.Context(), `WITH customers AS (
				INSERT INTO public.customers
				SELECT c.* FROM json_populate_recordset(NULL::public.customers, $1::json -> 'customers') AS c
			)
			INSERT INTO public.accounts
			SELECT a.* FROM json_populate_recordset(NULL::public.accounts, $1::json -> 'accounts') AS a`, accounts.rows)
		require.NoError(s, err)
	}
	require.NoError(s, server.Seed(s.Context(), s.db.DSN, 1, s.log()))
	require.NoError(s, s.db.Pool.QueryRow(s.Context(), `SELECT json_build_object(
		'customers', (SELECT json_agg(c) FROM public.customers AS c),
		'accounts', (SELECT json_agg(a) FROM public.accounts AS a))::text`).Scan(&accounts.rows))
}

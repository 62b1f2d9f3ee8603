package proof_test

import (
	"math/rand/v2"
	"sync"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/pgtest"
)

// fleet is several server processes on one database. Any of them may be killed and started again.
type fleet struct {
	t           *testing.T
	db          *pgtest.Database
	environment []string

	mu      sync.Mutex
	servers []*program
}

// openFleet starts servers, with some more settings, on a database with one location and nothing else.
func openFleet(t *testing.T, size int, settings ...string) *fleet {
	t.Helper()
	f := &fleet{t: t, db: pgtest.New(t, pgtest.WithMaxConns(4)), servers: make([]*program, size)}
	f.db.AddLocation(t, "USD")
	f.environment = append([]string{"PIZZERIA_DATABASE_URL=" + f.db.DSN, "PIZZERIA_DATABASE_MAX_CONNS=8"}, settings...)
	for i := range f.servers {
		f.restart(i)
	}
	return f
}

// restart starts a server in the place of one that has ended.
func (f *fleet) restart(i int) {
	f.t.Helper()
	started := serve(f.t, f.environment...)
	f.mu.Lock()
	defer f.mu.Unlock()
	f.servers[i] = started
}

func (f *fleet) at(i int) *program {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.servers[i]
}

// any returns the URL of some server, whether it runs or not.
func (f *fleet) any(random *rand.Rand) string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.servers[random.IntN(len(f.servers))].url
}

// account makes an account with the role, and returns the token of a session of that account.
func (f *fleet) account(role auth.Role) (token string) {
	f.t.Helper()
	token = auth.NewToken()
	hash, _ := auth.HashToken(token)
	id := uuid.New()
	_, err := f.db.Pool.Exec(f.t.Context(), `
		WITH person AS (
			INSERT INTO public.customers (id, name, created_at) VALUES ($1, 'Nobody', now())
		), account AS (
			INSERT INTO public.accounts (customer_id, email, password_hash, roles, created_at)
			VALUES ($1, $1::text || '@example.com', 'opens nothing', ARRAY[$2::text], now())
		)
		INSERT INTO public.sessions (token_sha256, account_id, created_at, expires_at)
		VALUES ($3, $1, now(), now() + interval '1 day')`, id, role, hash[:])
	require.NoError(f.t, err)
	return token
}

// now returns the cursor of everything committed so far.
func (f *fleet) now() string {
	f.t.Helper()
	answer, err := ask[struct{ Orders struct{ AsOf string } }](f.t.Context(), f.at(0).url, f.account(auth.RoleManager), `{ orders(first: 1) { asOf } }`, nil)
	require.NoError(f.t, err)
	return answer.Orders.AsOf
}

// versions returns the log's events of orders or of menu items: by id, the versions in their order.
func versions(t *testing.T, pool *pgxpool.Pool, stream string) map[string][]int {
	t.Helper()
	rows, err := pool.Query(t.Context(), `
		SELECT e.stream_id::text, array_agg(e.version ORDER BY e.version)
		FROM public.events AS e
		WHERE e.stream = $1
		GROUP BY e.stream_id`, stream)
	require.NoError(t, err)
	all := map[string][]int{}
	var order string
	var versions []int
	_, err = pgx.ForEachRow(rows, []any{&order, &versions}, func() error {
		all[order], versions = versions, nil
		return nil
	})
	require.NoError(t, err)
	return all
}

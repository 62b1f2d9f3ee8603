package main

import (
	"context"
	"io"
	"net"
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"pizzeria/internal/pgtest"
)

func TestCommandsOnAConfiguredDatabase(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	folder := pgtest.Folder(t)
	environment := []string{"DATABASE_URL=" + db.DSN, "PIZZERIA_DATA_DIR=" + folder}

	for range 2 { // each can be repeated
		for _, command := range []string{"migrate", "seed", "refresh", "verify"} {
			got := call(t, environment, command)
			require.Zero(t, got.status, "%s: %s", command, got.errs)
		}
	}

	var accounts, dishes, snapshot int
	require.NoError(t, db.Pool.QueryRow(t.Context(), `
		SELECT (SELECT count(*) FROM public.accounts), (SELECT count(*) FROM public.menu_view), (SELECT count(*) FROM public.menu_snapshot)`,
	).Scan(&accounts, &dishes, &snapshot))
	require.Equal(t, 4, accounts)
	require.GreaterOrEqual(t, dishes, 12)
	require.Equal(t, dishes, snapshot)
	requireEmpty(t, folder)
}

func TestMigrateAnEmptyDatabase(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	_, err := db.Pool.Exec(t.Context(), `
		DROP SCHEMA public CASCADE; DROP SCHEMA readmodel CASCADE; DROP SCHEMA simulated_gateway CASCADE; CREATE SCHEMA public`)
	require.NoError(t, err)

	got := call(t, []string{"DATABASE_URL=" + db.DSN}, "migrate")

	require.Zero(t, got.status, got.errs)
	require.Zero(t, call(t, []string{"DATABASE_URL=" + db.DSN}, "verify").status)
}

func TestVerifyFindsADifference(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	environment := []string{"DATABASE_URL=" + db.DSN}
	require.Zero(t, call(t, environment, "seed").status)
	_, err := db.Pool.Exec(t.Context(), `UPDATE public.menu_fresh SET name = 'Forged' WHERE id = (SELECT f.id FROM public.menu_fresh AS f LIMIT 1)`)
	require.NoError(t, err)

	got := call(t, environment, "verify")
	require.Equal(t, failed, got.status)
	require.Contains(t, got.out, "Forged")
	require.Contains(t, got.errs, "pizzeria verify: a read model differs from its definition\n")

	require.Equal(t, failed, call(t, environment, "verify", "-model", "menu").status)
	require.Zero(t, call(t, environment, "verify", "-model", "order").status)
	unknown := call(t, environment, "refresh", "-model", "pasta")
	require.Equal(t, failed, unknown.status)
	require.Contains(t, unknown.errs, `there is no read model "pasta"`)
}

func TestGatewayAlone(t *testing.T) {
	t.Parallel()
	out, _, interrupt := begin(t, nil, "gateway", "-addr", "127.0.0.1:0")
	url := await(t, out, `ledger: (http://\S+/_ledger)`)

	require.JSONEq(t, `{"entries": [], "orders": []}`, get(t, url))

	require.Zero(t, interrupt())
}

func TestServeOnAConfiguredDatabase(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	folder := pgtest.Folder(t)
	out, errs, interrupt := begin(t, []string{"DATABASE_URL=" + db.DSN, "PIZZERIA_DATA_DIR=" + folder, "ADDR=127.0.0.1:0", "ADMIN_ADDR=127.0.0.1:0"}, "serve")

	require.Equal(t, "server: ok\ndatabase: ok\nschema: ok\nfeed: ok\n", get(t, await(t, out, `admin\s+(http://\S+/readyz)`)))
	require.Contains(t, get(t, await(t, out, `playground\s+(http://\S+)`)), "<html")
	await(t, out, `(GraphQL)\s+http://\S+/graphql`)
	require.NotContains(t, out.String(), "psql")
	require.NotContains(t, out.String(), "example.com")
	var accounts int
	require.NoError(t, db.Pool.QueryRow(t.Context(), `SELECT count(*) FROM public.accounts`).Scan(&accounts))
	require.Zero(t, accounts, "the demo accounts are for the private database only")
	requireEmpty(t, folder)

	require.Zero(t, interrupt(), errs)
}

func TestAddressThatIsTaken(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	listener, err := (&net.ListenConfig{}).Listen(context.Background(), "tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer listener.Close()
	for _, variable := range []string{"ADDR", "ADMIN_ADDR"} {
		free := map[string]string{"ADDR": "127.0.0.1:0", "ADMIN_ADDR": "127.0.0.1:0"}
		free[variable] = listener.Addr().String()

		got := call(t, []string{"DATABASE_URL=" + db.DSN, "ADDR=" + free["ADDR"], "ADMIN_ADDR=" + free["ADMIN_ADDR"]}, "serve")

		require.Equal(t, failed, got.status)
		require.Contains(t, got.errs, "pizzeria serve: listen on "+variable+": ")
	}
}

func get(t *testing.T, url string) string {
	t.Helper()
	response, err := http.Get(url)
	require.NoError(t, err)
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	require.NoError(t, err)
	return string(body)
}

package main

import (
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/pgtest"
)

// anyPorts are addresses that nobody else has.
var anyPorts = []string{"PIZZERIA_ADDR=127.0.0.1:0", "PIZZERIA_ADMIN_ADDR=127.0.0.1:0"}

// post sends an operation, as if the address was known by that name, and returns status and answer.
func post(t *testing.T, url, host, document string) (int, string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url, strings.NewReader(`{"query": "`+document+`"}`))
	require.NoError(t, err)
	request.Header.Set("Content-Type", "application/json")
	request.Host = host
	response, err := http.DefaultClient.Do(request)
	require.NoError(t, err)
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	require.NoError(t, err)
	return response.StatusCode, string(body)
}

const signIn = `mutation { signIn(input: {email: \"manager@example.com\", password: \"pizzeria-demo\"}) { token userErrors { code } } }`

func TestTheDemoIsAShopOfItsOwnForThisMachine(t *testing.T) {
	t.Parallel()
	folder := pgtest.Folder(t)
	environment := append([]string{"PIZZERIA_DATA_DIR=" + folder}, anyPorts...)

	out, errs, interrupt := begin(t, environment, "demo")

	api := await(t, out, `GraphQL\s+(http://\S+)`)
	await(t, out, `accounts\s+(customer@ .* password pizzeria-demo)`)
	require.Contains(t, out.String(), "a demo, for this machine alone")
	_, answer := post(t, api, "", signIn)
	require.Contains(t, answer, `"token":"`)
	_, answer = post(t, api, "", `{ __schema { queryType { name } } }`)
	require.Contains(t, answer, `"Query"`)
	status, answer := post(t, api, "evil.example", signIn)
	require.Equal(t, http.StatusMisdirectedRequest, status, "a page whose name leads here")
	require.NotContains(t, answer, "token")
	require.Contains(t, call(t, environment, "verify", "-demo").out, "menu")
	require.Zero(t, interrupt(), errs)
	require.FileExists(t, filepath.Join(folder, "demo", "postgres-"+major(t, folder), "PG_VERSION"))

	out, errs, interrupt = begin(t, environment, "serve")
	_, answer = post(t, await(t, out, `GraphQL\s+(http://\S+)`), "", signIn)
	require.NotContains(t, answer, `"token":"`, "the shop beside it is another one")
	require.NotContains(t, out.String(), "accounts")
	require.Zero(t, interrupt(), errs)
}

// major is the version of the demo's data.
func major(t *testing.T, folder string) string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(folder, "demo", "postgres-*", "PG_VERSION"))
	require.NoError(t, err)
	require.Len(t, found, 1)
	text, err := os.ReadFile(found[0])
	require.NoError(t, err)
	return strings.TrimSpace(string(text))
}

func TestThePublicDemoSaysSo(t *testing.T) {
	t.Parallel()
	environment := append([]string{"PIZZERIA_DATA_DIR=" + pgtest.Folder(t)}, anyPorts...)

	out, errs, interrupt := begin(t, environment, "demo", "-public")

	api := await(t, out, `GraphQL\s+(http://\S+)`)
	require.Contains(t, api, "http://[::]:")
	require.Contains(t, out.String(), "a demo, for all who")
	_, answer := post(t, api, "shop.example", signIn)
	require.Contains(t, answer, `"token":"`)
	require.Contains(t, get(t, await(t, out, `playground\s+(http://\S+)`)), "<html")
	require.Zero(t, interrupt(), errs)
}

func TestTheDemoOpensOnADatabaseThatIsNoShops(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	environment := append([]string{"DATABASE_URL=" + db.DSN}, anyPorts...)
	for range 2 { // a demo that customers have signed up to is one all the same
		out, errs, interrupt := begin(t, environment, "demo")
		await(t, out, `GraphQL\s+(http://\S+)`)
		require.Zero(t, interrupt(), errs)
		_, err := db.Pool.Exec(t.Context(), `
			WITH customer AS (INSERT INTO public.customers (id, name, created_at) VALUES (gen_random_uuid(), 'Ada', now()) RETURNING id)
			INSERT INTO public.accounts (customer_id, email, password_hash, roles, created_at)
			SELECT c.id, c.id || '@example.org', 'x', '{CUSTOMER}', now() FROM customer AS c`)
		require.NoError(t, err)
	}

	_, err := db.Pool.Exec(t.Context(), `DELETE FROM public.accounts WHERE email LIKE '%@example.com'`)
	require.NoError(t, err)
	refused := call(t, environment, "demo")

	require.Equal(t, failed, refused.status)
	require.Contains(t, refused.errs, "it is a shop's")
}

// The server of tests doesn't wait for its disk.
func TestAShopThatTakesMoneyDoesNotOpenOnADatabaseThatMayLoseIt(t *testing.T) {
	t.Parallel()
	refused := call(t, []string{
		"PIZZERIA_DATABASE_URL=" + pgtest.New(t).DSN, "PIZZERIA_ADMIN_ADDR=127.0.0.1:0", "PIZZERIA_ADDR=127.0.0.1:0",
		"PIZZERIA_STRIPE_API_KEY=sk_live_nobody", "PIZZERIA_STRIPE_API_BASE=http://127.0.0.1:1",
	}, "serve")

	require.Equal(t, failed, refused.status)
	require.Contains(t, refused.errs, "money moves, and the database may lose what was paid: fsync is off and should be on; full_page_writes is off")
	require.NotContains(t, refused.out, "open")
}

func TestAShopForCustomersDoesNotOpenWithTheDemosAccounts(t *testing.T) {
	t.Parallel()
	db := pgtest.Open(t, pgtest.NewOwn(t).DSN(), 4)
	environment := append([]string{"PIZZERIA_DATABASE_URL=" + db.DSN, "PIZZERIA_ADMIN_ADDR=127.0.0.1:0"}, "PIZZERIA_ADDR=127.0.0.1:0")
	require.Zero(t, call(t, environment, "seed").status)
	_, errs, interrupt := func() (out, errs *pipe, interrupt func() int) {
		out, errs, interrupt = begin(t, environment, "serve")
		require.Contains(t, get(t, await(t, out, `playground\s+(http://\S+)`)), "<html", "for oneself it may be tried out")
		return out, errs, interrupt
	}()
	require.Zero(t, interrupt(), errs)
	public := [][]string{
		{"PIZZERIA_ADDR=:0", "PIZZERIA_PAYMENTS=simulated"},
		{"PIZZERIA_TRUSTED_PROXIES=127.0.0.1", "PIZZERIA_PAYMENTS=simulated"},
		{"PIZZERIA_STRIPE_API_KEY=sk_live_nobody", "PIZZERIA_STRIPE_API_BASE=http://127.0.0.1:1"},
	}
	for _, more := range public {
		refused := call(t, append(environment, more...), "serve")
		require.Equal(t, failed, refused.status, "%v", more)
		require.Contains(t, refused.errs, "the demo's password, which is public: customer@example.com, cook@example.com, driver@example.com, manager@example.com;")
		require.NotContains(t, refused.out, "open")
	}

	_, err := db.Pool.Exec(t.Context(), `UPDATE public.accounts SET password_hash = (
		SELECT a.password_hash FROM public.accounts AS a LIMIT 1
	) || 'A' WHERE email <> 'driver@example.com'`)
	require.NoError(t, err)
	require.Contains(t, call(t, append(environment, public[0]...), "serve").errs, "which is public: driver@example.com;")

	_, err = db.Pool.Exec(t.Context(), `DELETE FROM public.accounts`)
	require.NoError(t, err)
	own := `mutation { signUp(input: {name: \"A stranger\", email: \"manager@example.com\", password: \"pizzeria-demo\"}) { token } }`
	for i, more := range public {
		out, errs, interrupt := begin(t, append(environment, more...), "serve")
		api := await(t, out, `GraphQL\s+(http://\S+)`)
		_, answer := post(t, api, "", own)
		require.Equal(t, i == 0, strings.Contains(answer, `"token":"`), "a stranger with their address and password closes no shop: %s", answer)
		_, answer = post(t, api, "", `{ __schema { queryType { name } } }`)
		require.Contains(t, answer, "INTROSPECTION_DISABLED")
		response, err := http.Get(strings.Replace(api, "/graphql", "/playground", 1))
		require.NoError(t, err)
		require.NoError(t, response.Body.Close())
		require.Equal(t, http.StatusNotFound, response.StatusCode)
		require.NotContains(t, out.String(), "playground")
		require.Zero(t, interrupt(), errs)
	}
}

func TestSeedRefusesAShop(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	environment := append([]string{"PIZZERIA_DATABASE_URL=" + db.DSN}, anyPorts...)
	out, errs, interrupt := begin(t, environment, "serve")
	_, answer := post(t, await(t, out, `GraphQL\s+(http://\S+)`), "", strings.ReplaceAll(signIn, "signIn(input: {", `signUp(input: {name: \"Mario\", `))
	require.Contains(t, answer, `"token":"`)
	require.Zero(t, interrupt(), errs)

	got := call(t, environment, "seed")

	require.Equal(t, failed, got.status)
	require.Contains(t, got.errs, "this database has accounts of its own")
	require.Equal(t, 1, count(t, db.DSN, `SELECT count(*) FROM public.accounts`))
}

func count(t *testing.T, dsn, query string) (n int) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), dsn)
	require.NoError(t, err)
	defer func() { _ = conn.Close(t.Context()) }()
	require.NoError(t, conn.QueryRow(t.Context(), query).Scan(&n))
	return n
}

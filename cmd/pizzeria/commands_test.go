package main

import (
	"context"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/stripe/stripe-go/v85/webhook"

	"pizzeria/internal/platform/fleet"
	"pizzeria/internal/platform/pgtest"
	"pizzeria/internal/server"
)

func TestCommandsOnAConfiguredDatabase(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	folder := pgtest.Folder(t)
	environment := []string{"PIZZERIA_DATABASE_URL=" + db.DSN, "PIZZERIA_DATA_DIR=" + folder}

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

	got := call(t, []string{"PIZZERIA_DATABASE_URL=" + db.DSN}, "migrate")

	require.Zero(t, got.status, got.errs)
	require.Zero(t, call(t, []string{"PIZZERIA_DATABASE_URL=" + db.DSN}, "verify").status)
}

func TestVerifyFindsADifference(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	environment := []string{"PIZZERIA_DATABASE_URL=" + db.DSN}
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

func TestModelsAreShownRebuiltAndPruned(t *testing.T) {
	t.Parallel()
	environment := []string{"PIZZERIA_DATABASE_URL=" + pgtest.New(t).DSN}
	require.Zero(t, call(t, environment, "seed").status)

	require.Regexp(t, `(?m)^menu_1 +[0-9a-f]{16} +in_use +0 +[1-9][0-9]* +0 +[0-9hms]+ old +-$`, call(t, environment, "models").out)

	rebuilt := call(t, environment, "models", "rebuild", "-model", "menu")
	require.Zero(t, rebuilt.status, rebuilt.errs)
	require.Regexp(t, `^menu +rebuilt in `, rebuilt.out)
	shown := call(t, environment, "models").out
	require.Regexp(t, `(?m)^menu_1 .* retired .*\nmenu_2 .* in_use `, shown)

	require.Equal(t, "menu_1 dropped\n", call(t, environment, "models", "prune").out)
	require.NotContains(t, call(t, environment, "models").out, "menu_1")
	require.Zero(t, call(t, environment, "verify").status)
	require.Contains(t, call(t, environment, "models", "rebuild", "-model", "pasta").errs, `there is no read model "pasta"`)
	require.Equal(t, misused, call(t, environment, "models", "paint").status)
}

func TestPruneKeepsWhatAServerAtWorkReads(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	environment := []string{"PIZZERIA_DATABASE_URL=" + db.DSN}
	require.Zero(t, call(t, environment, "seed").status)
	require.Zero(t, call(t, environment, "models", "rebuild", "-model", "menu").status)
	const earlier = "00000000000000ff"
	_, err := db.Pool.Exec(t.Context(), `UPDATE readmodel.generations SET hash = $1 WHERE model = 'menu' AND number = 1`, earlier)
	require.NoError(t, err)

	server := fleet.Server{ID: fleet.NewID(), Version: "v1.0.0", Definitions: []string{earlier}}
	member, err := fleet.Join(t.Context(), db.Pool, server, slog.New(slog.DiscardHandler))
	require.NoError(t, err)
	working, stop := context.WithCancel(t.Context())
	defer stop()
	var beating sync.WaitGroup
	beating.Go(func() { member.Run(working) })
	kept := "menu_1 is kept: server " + server.String() + " reads it\n"
	require.Equal(t, kept, call(t, environment, "models", "prune").out)

	stop()
	beating.Wait()
	member.Leave(t.Context())
	require.Equal(t, "menu_1 dropped\n", call(t, environment, "models", "prune").out)
}

func TestGatewayAlone(t *testing.T) {
	t.Parallel()
	out, _, interrupt := begin(t, nil, "gateway", "-addr", "127.0.0.1:0")
	url := await(t, out, `ledger: (http://\S+/_ledger)`)

	require.JSONEq(t, `{"entries": [], "orders": []}`, get(t, url))

	require.Zero(t, interrupt())
}

func TestGatewayAloneTellsAWebhook(t *testing.T) {
	t.Parallel()
	signatures, bodies := make(chan string, 1), make(chan []byte, 1)
	shop := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Errorf("read event: %v", err)
		}
		signatures <- r.Header.Get("Stripe-Signature")
		bodies <- body
	}))
	defer shop.Close()
	for name, environment := range map[string][]string{"made": nil, "given": {"PIZZERIA_STRIPE_WEBHOOK_SECRET=whsec_given,whsec_before"}} {
		out, _, interrupt := begin(t, environment, "gateway", "-addr", "127.0.0.1:0", "-webhook", shop.URL)
		base, secret := await(t, out, `PIZZERIA_STRIPE_API_BASE=(\S+)`), "whsec_given"
		if environment == nil {
			secret = await(t, out, `PIZZERIA_STRIPE_WEBHOOK_SECRET=(\S+)`)
		}

		order := url.Values{
			"amount": {"900"}, "currency": {"usd"}, "capture_method": {"manual"}, "confirm": {"true"}, "payment_method": {"tok_ok"},
		}
		request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, base+"/v1/payment_intents", strings.NewReader(order.Encode()))
		require.NoError(t, err)
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		request.Header.Set("Authorization", "Bearer "+server.SimulatedKey)
		response, err := http.DefaultClient.Do(request)
		require.NoError(t, err)
		require.NoError(t, response.Body.Close())

		require.NoError(t, webhook.ValidatePayload(<-bodies, <-signatures, secret), name)
		require.Zero(t, interrupt())
	}
}

func TestServeOnAConfiguredDatabase(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	folder := pgtest.Folder(t)
	out, errs, interrupt := begin(t, []string{"PIZZERIA_DATABASE_URL=" + db.DSN, "PIZZERIA_DATA_DIR=" + folder, "PIZZERIA_ADDR=127.0.0.1:0", "PIZZERIA_ADMIN_ADDR=127.0.0.1:0"}, "serve")

	require.Equal(t, "server: ok\ndatabase: ok\nschema: ok\nshop: ok\nfeed: ok\nmodels: ok\n", get(t, await(t, out, `admin\s+(http://\S+/readyz)`)))
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

func TestTheVersionIsPrinted(t *testing.T) {
	t.Parallel()
	require.Regexp(t, `^pizzeria \S+ \(.*go1\.\S+\)\n$`, call(t, nil, "version").out)
}

func TestAddressThatIsTaken(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	listener, err := (&net.ListenConfig{}).Listen(context.Background(), "tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer listener.Close()
	for _, variable := range []string{"PIZZERIA_ADDR", "PIZZERIA_ADMIN_ADDR"} {
		free := map[string]string{"PIZZERIA_ADDR": "127.0.0.1:0", "PIZZERIA_ADMIN_ADDR": "127.0.0.1:0"}
		free[variable] = listener.Addr().String()

		got := call(t, []string{"PIZZERIA_DATABASE_URL=" + db.DSN, "PIZZERIA_ADDR=" + free["PIZZERIA_ADDR"], "PIZZERIA_ADMIN_ADDR=" + free["PIZZERIA_ADMIN_ADDR"]}, "serve")

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

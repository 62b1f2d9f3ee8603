package proof_test

import (
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// A shop as it should be when customers come, and each setting that can be forgotten.
func TestCheckTellsWhatIsNotReadyForCustomers(t *testing.T) {
	t.Parallel()
	shop := openReadyShop(t)
	environment, backups := shop.environment, shop.backups
	shop.exec(t, `
		WITH person AS (INSERT INTO public.customers (id, name, created_at) VALUES ('0190a000-0000-7000-8000-000000000001', 'Mario', now()))
		INSERT INTO public.accounts (customer_id, email, password_hash, roles, created_at)
		VALUES ('0190a000-0000-7000-8000-000000000001', 'mario@shop.example', 'opens nothing', ARRAY['MANAGER'], now())`)
	shop.exec(t, `
		INSERT INTO public.locations
			(id, name, slug, street, city, postal_code, time_zone, day_ends_at, currency, prices_include_tax, delivery_fee, version, created_at, updated_at)
		VALUES ('0190a000-0000-7000-8000-000000000002', 'Loop', 'loop', '1 Main St', 'Chicago', '60601', 'America/Chicago', 0, 'USD', false, 350, 1, now(), now())`)
	stale := filepath.Join(backups, "old.backup")
	require.NoError(t, os.WriteFile(stale, nil, 0o600))
	require.NoError(t, os.Chtimes(stale, time.Time{}, time.Now().Add(-50*time.Hour)))
	bad := httptest.NewTLSServer(swallow(t, shop.server))
	defer bad.Close()

	said := shop.check(t)

	require.Equal(t, 14, strings.Count(said, "\n"), said)
	require.Equal(t, 14, strings.Count(said, " ok\n"), said)
	for _, c := range []struct{ change, says string }{
		{"PIZZERIA_STRIPE_API_KEY= PIZZERIA_STRIPE_PUBLISHABLE_KEY=", "payments    not ready: the gateway is simulated"},
		{"PIZZERIA_STRIPE_API_KEY=sk_test_nobody PIZZERIA_STRIPE_PUBLISHABLE_KEY=pk_test_nobody", "payments    not ready: PIZZERIA_STRIPE_API_KEY is one for tests"},
		{"PIZZERIA_STRIPE_PUBLISHABLE_KEY=", "payments    not ready: the shop's page offers cash only: set PIZZERIA_STRIPE_PUBLISHABLE_KEY"},
		{"PIZZERIA_STRIPE_WEBHOOK_SECRET=", "webhook     not ready: PIZZERIA_STRIPE_WEBHOOK_SECRET isn't set"},
		{"PIZZERIA_STRIPE_WEBHOOK_SECRET=whsec_short", "secrets     not ready: a secret in PIZZERIA_STRIPE_WEBHOOK_SECRET can be guessed"},
		{"PIZZERIA_RATE_LIMIT=off", "limits      not ready: PIZZERIA_RATE_LIMIT is off"},
		{"PIZZERIA_LIMIT_SIGN_IN_ACCOUNT=off", "limits      not ready: PIZZERIA_LIMIT_SIGN_IN_ACCOUNT is off"},
		{"PIZZERIA_PLAYGROUND=on", "playground  not ready: playground and introspection are on"},
		{"PIZZERIA_PUBLIC_URL=", "tls         not ready: PIZZERIA_PUBLIC_URL isn't set"},
		{"PIZZERIA_PUBLIC_URL=" + strings.TrimSuffix(shop.server.url, "/graphql"), "tls         not ready: PIZZERIA_PUBLIC_URL is plain HTTP"},
		{"PIZZERIA_PUBLIC_URL=https://127.0.0.1:1", "tls         not ready: the shop can't be reached"},
		{"SSL_CERT_FILE=/dev/null", "certificate signed by unknown authority"},
		{"PIZZERIA_TRUSTED_PROXIES=", "proxy       not ready: PIZZERIA_TRUSTED_PROXIES names none"},
		{"PIZZERIA_PUBLIC_URL=" + bad.URL, "proxy       not ready: it doesn't pass X-Forwarded-Proto on"},
		{"PIZZERIA_PUBLIC_URL=" + bad.URL, "proxy       not ready: it doesn't let sockets through"},
		{"PIZZERIA_PUBLIC_URL=" + bad.URL, "proxy       not ready: all clients reach the admin address"},
		{"PIZZERIA_PUBLIC_URL=" + bad.URL, "webhook     not ready: an event without a signature is answered 404"},
		{"PIZZERIA_DATABASE_MAX_CONNS=1000", "database    not ready: max_connections leaves room for 97"},
		{"PIZZERIA_DATABASE_PASSWORD=Postgres", "secrets     not ready: the database's password"},
		{"PIZZERIA_BACKUPS=" + backups + "/*.backup", "backups     not ready: the newest was made 50 hours ago"},
		{"PIZZERIA_BACKUPS=" + backups + "/*.gz", "backups     not ready: there is no file "},
		{"PIZZERIA_BACKUPS=", "backups     not ready: nothing is known of any"},
	} {
		status, said := refused(t, append(slices.Clone(environment), strings.Fields(c.change)...), "check")
		require.Equal(t, 1, status, said)
		require.Contains(t, said, c.says, c.change)
	}

	shop.exec(t, `DELETE FROM public.accounts; DELETE FROM public.locations`)
	_, said = refused(t, environment, "check")
	require.Contains(t, said, "location    not ready: there is none")
	run(t, environment, "seed")
	_, said = refused(t, environment, "check")
	require.Contains(t, said, "accounts    not ready: these have the demo's password, which is public: customer@example.com, cook@example.com")
	require.Contains(t, said, "manager     not ready: there is none")
}

// swallow is a proxy that has lost the headers, and serves what it shouldn't.
func swallow(t *testing.T, shop *program) http.Handler {
	t.Helper()
	to, err := url.Parse(strings.TrimSuffix(shop.url, "/graphql"))
	require.NoError(t, err)
	inside, err := url.Parse(shop.admin)
	require.NoError(t, err)
	mux := http.NewServeMux()
	mux.Handle("/graphql", &httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) { r.SetURL(to) }})
	mux.Handle("/metrics", &httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) { r.SetURL(inside) }})
	return mux
}

func TestCheckGoesOnWithoutTheDatabase(t *testing.T) {
	t.Parallel()
	folder, err := built()
	require.NoError(t, err)
	cmd := exec.Command(filepath.Join(folder, "pizzeria"), "check")
	cmd.Env = slices.Concat([]string{"PIZZERIA_DATABASE_URL=postgres://nobody@127.0.0.1:1/nothing"}, inherited())
	out, err := cmd.CombinedOutput()
	require.Error(t, err)
	require.Contains(t, string(out), "payments    not ready: the gateway is simulated")
	for _, name := range []string{"database", "schema", "accounts", "manager", "location", "clock", "backups"} {
		require.Contains(t, string(out), name+strings.Repeat(" ", 12-len(name))+"not ready: the database doesn't answer", name)
	}
}

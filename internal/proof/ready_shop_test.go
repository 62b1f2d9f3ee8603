package proof_test

import (
	"context"
	"encoding/pem"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/pgtest"
)

// readyShop is a shop as it should be when customers come, but for its people and places: a Postgres of its own, a gateway, a
// server, a proxy that ends HTTPS, and backups.
type readyShop struct {
	database    *pgx.Conn
	environment []string // of the server, and of commands beside it
	server      *program
	backups     string // a folder
}

func openReadyShop(t *testing.T) *readyShop {
	t.Helper()
	own := pgtest.NewOwn(t)
	database, err := pgx.Connect(t.Context(), own.DSN())
	require.NoError(t, err)
	s := &readyShop{database: database, backups: t.TempDir()}
	t.Cleanup(func() { _ = database.Close(context.WithoutCancel(t.Context())) })
	gateway := start(t, "/_ledger", []string{"PIZZERIA_STRIPE_API_KEY=sk_live_nobody"}, "gateway", "-addr", "127.0.0.1:0")
	require.NoError(t, os.WriteFile(filepath.Join(s.backups, "today.dump"), nil, 0o600))
	s.environment = []string{
		"PIZZERIA_DATABASE_URL=" + own.DSN(), "PIZZERIA_STRIPE_API_KEY=sk_live_nobody", "PIZZERIA_STRIPE_API_BASE=" + gateway.ledger,
		"PIZZERIA_STRIPE_PUBLISHABLE_KEY=pk_live_nobody",
		"PIZZERIA_STRIPE_WEBHOOK_SECRET=whsec_0123456789abcdef", "PIZZERIA_TRUSTED_PROXIES=127.0.0.1", "PIZZERIA_BACKUPS=" + s.backups + "/*.dump",
	}
	s.server = serve(t, s.environment...)
	proxy := httptest.NewTLSServer(passOn(t, s.server.url))
	t.Cleanup(proxy.Close)
	certificate := filepath.Join(s.backups, "root.pem") // all such proxies have the same
	require.NoError(t, os.WriteFile(certificate, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: proxy.Certificate().Raw}), 0o600))
	s.environment = append(s.environment, "PIZZERIA_PUBLIC_URL="+proxy.URL, "SSL_CERT_FILE="+certificate)
	return s
}

// check returns what `pizzeria check` says of a shop that is ready.
func (s *readyShop) check(t *testing.T) string {
	t.Helper()
	return run(t, s.environment, "check")
}

func (s *readyShop) exec(t *testing.T, statement string) {
	t.Helper()
	_, err := s.database.Exec(t.Context(), statement)
	require.NoError(t, err)
}

// passOn is the proxy as it should be.
func passOn(t *testing.T, api string) http.Handler {
	t.Helper()
	to, err := url.Parse(strings.TrimSuffix(api, "/graphql"))
	require.NoError(t, err)
	return &httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) {
		r.SetURL(to)
		r.SetXForwarded()
		r.Out.Host = r.In.Host
	}}
}

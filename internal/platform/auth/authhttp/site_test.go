package authhttp_test

import (
	"context"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/customer"
	"pizzeria/internal/customer/customerstore"
	"pizzeria/internal/customer/customerview"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/auth/authhttp"
	"pizzeria/internal/platform/clock"
	"pizzeria/internal/platform/pgtest"
)

// site is an HTTP server behind the middleware, on a database of its own.
type site struct {
	t         *testing.T
	db        *pgtest.Database
	store     *customerstore.Store
	sessions  *auth.Sessions
	handler   http.Handler
	url       string
	client    *http.Client
	endStream func()
}

func start(t *testing.T) *site {
	t.Helper()
	s := &site{t: t, db: pgtest.New(t)}
	s.store = customerstore.New(s.db.Gorm, now)
	s.sessions = auth.NewSessions(customerview.NewSessions(s.db.Pool), now, clock.New())
	ended := make(chan struct{})
	s.endStream = sync.OnceFunc(func() { close(ended) })
	s.handler = authhttp.Cookies(now, s.signedIn(pages(ended)))
	server := httptest.NewServer(s.handler)
	s.url, s.client = server.URL, server.Client()
	t.Cleanup(server.Close)
	t.Cleanup(s.endStream)
	return s
}

// now stands still, so that lifetimes are exact.
func now() time.Time { return time.Unix(1_800_000_000, 0).UTC() }

// signedIn lets the pages know who is asking. A client without a session is a visitor.
func (s *site) signedIn(pages http.Handler) http.Handler {
	connections := auth.NewConnections(s.sessions)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if ctx, err := connections.Authenticate(r.Context(), authhttp.Token(r)); err == nil {
			r = r.WithContext(ctx)
		}
		pages.ServeHTTP(w, r)
	})
}

// session opens one that lasts an hour, for a new account.
func (s *site) session(name string) (token string) {
	s.t.Helper()
	id := uuid.Must(uuid.NewV7())
	token = auth.NewToken()
	hash, _ := auth.HashToken(token)
	require.NoError(s.t, s.store.Add(s.t.Context(), customer.Account{
		ID: id, Name: name, Email: name + "@example.com", PasswordHash: "none",
		Rights: customer.Rights{Roles: []auth.Role{auth.RoleCustomer}},
	}, auth.System().Author(), customer.OpenSession{TokenHash: hash, AccountID: id, CreatedAt: now(), ExpiresAt: now().Add(time.Hour)}))
	return token
}

func (s *site) exec(statement string) {
	s.t.Helper()
	_, err := s.db.Pool.Exec(s.t.Context(), statement)
	require.NoError(s.t, err)
}

func (s *site) browser(t *testing.T) *http.Client {
	t.Helper()
	jar, err := cookiejar.New(nil)
	require.NoError(t, err)
	return &http.Client{Transport: s.client.Transport, Jar: jar}
}

// pages do with sessions what resolvers do.
func pages(streamEnded <-chan struct{}) http.Handler {
	signIn := func(ctx context.Context) {
		authhttp.SetSession(ctx, auth.TokenFromContext(ctx), now().Add(time.Hour))
	}
	mux := http.NewServeMux()
	handle := func(path string, f func(w http.ResponseWriter, r *http.Request)) { mux.HandleFunc("GET "+path, f) }
	handle("/who", who)
	handle("/sign-in", func(w http.ResponseWriter, r *http.Request) {
		signIn(r.Context())
		w.WriteHeader(http.StatusOK)
	})
	handle("/sign-out", func(w http.ResponseWriter, r *http.Request) {
		authhttp.ClearSession(r.Context())
		_, _ = io.WriteString(w, "{}")
	})
	handle("/sign-out-and-in", func(w http.ResponseWriter, r *http.Request) {
		authhttp.ClearSession(r.Context())
		signIn(r.Context())
		_, _ = io.WriteString(w, "{}")
	})
	handle("/silent", func(_ http.ResponseWriter, r *http.Request) { signIn(r.Context()) })
	handle("/goroutines", func(w http.ResponseWriter, r *http.Request) {
		for range 8 { // some of them outlive the answer
			go signIn(r.Context())
		}
		_, _ = io.WriteString(w, "{}")
	})
	handle("/stream", func(w http.ResponseWriter, r *http.Request) {
		conn := http.NewResponseController(w)
		authhttp.SetSession(r.Context(), auth.NewToken(), now().Add(time.Hour))
		if err := conn.SetWriteDeadline(time.Now().Add(time.Minute)); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		_, _ = io.WriteString(w, "first\n")
		_ = conn.Flush()
		<-streamEnded
	})
	handle("/socket", takeOver)
	return mux
}

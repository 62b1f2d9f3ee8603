package e2e_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/postgres"
	"pizzeria/internal/server"
	"pizzeria/internal/server/releasetest"
)

// migrated migrates the tables to a release, as serving does first.
func (s *shop) migrated(release server.Release) server.Release {
	s.Helper()
	_, err := postgres.Migrate(s.Context(), s.db.DSN, release.Files, s.log())
	require.NoError(s, err)
	return release
}

// readyz returns a server's answer at /readyz.
func (s *shop) readyz(of *runningServer) (status int, text string) {
	s.Helper()
	status, _, text = s.visitor().fetch(http.MethodGet, of.admin+"/readyz", nil)
	return status, text
}

func (s *shop) awaitReady(r *runningServer) {
	s.Helper()
	var said string
	require.Eventually(s, func() bool {
		status, text := s.readyz(r)
		said = text
		return status == http.StatusOK
	}, time.Minute, 10*time.Millisecond, "%s", &said)
}

func TestAServerAnswersItsClientsOnceItsReadModelsAreBuilt(t *testing.T) {
	s := open(t)
	customer := s.signIn("customer")
	next := s.migrated(releasetest.Next(t))
	keeps, err := s.db.Pool.Begin(t.Context()) // somebody writes orders, and takes long
	require.NoError(t, err)
	defer func() { _ = keeps.Rollback(context.Background()) }()
	_, err = keeps.Exec(t.Context(), "SET LOCAL idle_in_transaction_session_timeout = 0; LOCK TABLE public.orders IN ROW EXCLUSIVE MODE")
	require.NoError(t, err)

	second := s.serveRelease(s.config, next, s.log())

	alive, _, _ := s.visitor().fetch(http.MethodGet, second.admin+"/healthz", nil)
	require.Equal(t, http.StatusOK, alive)
	require.Eventually(t, func() bool {
		status, text := s.readyz(second)
		require.Equal(t, http.StatusServiceUnavailable, status)
		return strings.Contains(text, "model order: not ready: it can't be read yet: it waits for the tables that it follows\n")
	}, time.Minute, 10*time.Millisecond)
	_, text := s.readyz(second)
	require.Contains(t, text, "model pizza_sales: not ready: it can't be read yet: its turn to be built has not come\n")
	require.NotContains(t, text, "model menu", "what is as before need not be built")

	refused := customer.through(second).do(`{ menu { id } }`, nil)
	require.Equal(t, http.StatusServiceUnavailable, refused.status)
	require.Equal(t, "UNAVAILABLE", refused.code())
	require.Equal(t, "1", refused.header.Get("Retry-After"))
	socket := s.visitor().through(second).request(http.MethodGet, second.url+"/graphql", "", "")
	socket.Header.Set("Upgrade", "websocket")
	socket.Header.Set("Connection", "Upgrade")
	require.Equal(t, http.StatusServiceUnavailable, s.visitor().receive(socket).status)
	events := s.visitor().receive(s.visitor().request(http.MethodGet, second.url+"/graphql?query={menu{id}}", "", "text/event-stream"))
	require.Equal(t, http.StatusServiceUnavailable, events.status)
	status, _ := s.readyz(s.first)
	require.Equal(t, http.StatusOK, status, "the server of the version before serves on")

	require.NoError(t, keeps.Rollback(t.Context()))
	s.awaitReady(second)
	order := customer.through(second).placed(s.margherita())
	require.Equal(t, order.ID, customer.order(order.ID).ID)
	var boxes int
	err = s.db.Pool.QueryRow(t.Context(), `SELECT (v.document->>'boxes')::integer FROM public.order_view AS v WHERE v.id = $1`, order.ID).Scan(&boxes)
	require.NoError(t, err)
	require.Equal(t, 1, boxes)
}

func TestAServerThatIsStillBuildingStopsAtOnce(t *testing.T) {
	s := open(t)
	next := s.migrated(releasetest.Next(t))
	keeps, err := s.db.Pool.Begin(t.Context())
	require.NoError(t, err)
	defer func() { _ = keeps.Rollback(context.Background()) }()
	_, err = keeps.Exec(t.Context(), "SET LOCAL idle_in_transaction_session_timeout = 0; LOCK TABLE public.orders IN ROW EXCLUSIVE MODE")
	require.NoError(t, err)
	second := s.serveRelease(s.config, next, s.log())

	second.stop()

	require.NoError(t, keeps.Rollback(t.Context()))
	third := s.serveRelease(s.config, next, s.log())
	s.awaitReady(third)
}

func TestWhatAServerAtWorkNeedsIsNotTakenAwayAndAnEarlierOneIsNotReadyOnceItIs(t *testing.T) {
	s := open(t)
	contracted := releasetest.Contracted(t)
	config := s.config
	config.DatabaseURL = s.db.DSN

	_, err := server.OpenDatabase(t.Context(), config, contracted, s.log())

	require.ErrorContains(t, err, "takes away what versions up to v9.1.0 need, and there is still at work: ")
	var boxes bool
	require.NoError(t, s.db.Pool.QueryRow(t.Context(), `
		SELECT EXISTS (SELECT FROM pg_catalog.pg_attribute AS a WHERE a.attrelid = 'public.orders'::regclass AND a.attname = 'boxes')`).Scan(&boxes))
	require.False(t, boxes, "nothing was applied")
	status, _ := s.readyz(s.first)
	require.Equal(t, http.StatusOK, status)

	_, err = postgres.Migrate(t.Context(), s.db.DSN, contracted.Files, s.log()) // by force
	require.NoError(t, err)
	status, text := s.readyz(s.first)
	require.Equal(t, http.StatusServiceUnavailable, status)
	require.Contains(t, text, "schema: not ready: migration 9002 took away what versions up to v9.1.0 need, and this is ")
}

func TestAColumnThatAServerReadsIsTakenAwayOnceNobodyDoes(t *testing.T) {
	s := open(t)
	narrower := s.serveRelease(s.config, releasetest.Narrower(t), s.log())

	require.Eventually(t, func() bool {
		_, text := s.readyz(narrower)
		return strings.Contains(text, "model order: not ready: it can't be read yet: it takes columns away that a server still reads: ")
	}, time.Minute, 10*time.Millisecond)
	status, _ := s.readyz(s.first)
	require.Equal(t, http.StatusOK, status)
	require.NotEmpty(t, s.signIn("customer").placed(s.margherita()).ID)

	s.first.stop()
	s.awaitReady(narrower)
	_, err := server.Start(t.Context(), s.config, server.ThisRelease(), s.db.DSN, s.log())
	require.ErrorContains(t, err, "a newer version took away what this one reads of order: ")
}

// Package e2e_test tests the whole server as its clients meet it: real HTTP, real sockets, a real Postgres and the
// simulated payment gateway; nothing is replaced.
package e2e_test

import (
	"context"
	"encoding/json"
	"flag"
	"io"
	"log/slog"
	"net/http"
	"os"
	"runtime"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"pizzeria/internal/payment/simulator"
	"pizzeria/internal/platform/pgtest"
	"pizzeria/internal/platform/readmodel"
	"pizzeria/internal/server"
)

func TestMain(m *testing.M) {
	flag.Parse()
	// Two keep a processor busy while others wait. Each has some forty connections, and the server has 300.
	_ = flag.Set("test.parallel", strconv.Itoa(min(6, 2*runtime.GOMAXPROCS(0))))
	dropSeeded := goleak.Cleanup(func(status int) {
		if err := seeded.Drop(); err != nil {
			slog.Error("drop what tests began with", "error", err)
		}
		os.Exit(status)
	})
	goleak.VerifyTestMain(m, dropSeeded,
		goleak.IgnoreAnyFunction("pizzeria/internal/platform/privatepg.(*process).supervise")) // ends with us
}

// soon is how long a test waits for what takes milliseconds; machines can be busy.
const soon = 15 * time.Second

// shop is one pizzeria: a database of its own with the demo menu and accounts, and the servers over it.
type shop struct {
	*testing.T
	db     *pgtest.Database
	config server.Config
	first  *runningServer
	menu   map[string]string // ids of the demo dishes by name
	// expected is what a line of level ERROR may say, since the test makes it so.
	expected *atomic.Pointer[string]
}

// runningServer is one server.
type runningServer struct {
	url, admin, gateway string
	// stop shuts the server down as a signal does, and waits until it is gone.
	stop func()
}

// open opens the shop with one server. When the test ends, the server is stopped cleanly and the database is audited.
func open(t *testing.T, change ...func(*server.Config)) *shop {
	t.Helper()
	t.Parallel()
	return openSeeded(t, pgtest.New(t, pgtest.WithMaxConns(4), pgtest.WithRows(seeded)), change...)
}

// openOn opens the shop on a database without rows, which is made for it.
func openOn(t *testing.T, db *pgtest.Database, change ...func(*server.Config)) *shop {
	t.Helper()
	require.NoError(t, seed(t.Context(), db.DSN))
	return openSeeded(t, db, change...)
}

func openSeeded(t *testing.T, db *pgtest.Database, change ...func(*server.Config)) *shop {
	t.Helper()
	s := &shop{T: t, db: db, menu: map[string]string{}, expected: &atomic.Pointer[string]{}, config: server.Config{
		Addr: "127.0.0.1:0", AdminAddr: "127.0.0.1:0", DatabaseMaxConns: 10, Playground: true, AbandonAfter: time.Minute,
	}}
	for _, change := range change {
		change(&s.config)
	}
	s.first = s.serve(s.config)
	t.Cleanup(s.audit)

	for _, item := range ask[struct{ Menu []item }](s.visitor(), `{ menu { id name } }`, nil).Menu {
		s.menu[item.Name] = item.ID
	}
	return s
}

// serve starts a server over the shop's database.
func (s *shop) serve(config server.Config) *runningServer {
	s.Helper()
	return s.serveWith(config, s.log())
}

func (s *shop) serveWith(config server.Config, log *slog.Logger) *runningServer {
	s.Helper()
	return s.serveRelease(config, server.ThisRelease(), log)
}

// serveRelease starts another version of the server. Its tables are up to date when it returns, its read models later.
func (s *shop) serveRelease(config server.Config, release server.Release, log *slog.Logger) *runningServer {
	s.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	started, err := server.Start(ctx, config, release, s.db.DSN, log)
	if err != nil {
		cancel()
	}
	require.NoError(s, err)
	served := make(chan error, 1)
	go func() { served <- started.Serve(ctx) }()
	r := &runningServer{url: started.URL(), admin: started.AdminURL(), gateway: started.GatewayURL()}
	r.stop = func() {
		cancel()
		select {
		case err, open := <-served:
			if open {
				close(served)
			}
			require.NoError(s, err, "stop the server")
		case <-time.After(30 * time.Second):
			s.Error("the server doesn't stop")
		}
	}
	s.Cleanup(func() { r.stop() })
	return r
}

// audit checks what must always hold: views equal their definitions, stock is the sum of its movements, and versions
// have no gaps.
func (s *shop) audit() {
	ctx := context.Background()
	models, err := readmodel.Models(ctx, s.db.Pool)
	require.NoError(s, err)
	for _, m := range models {
		different, err := readmodel.Verify(ctx, s.db.Pool, m)
		require.NoError(s, err)
		if !different.None() {
			s.Errorf("%s differs from its definition: %+v", m.Model, different)
		}
	}
	for what, query := range map[string]string{
		"ingredients whose stock isn't the sum of its movements": `SELECT count(*) FROM public.location_stock_view AS g
			WHERE (g.on_hand, g.reserved) <> (SELECT coalesce(sum(m.on_hand), 0), coalesce(sum(m.reserved), 0)
				FROM public.stock_movements AS m WHERE m.ingredient_id = g.id AND m.location_id = g.location_id)`,
		"stock that is held for quotes that there aren't": `SELECT count(*) FROM public.stock_movements AS m
			WHERE m.quote_id IS NOT NULL AND NOT EXISTS (SELECT FROM public.quotes AS q WHERE q.id = m.quote_id)`,
		"ids that two types of nodes share": `SELECT count(*) - count(DISTINCT every.id) FROM (
				SELECT o.id FROM public.order_view AS o
				UNION ALL SELECT m.id FROM public.menu_view AS m
				UNION ALL SELECT g.id FROM public.ingredient_view AS g
				UNION ALL SELECT s.id FROM public.staff_view AS s
				UNION ALL SELECT z.id FROM public.delivery_zone_view AS z
				UNION ALL SELECT q.id FROM public.quote_view AS q
				UNION ALL SELECT d.id FROM public.screen_view AS d
				UNION ALL SELECT c.id FROM public.scheduled_menu_change_view AS c
			) AS every`,
		"orders whose versions have gaps": `SELECT count(*) FROM public.orders AS o
			WHERE o.version <> (SELECT count(*) FROM public.events AS e WHERE e.stream_id = o.id)
				OR o.version <> (SELECT max(e.version) FROM public.events AS e WHERE e.stream_id = o.id)`,
	} {
		var wrong int
		require.NoError(s, s.db.Pool.QueryRow(ctx, query).Scan(&wrong))
		require.Zero(s, wrong, what)
	}
}

// countWrittenRows counts the rows of all tables that a command on orders writes.
func (s *shop) countWrittenRows() int {
	s.Helper()
	var rows int
	require.NoError(s, s.db.Pool.QueryRow(s.Context(), `SELECT (SELECT count(*) FROM public.orders)
		+ (SELECT count(*) FROM public.order_items) + (SELECT count(*) FROM public.payments)
		+ (SELECT count(*) FROM public.events) + (SELECT count(*) FROM public.stock_movements)`).Scan(&rows))
	return rows
}

// metric returns the value of a metric at the admin address, "" if there is none.
func (r *runningServer) metric(t *testing.T, name string) string {
	t.Helper()
	resp, err := http.Get(r.admin + "/metrics")
	require.NoError(t, err)
	defer http.DefaultClient.CloseIdleConnections()
	defer func() { _ = resp.Body.Close() }()
	text, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	for line := range strings.Lines(string(text)) {
		if value, found := strings.CutPrefix(line, name+" "); found {
			return strings.TrimSpace(value)
		}
	}
	return ""
}

// charges returns the totals of an order in the gateway's ledger; zero if there are none.
func (s *shop) charges(orderID string) simulator.Totals {
	s.Helper()
	resp, err := http.Get(s.first.gateway + "/_ledger")
	require.NoError(s, err)
	defer func() { _ = resp.Body.Close() }()
	var ledger simulator.Ledger
	require.NoError(s, json.NewDecoder(resp.Body).Decode(&ledger))
	http.DefaultClient.CloseIdleConnections()
	for _, totals := range ledger.Orders {
		if totals.OrderID == orderID {
			return totals
		}
	}
	return simulator.Totals{OrderID: orderID}
}

// log returns a log that fails the test if the server logs an error: no request of a client is a fault of the server.
func (s *shop) log() *slog.Logger { return slog.New(failingLogHandler{s}) }

// expectError lets the server log an error with this message.
func (s *shop) expectError(message string) { s.expected.Store(&message) }

type failingLogHandler struct{ shop *shop }

func (failingLogHandler) Enabled(_ context.Context, level slog.Level) bool {
	return level >= slog.LevelError
}
func (w failingLogHandler) WithAttrs([]slog.Attr) slog.Handler { return w }
func (w failingLogHandler) WithGroup(string) slog.Handler      { return w }
func (w failingLogHandler) Handle(_ context.Context, r slog.Record) error {
	text := r.Message
	if expected := w.shop.expected.Load(); expected != nil && *expected == text {
		return nil
	}
	r.Attrs(func(a slog.Attr) bool { text += " " + a.String(); return true })
	w.shop.Errorf("the server logged: %s", text)
	return nil
}

package proof_test

import (
	"math/rand/v2"
	"net/http"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/pgtest"
	"pizzeria/internal/platform/postgres"
)

const (
	// outageSeed fixes how long Postgres is away.
	outageSeed = 11
	// answered and recovered are what is promised, on a machine that has time for it. This one may run the servers,
	// Postgres, the guests and other tests at once: what must hold with the slack is that nothing hangs.
	answered, recovered, slack = 3 * time.Second, 5 * time.Second, 20 * time.Second
)

// Guests order without pause and spectators watch while Postgres dies: nobody waits long to be told, nothing that was
// acknowledged is lost, no stream ends or misses anything, and soon after Postgres is back all is as before.
func TestPostgresKilledUnderLoad(t *testing.T) {
	t.Parallel()
	database := pgtest.NewOwn(t)
	house := openHouse(t, database.DSN(), database.DSN())
	kills, orders := long(3, 10), int64(long(400, 20_000))
	random := rand.New(rand.NewPCG(outageSeed, 1))

	for i := range int64(kills) {
		house.requireOrders((2*i + 1) * orders / int64(2*kills))
		database.Kill(t)
		time.Sleep(time.Duration(random.IntN(1500)) * time.Millisecond)
		database.Start(t)
		house.requireRecovery(time.Now())
	}
	database.Suspend(t) // it hangs, without an end to any connection
	time.Sleep(5 * time.Second)
	database.Resume()
	house.requireRecovery(time.Now())
	house.requireOrders(orders)

	house.requireWhole(t)
}

// house is a pizzeria with two servers, a gateway of its own, and guests.
type house struct {
	*crowd
	pool       *pgxpool.Pool // straight to the database
	gateway    *program
	admin      string       // URL of one server's admin address
	spectators []*spectator // one at each server
}

// openHouse has the servers reach the database by another way than the test does.
func openHouse(t *testing.T, dsn, way string) *house {
	t.Helper()
	h := &house{gateway: start(t, "/_ledger", nil, "gateway", "-addr", "127.0.0.1:0")}
	environment := []string{"DATABASE_URL=" + way, "STRIPE_API_BASE=" + h.gateway.ledger}
	run(t, environment, "migrate")
	run(t, environment, "seed")
	var err error
	h.pool, err = postgres.Connect(t.Context(), dsn, postgres.Options{MaxConns: 2, NoTimeouts: true})
	require.NoError(t, err)
	t.Cleanup(h.pool.Close)
	fill(t, h.pool)
	one, other := serve(t, environment...), serve(t, environment...)
	h.admin = one.admin
	h.watch(t, byEvents, one.url)
	h.watch(t, bySocket, other.url)
	h.crowd = gather(t, 6, one.url, other.url)
	return h
}

// fill puts enough on the shelves for all orders to come.
func fill(t *testing.T, pool *pgxpool.Pool) {
	t.Helper()
	_, err := pool.Exec(t.Context(), `
		INSERT INTO public.stock_movements (ingredient_id, kind, on_hand, reserved, at)
		SELECT d.ingredient_id, 'COUNTED', d.on_hand, d.reserved, now()
		FROM public.change_stock((
			SELECT json_agg(json_build_object('ingredient_id', g.id, 'on_hand', 100000000, 'reserved', 0))
			FROM public.ingredients AS g
		)) AS d`)
	require.NoError(t, err)
}

// requireRecovery tells how long the guests waited for answers while the database was away, and how long for orders once
// it was back.
func (h *house) requireRecovery(back time.Time) {
	h.t.Helper()
	took := h.requireAllServed(back)
	slowest, told := h.worst()
	h.t.Logf("seed %d: %d times UNAVAILABLE, after %v at most; all guests served %v after the database was back",
		outageSeed, told, slowest.Round(time.Millisecond), took.Round(time.Millisecond))
	require.Positive(h.t, told, "nobody noticed")
	require.LessOrEqual(h.t, slowest, answered+slack)
	require.LessOrEqual(h.t, took, recovered+slack)
}

// requireWhole sends the guests home and looks at what they leave.
func (h *house) requireWhole(t *testing.T) {
	t.Helper()
	h.goHome()
	require.False(t, t.Failed())
	h.requireNothingLost(h.pool)
	requireSettled(t, h.pool, time.Minute)
	requireLawful(t, h.pool)
	requireBooksAgree(t, h.pool, books(t, h.gateway.ledger))
	for _, s := range h.spectators {
		s.requireEverything(t, h.pool)
	}
}

// A primary becomes a standby and a primary again. Whoever orders meanwhile is told to try again, the server isn't ready,
// and the same requests are answered soon after, each with one order.
func TestPostgresDemotedUnderLoad(t *testing.T) {
	t.Parallel()
	database := pgtest.NewOwn(t)
	house := openHouse(t, database.DSN(), database.DSN())
	house.requireOrders(60)

	database.Demote(t)
	require.Eventually(t, func() bool { return !isReady(t, house.admin) }, time.Minute, 50*time.Millisecond)
	time.Sleep(2 * time.Second)
	database.Promote(t)

	house.requireRecovery(time.Now())
	require.Eventually(t, func() bool { return isReady(t, house.admin) }, time.Minute, 50*time.Millisecond)
	house.requireOrders(120)
	house.requireWhole(t)
}

func isReady(t *testing.T, admin string) bool {
	t.Helper()
	response, err := http.Get(admin + "/readyz")
	require.NoError(t, err)
	defer response.Body.Close()
	return response.StatusCode == http.StatusOK
}

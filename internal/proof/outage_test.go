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
	// refusedWithin and recoveredWithin are promised for a machine that isn't overloaded. This one may run the servers,
	// Postgres, the clients and other tests at once: with the slack, they still show that nothing hangs.
	refusedWithin, recoveredWithin, slack = 3 * time.Second, 5 * time.Second, 20 * time.Second
)

// Clients place orders without pause and monitors follow the feed while Postgres is killed: clients are refused
// promptly, no acknowledged order is lost, no stream ends or misses an event, and orders are placed again soon after
// Postgres is back.
func TestPostgresKilledUnderLoad(t *testing.T) {
	t.Parallel()
	database := pgtest.NewOwn(t)
	d := deploy(t, database.DSN(), database.DSN())
	kills, orders := long(3, 10), int64(long(400, 20_000))
	random := rand.New(rand.NewPCG(outageSeed, 1))

	for i := range int64(kills) {
		d.requireOrders((2*i + 1) * orders / int64(2*kills))
		database.Kill(t)
		time.Sleep(time.Duration(random.IntN(1500)) * time.Millisecond)
		database.Start(t)
		d.requireRecovery(time.Now())
	}
	database.Suspend(t) // Postgres hangs, and no connection ends
	time.Sleep(5 * time.Second)
	database.Resume()
	d.requireRecovery(time.Now())
	d.requireOrders(orders)

	d.requireIntact(t)
}

// deployment is a shop with two servers and a gateway of its own, under the load of clients and monitors.
type deployment struct {
	*loadClients
	pool     *pgxpool.Pool // straight to the database
	gateway  *program
	admin    string         // URL of one server's admin address
	monitors []*feedMonitor // one at each server
}

// deploy starts the servers, which reach the database by serverDSN, while the test itself uses dsn.
func deploy(t *testing.T, dsn, serverDSN string) *deployment {
	t.Helper()
	d := &deployment{gateway: start(t, "/_ledger", nil, "gateway", "-addr", "127.0.0.1:0")}
	environment := []string{"PIZZERIA_DATABASE_URL=" + serverDSN, "PIZZERIA_STRIPE_API_BASE=" + d.gateway.ledger}
	run(t, environment, "migrate")
	run(t, environment, "seed")
	var err error
	d.pool, err = postgres.Connect(t.Context(), dsn, postgres.Options{MaxConns: 2, NoTimeouts: true})
	require.NoError(t, err)
	t.Cleanup(d.pool.Close)
	fillStock(t, d.pool)
	pgtest.LiftOrderLimits(t, d.pool)
	one, other := serve(t, environment...), serve(t, environment...)
	d.admin = one.admin
	d.watch(t, byEvents, one.url)
	d.watch(t, bySocket, other.url)
	d.loadClients = startLoad(t, 6, one.url, other.url)
	return d
}

// fillStock sets the stock of every ingredient high enough for all orders of a test.
func fillStock(t *testing.T, pool *pgxpool.Pool) {
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

// requireRecovery logs how long clients waited for a refusal while the database was away, and how long for orders once
// it was back. It fails if either took too long.
func (d *deployment) requireRecovery(back time.Time) {
	d.t.Helper()
	took := d.requireAllAcknowledged(back)
	slowest, told := d.slowestRefusal()
	d.t.Logf("seed %d: %d times UNAVAILABLE, after %v at most; all clients had an order %v after the database was back",
		outageSeed, told, slowest.Round(time.Millisecond), took.Round(time.Millisecond))
	require.Positive(d.t, told, "no client was refused")
	require.LessOrEqual(d.t, slowest, refusedWithin+slack)
	require.LessOrEqual(d.t, took, recoveredWithin+slack)
}

// requireIntact stops the clients and checks what they leave in the database, at the gateway and in the monitors.
func (d *deployment) requireIntact(t *testing.T) {
	t.Helper()
	d.stop()
	require.False(t, t.Failed())
	d.requireNothingLost(d.pool)
	requireSettled(t, d.pool, time.Minute)
	requireInvariants(t, d.pool)
	requireLedgerMatches(t, d.pool, ledgerTotals(t, d.gateway.ledger))
	for _, s := range d.monitors {
		s.requireEverything(t, d.pool)
	}
}

// A primary becomes a standby and then a primary again. In between, clients get UNAVAILABLE and the server isn't ready.
// Soon afterwards the same requests are answered, each with one order.
func TestPostgresDemotedUnderLoad(t *testing.T) {
	t.Parallel()
	database := pgtest.NewOwn(t)
	d := deploy(t, database.DSN(), database.DSN())
	d.requireOrders(60)

	database.Demote(t)
	require.Eventually(t, func() bool { return !isReady(t, d.admin) }, time.Minute, 50*time.Millisecond)
	time.Sleep(2 * time.Second)
	database.Promote(t)

	d.requireRecovery(time.Now())
	require.Eventually(t, func() bool { return isReady(t, d.admin) }, time.Minute, 50*time.Millisecond)
	d.requireOrders(120)
	d.requireIntact(t)
}

func isReady(t *testing.T, admin string) bool {
	t.Helper()
	response, err := http.Get(admin + "/readyz")
	require.NoError(t, err)
	defer response.Body.Close()
	return response.StatusCode == http.StatusOK
}

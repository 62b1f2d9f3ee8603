package proof_test

import (
	"context"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/pgtest"
	"pizzeria/internal/platform/readmodel"
	serving "pizzeria/internal/server"
	"pizzeria/internal/server/releasetest"
)

const rollingSeed = 17

// rollout is a fleet whose servers, of this release or another, run in this process behind a balancer, which goes by what
// /readyz says.
type rollout struct {
	*fleet
	config serving.Config
	stops  []func()
}

func openRollout(t *testing.T) *rollout {
	t.Helper()
	r := &rollout{fleet: &fleet{t: t, db: pgtest.New(t, pgtest.WithMaxConns(4))}}
	r.config = serving.Config{
		Addr: "127.0.0.1:0", AdminAddr: "127.0.0.1:0", DatabaseURL: r.db.DSN, DatabaseMaxConns: 8, Currency: "USD", AbandonAfter: time.Hour,
	}
	return r
}

// start starts a server of a release as the program does: tables first. It is not in the rotation yet.
func (r *rollout) start(release serving.Release) (*program, func()) {
	r.t.Helper()
	log := slog.New(slog.DiscardHandler)
	db, err := serving.OpenDatabase(r.t.Context(), r.config, release, log)
	require.NoError(r.t, err)
	ctx, cancel := context.WithCancel(context.Background())
	started, err := serving.Start(ctx, r.config, release, db.DSN, log)
	require.NoError(r.t, err)
	served := make(chan error, 1)
	go func() { served <- started.Serve(ctx) }()
	stop := sync.OnceFunc(func() {
		cancel()
		if err := <-served; err != nil {
			r.t.Errorf("stop a server: %v", err)
		}
	})
	r.t.Cleanup(stop)
	return &program{url: started.URL() + "/graphql", admin: started.AdminURL()}, stop
}

// add brings a server of a release into the rotation once it is ready.
func (r *rollout) add(release serving.Release) {
	r.t.Helper()
	p, stop := r.start(release)
	require.Eventually(r.t, func() bool { status, _ := readyz(p); return status == http.StatusOK }, time.Minute, 20*time.Millisecond)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.servers, r.stops = append(r.servers, p), append(r.stops, stop)
}

// removeOldest takes the oldest server out of the rotation, and then stops it.
func (r *rollout) removeOldest() {
	r.mu.Lock()
	stop := r.stops[0]
	r.servers, r.stops = slices.Clone(r.servers[1:]), slices.Clone(r.stops[1:])
	r.mu.Unlock()
	time.Sleep(500 * time.Millisecond) // so that nobody is still on the way to it
	stop()
}

// replace puts as many servers of a release in the place of those there are, one by one.
func (r *rollout) replace(release serving.Release) {
	r.t.Helper()
	for range len(r.servers) {
		r.add(release)
		r.removeOldest()
	}
}

func readyz(p *program) (status int, text string) {
	response, err := http.Get(p.admin + "/readyz")
	if err != nil {
		return 0, err.Error()
	}
	defer response.Body.Close()
	body, _ := io.ReadAll(response.Body)
	return response.StatusCode, string(body)
}

// watchReadiness returns what servers in the rotation said when they were not ready, until ctx ends.
func (r *rollout) watchReadiness(ctx context.Context) (wrong []string) {
	for ctx.Err() == nil {
		r.mu.Lock()
		servers := slices.Clone(r.servers)
		r.mu.Unlock()
		for _, p := range servers {
			status, text := readyz(p)
			r.mu.Lock()
			still := slices.Contains(r.servers, p)
			r.mu.Unlock()
			if still && status != http.StatusOK {
				wrong = append(wrong, text)
			}
		}
		time.Sleep(20 * time.Millisecond)
	}
	return wrong
}

func (r *rollout) requireExact() {
	r.t.Helper()
	err := serving.EachModel(r.t.Context(), r.db.DSN, "", slog.New(slog.DiscardHandler), func(pool *pgxpool.Pool, g readmodel.Generation) error {
		d, err := readmodel.Verify(r.t.Context(), pool, g)
		require.True(r.t, d.None(), "%s: %v", g.Name(), d.Examples)
		return err
	})
	require.NoError(r.t, err)
}

// inUse returns the number of a model's generation.
func (r *rollout) inUse(model string) (number int) {
	r.t.Helper()
	err := r.db.Pool.QueryRow(r.t.Context(), `SELECT m.generation FROM readmodel.models AS m WHERE m.name = $1`, model).Scan(&number)
	require.NoError(r.t, err)
	return number
}

func TestARollingUpgradeAndItsRollbackFailNoRequestAndLoseNoEvent(t *testing.T) {
	t.Parallel()
	this, next := serving.ThisRelease(), releasetest.Next(t)
	r := openRollout(t)
	r.add(this)
	r.add(this)
	start := r.now()
	w := r.work()
	orders := w.orders(t, 4)
	key := map[string]any{"items": []map[string]any{{"menuItemId": w.dish, "size": "MEDIUM", "quantity": 1}}}
	intent := func() string {
		answer, err := ask[struct{ Done moved }](t.Context(), r.at(0).url, w.customer, `mutation ($items: [OrderItemInput!]!) {
			done: placeOrder(input: {idempotencyKey: "one intent", fulfillment: PICKUP, paymentMethod: CASH, items: $items}) { order { id status version } }
		}`, key)
		require.NoError(t, err)
		require.NotNil(t, answer.Done.Order)
		return answer.Done.Order.ID
	}
	first := intent()

	following, leave := context.WithCancel(t.Context())
	var present sync.WaitGroup
	defer present.Wait()
	defer leave()
	followers := make([]*follower, 12)
	for i := range followers {
		by := []transport{bySocket, byEvents, bySocket, byEventsWithHeader}[i%4]
		wants := []subscription{allChanges(start), latestOfAll(start), changesOf(orders[i%4], start)}[i/4]
		followers[i] = r.follower(by, r.account(auth.RoleCook), wants, rand.New(rand.NewPCG(rollingSeed, 100+uint64(i))))
		present.Go(func() { followers[i].run(following) })
	}
	working, stop := context.WithCancel(t.Context())
	defer stop()
	var busy sync.WaitGroup
	var wrong []string
	busy.Go(func() { w.run(working, 30, rand.New(rand.NewPCG(rollingSeed, 2)), orders) })
	busy.Go(func() { wrong = r.watchReadiness(working) })

	require.Equal(t, 1, r.inUse("order"))
	r.replace(next)
	require.Equal(t, 2, r.inUse("order"))
	require.Equal(t, 2, r.inUse("pizza_sales"))
	require.Equal(t, first, intent(), "the first answer, at a server of the next version")
	var boxes, all int
	require.NoError(t, r.db.Pool.QueryRow(t.Context(), `
		SELECT count(*) FILTER (WHERE v.boxes = 1 AND (v.document->>'boxes')::integer = 1), count(*) FROM public.order_view AS v`).Scan(&boxes, &all))
	require.Equal(t, all, boxes)
	require.Eventually(t, func() bool { // nobody needs it any more
		var state string
		require.NoError(t, r.db.Pool.QueryRow(t.Context(), `SELECT g.state FROM readmodel.generations AS g WHERE g.model = 'order' AND g.number = 1`).Scan(&state))
		return state == "dropped"
	}, time.Minute, 100*time.Millisecond)
	r.replace(this)
	require.Equal(t, 2, r.inUse("order"), "an earlier version leaves a later one's in use")
	require.Equal(t, first, intent())
	time.Sleep(time.Second)
	stop()
	busy.Wait()

	require.Empty(t, wrong, "servers in the rotation that were not ready")
	require.Zero(t, w.lost.Load(), "failed requests")
	require.Positive(t, w.done.Load())
	visits := 0
	for _, follower := range followers {
		follower.requireAll(t)
		_, came := follower.got()
		visits += came
	}
	require.Greater(t, visits, len(followers), "nobody lost a connection")
	r.requireExact()
	t.Logf("seed %d: %d orders, %d commands and queries, %d clients connected %d times", rollingSeed, len(versions(t, r.db.Pool, "ORDER")), w.done.Load(), len(followers), visits)
}

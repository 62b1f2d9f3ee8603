package proof_test

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/platform/pgtest"
	"pizzeria/internal/platform/readmodel"
	serving "pizzeria/internal/server"
)

// rollout is a fleet whose servers, of this release or another, run in this process. A server is in the rotation, as
// behind a load balancer, while /readyz answers that it is ready.
type rollout struct {
	*fleet
	config serving.Config
	stops  []func()
}

func openRollout(t *testing.T) *rollout {
	t.Helper()
	r := &rollout{fleet: &fleet{t: t, db: pgtest.New(t, pgtest.WithMaxConns(4))}}
	r.db.AddLocation(t, "USD")
	r.config = serving.Config{
		Addr: "127.0.0.1:0", AdminAddr: "127.0.0.1:0", DatabaseURL: r.db.DSN, DatabaseMaxConns: 8, AbandonAfter: time.Hour,
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

// replace replaces the servers in the rotation by as many of the given release, one by one.
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

// watchReadiness returns the answers of /readyz by which servers in the rotation weren't ready, until ctx ends.
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

// inUse returns the number of the generation of a model that is in use.
func (r *rollout) inUse(model string) (number int) {
	r.t.Helper()
	err := r.db.Pool.QueryRow(r.t.Context(), `SELECT m.generation FROM readmodel.models AS m WHERE m.name = $1`, model).Scan(&number)
	require.NoError(r.t, err)
	return number
}

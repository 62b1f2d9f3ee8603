package fleet

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgxpool"
)

// Member is this process's place among the servers.
type Member struct {
	pool *pgxpool.Pool
	self Server
	log  *slog.Logger

	mu     sync.Mutex
	watch  watch
	others []Server
}

// Join makes the server known, by its first heartbeat.
func Join(ctx context.Context, pool *pgxpool.Pool, self Server, log *slog.Logger) (*Member, error) {
	self.Definitions = append([]string{}, self.Definitions...) // not null
	m := &Member{pool: pool, self: self, log: log}
	if err := m.beat(ctx); err != nil {
		return nil, err
	}
	return m, nil
}

// Run keeps the heart beating until ctx ends.
func (m *Member) Run(ctx context.Context) {
	tick := time.NewTicker(beatEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		if err := m.beat(ctx); err != nil && ctx.Err() == nil {
			m.log.WarnContext(ctx, "no heartbeat", "error", err)
		}
	}
}

// Others are the other servers at work, as of the last heartbeat.
func (m *Member) Others() []Server {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.others
}

// Leave makes known that the server has stopped. Without it, the others take goneAfter to find out.
func (m *Member) Leave(ctx context.Context) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), leaveTimeout)
	defer cancel()
	if err := m.remove(ctx, `DELETE FROM public.servers AS s WHERE s.id = $1`, m.self.ID); err != nil {
		m.log.WarnContext(ctx, "the other servers are not told of the stop", "error", err)
	}
}

// beat tells that this server is at work, and looks which others are.
func (m *Member) beat(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, beatTimeout)
	defer cancel()
	all, err := read(ctx, m.pool, `
		WITH beat AS (
			INSERT INTO public.servers AS s (id, version, definitions, started_at, seen_at, beats)
			VALUES ($1, $2, $3, pg_catalog.now(), pg_catalog.now(), 1)
			ON CONFLICT (id) DO UPDATE SET seen_at = excluded.seen_at, beats = s.beats + 1
		)
		SELECT s.id, s.version, s.definitions, s.beats FROM public.servers AS s WHERE s.id <> $1`,
		m.self.ID, m.self.Version, m.self.Definitions)
	if err != nil {
		return fmt.Errorf("write heartbeat: %w", err)
	}
	for _, h := range m.observe(all) {
		m.log.InfoContext(ctx, "another server is gone without a word", "server", h.ID, "version", h.Version)
		if err := m.remove(ctx, `DELETE FROM public.servers AS s WHERE s.id = $1 AND s.beats = $2`, h.ID, h.beats); err != nil {
			return err
		}
	}
	return nil
}

func (m *Member) observe(all []heartbeat) (gone []heartbeat) {
	m.mu.Lock()
	defer m.mu.Unlock()
	alive, gone := m.watch.look(all, time.Now())
	m.others = nil
	for _, h := range alive {
		m.others = append(m.others, h.Server)
	}
	return gone
}

func (m *Member) remove(ctx context.Context, sql string, args ...any) error {
	if _, err := m.pool.Exec(ctx, sql, args...); err != nil {
		return fmt.Errorf("remove a server: %w", err)
	}
	return nil
}

// NewID makes the id of a server.
func NewID() uuid.UUID { return uuid.Must(uuid.NewV7()) }

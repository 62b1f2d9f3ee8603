package screen

import (
	"context"
	"log/slog"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/platform/auth"
)

// liveSessions finds which sessions are alive, before each request and again and again while connections are open.
type liveSessions interface {
	Live(ctx context.Context, tokens []auth.TokenHash, at time.Time) (map[auth.TokenHash]auth.LiveSession, error)
}

// sightings remembers when screens were last seen.
type sightings interface {
	Saw(ctx context.Context, ids []uuid.UUID, at time.Time) error
}

// Presence notes which screens are in use: those whose tokens are asked about. Safe for concurrent use.
type Presence struct {
	sessions liveSessions
	screens  sightings
	now      func() time.Time
	log      *slog.Logger

	mu   sync.Mutex
	seen map[uuid.UUID]struct{} // since it was recorded last
}

// NewPresence watches what sessions is asked.
func NewPresence(sessions liveSessions, screens sightings, now func() time.Time, log *slog.Logger) *Presence {
	return &Presence{sessions: sessions, screens: screens, now: now, log: log, seen: map[uuid.UUID]struct{}{}}
}

// Live asks the sessions, and notes the screens among them.
func (p *Presence) Live(ctx context.Context, tokens []auth.TokenHash, at time.Time) (map[auth.TokenHash]auth.LiveSession, error) {
	live, err := p.sessions.Live(ctx, tokens, at)
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, session := range live {
		if session.Actor.IsScreen {
			p.seen[session.Actor.ID] = struct{}{}
		}
	}
	return live, err
}

// Record stores when the screens were seen that have been since it was called last. If it can't, they are seen the next time.
func (p *Presence) Record(ctx context.Context) {
	p.mu.Lock()
	ids := slices.Collect(maps.Keys(p.seen))
	clear(p.seen)
	p.mu.Unlock()
	if len(ids) == 0 {
		return
	}
	if err := p.screens.Saw(ctx, ids, p.now()); err != nil && ctx.Err() == nil {
		p.log.WarnContext(ctx, "record when screens were seen", "error", err)
	}
}

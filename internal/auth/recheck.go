package auth

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"
)

const (
	// gatherFor is how long rechecks wait for others, to share one statement: ten thousand open streams that each ask
	// every two seconds cost the database ten statements a second instead of five thousand.
	gatherFor = 100 * time.Millisecond
	// recheckTimeout ends a statement that nobody may be waiting for any more.
	recheckTimeout = 2 * time.Second
)

type rechecks struct {
	mu   sync.Mutex
	next *recheck
}

// recheck is one statement for many sessions.
type recheck struct {
	tokens map[TokenHash]struct{}
	done   chan struct{} // closed when live and err are set
	live   map[TokenHash]LiveSession
	err    error
}

// Recheck looks the session up anew, without the cache, and refuses with UNAUTHENTICATED if it is over. It takes a
// tenth of a second, so it is for sessions that are watched, not for requests.
func (s *Sessions) Recheck(ctx context.Context, token string) (Actor, error) {
	hash, ok := HashToken(token)
	if !ok {
		return Actor{}, sessionOver()
	}
	shared := s.join(hash)
	select {
	case <-ctx.Done():
		return Actor{}, fmt.Errorf("look up session again: %w", context.Cause(ctx))
	case <-shared.done:
	}
	if shared.err != nil {
		return Actor{}, fmt.Errorf("look up sessions again: %w", shared.err)
	}
	session, ok := shared.live[hash]
	if !ok {
		return Actor{}, sessionOver()
	}
	return session.Actor, nil
}

func (s *Sessions) join(hash TokenHash) *recheck {
	s.rechecks.mu.Lock()
	defer s.rechecks.mu.Unlock()
	if s.rechecks.next == nil {
		s.rechecks.next = &recheck{tokens: map[TokenHash]struct{}{}, done: make(chan struct{})}
		time.AfterFunc(gatherFor, s.recheck)
	}
	s.rechecks.next.tokens[hash] = struct{}{}
	return s.rechecks.next
}

func (s *Sessions) recheck() {
	s.rechecks.mu.Lock()
	shared := s.rechecks.next
	s.rechecks.next = nil
	s.rechecks.mu.Unlock()

	ctx, cancel := context.WithTimeout(context.Background(), recheckTimeout)
	defer cancel()
	defer close(shared.done)
	shared.live, shared.err = s.store.Live(ctx, slices.Collect(maps.Keys(shared.tokens)), s.now())
}

package auth

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"
)

// recheckTimeout ends a statement that nobody may be waiting for any more.
const recheckTimeout = 2 * time.Second

// rechecks are asked one after the other, so that whoever comes meanwhile shares the next one: an event that goes to
// many streams at once costs the database a few statements, and a quiet stream doesn't wait.
type rechecks struct {
	mu     sync.Mutex
	next   *recheck // nil if nobody asks
	asking bool
}

// recheck is one statement for many sessions.
type recheck struct {
	tokens map[TokenHash]struct{}
	done   chan struct{} // closed when live and err are set
	live   map[TokenHash]LiveSession
	err    error
}

// Recheck looks the session up anew, without the cache, and refuses with UNAUTHENTICATED if it is over.
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
	r := &s.rechecks
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.next == nil {
		r.next = &recheck{tokens: map[TokenHash]struct{}{}, done: make(chan struct{})}
	}
	r.next.tokens[hash] = struct{}{}
	if !r.asking {
		r.asking = true
		go s.recheck()
	}
	return r.next
}

// recheck asks until nobody has come meanwhile.
func (s *Sessions) recheck() {
	for shared := s.rechecks.take(); shared != nil; shared = s.rechecks.take() {
		ctx, cancel := context.WithTimeout(context.Background(), recheckTimeout)
		shared.live, shared.err = s.store.Live(ctx, slices.Collect(maps.Keys(shared.tokens)), s.now())
		cancel()
		close(shared.done)
	}
}

// take returns what is to be asked next; nil ends the asking.
func (r *rechecks) take() *recheck {
	r.mu.Lock()
	defer r.mu.Unlock()
	shared := r.next
	r.next, r.asking = nil, shared != nil
	return shared
}

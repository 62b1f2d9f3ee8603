package auth

import (
	"context"
	"fmt"
	"sync"
	"time"

	"pizzeria/internal/platform/batch"
	"pizzeria/internal/platform/clock"
	"pizzeria/internal/platform/fault"
)

// LiveSession is a session that has neither ended nor expired, with its account as it is now; or a token of an order that
// hasn't expired, or of a screen that isn't revoked, which are no sessions, but come in their place.
type LiveSession struct {
	Actor     Actor
	ExpiresAt time.Time
}

// liveSessions finds which of the sessions are alive at a time; the others are missing from the answer.
type liveSessions interface {
	Live(ctx context.Context, tokens []TokenHash, at time.Time) (map[TokenHash]LiveSession, error)
}

const (
	// cacheFor bounds how long this process still honours a session that another one ended, or a role that was taken.
	cacheFor = time.Second
	// cacheSize bounds the memory of the cache: some 5 MB.
	cacheSize = 10_000
	// lookUpTimeout is how long a request waits to be told who it is from.
	lookUpTimeout = 2 * time.Second
)

// Sessions knows whom a token belongs to. It asks the database at most once a second for each session, and it notices
// the end of a session or a change of its account within that second; within no time if Forget is told. Safe for
// concurrent use.
type Sessions struct {
	store liveSessions
	now   func() time.Time
	clock clock.Monotonic

	mu    sync.Mutex
	cache map[TokenHash]LiveSession
	since time.Duration // nothing in the cache is older
	epoch uint64        // moves whenever answers that are under way may no longer be kept

	rechecks *batch.Batcher[TokenHash, LiveSession]
}

// NewSessions returns Sessions on a store. Sessions end by the time of day; the cache goes by the clock.
func NewSessions(store liveSessions, now func() time.Time, clock clock.Monotonic) *Sessions {
	s := &Sessions{store: store, now: now, clock: clock, cache: map[TokenHash]LiveSession{}}
	s.rechecks = batch.New(1, s.recheck)
	return s
}

// Authenticate returns the session's actor and when the session expires. It refuses with UNAUTHENTICATED a token that
// is unknown, expired or revoked.
func (s *Sessions) Authenticate(ctx context.Context, token string) (Actor, time.Time, error) {
	hash, ok := HashToken(token)
	if !ok {
		return Actor{}, time.Time{}, sessionOver()
	}
	now := s.now()
	session, cached, epoch := s.cached(hash, now)
	if !cached {
		asking, cancel := context.WithTimeout(ctx, lookUpTimeout)
		found, err := s.store.Live(asking, []TokenHash{hash}, now)
		cancel()
		if err != nil {
			return Actor{}, time.Time{}, fmt.Errorf("look up session: %w", err)
		}
		if session, ok = found[hash]; !ok {
			return Actor{}, time.Time{}, sessionOver()
		}
		s.keep(hash, session, epoch)
	}
	return session.Actor, session.ExpiresAt, nil
}

// Forget makes this process look the session up anew: call it after the session has been ended.
func (s *Sessions) Forget(token string) {
	hash, _ := HashToken(token)
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.cache, hash)
	s.epoch++
}

func (s *Sessions) cached(hash TokenHash, now time.Time) (session LiveSession, ok bool, epoch uint64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	// Emptying the whole cache costs each session one look-up and needs no list of who expires when.
	if read := s.clock(); read-s.since >= cacheFor || len(s.cache) >= cacheSize {
		clear(s.cache)
		s.since = read
		s.epoch++
	}
	session, ok = s.cache[hash]
	if ok && !session.ExpiresAt.After(now) {
		return LiveSession{}, false, s.epoch
	}
	return session, ok, s.epoch
}

func (s *Sessions) keep(hash TokenHash, session LiveSession, epoch uint64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if epoch == s.epoch {
		s.cache[hash] = session
	}
}

func sessionOver() *fault.Error {
	return fault.New(fault.Unauthenticated, "The session has ended. Sign in again.")
}

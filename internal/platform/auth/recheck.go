package auth

import (
	"context"
	"fmt"
	"time"
)

// recheckTimeout limits a statement that may have no request left that waits for it.
const recheckTimeout = 2 * time.Second

// Recheck looks the session up anew, without the cache, and refuses with UNAUTHENTICATED if it is over. One statement runs
// at a time, so that an event that goes to many subscribers at once costs the database a few statements.
func (s *Sessions) Recheck(ctx context.Context, token string) (Actor, error) {
	hash, ok := HashToken(token)
	if !ok {
		return Actor{}, sessionOver()
	}
	session, found, err := s.rechecks.One(ctx, hash)
	switch {
	case err != nil:
		return Actor{}, fmt.Errorf("look up session again: %w", err)
	case !found:
		return Actor{}, sessionOver()
	}
	return session.Actor, nil
}

func (s *Sessions) recheck(ctx context.Context, hashes []TokenHash) (map[TokenHash]LiveSession, error) {
	ctx, cancel := context.WithTimeout(ctx, recheckTimeout)
	defer cancel()
	return s.store.Live(ctx, hashes, s.now())
}

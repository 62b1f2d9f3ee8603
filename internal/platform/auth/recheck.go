package auth

import (
	"context"
	"fmt"
	"time"
)

// recheckTimeout ends a statement that nobody may be waiting for any more.
const recheckTimeout = 2 * time.Second

// Recheck looks the session up anew, without the cache, and refuses with UNAUTHENTICATED if it is over. Statements go one
// after the other, so that an event that goes to many streams at once costs the database a few of them.
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

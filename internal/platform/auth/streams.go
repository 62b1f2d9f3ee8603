package auth

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// Streams authenticates sockets and event streams, and watches them while they are open.
type Streams struct{ sessions *Sessions }

// NewStreams returns Streams that share the requests' sessions.
func NewStreams(sessions *Sessions) *Streams { return &Streams{sessions: sessions} }

// Authenticate adds the session's actor and token to ctx. It refuses with UNAUTHENTICATED a token that is unknown,
// expired or revoked.
func (s *Streams) Authenticate(ctx context.Context, token string) (context.Context, error) {
	actor, _, err := s.sessions.Authenticate(ctx, token)
	if err != nil {
		return nil, err
	}
	// A copy, since a stream that is open for hours would keep the whole header for it.
	return WithToken(WithActor(ctx, actor), strings.Clone(token)), nil
}

// StillValid refuses with UNAUTHENTICATED once the session of ctx has ended or has other roles than when the stream was
// opened: what it may see was decided then.
func (s *Streams) StillValid(ctx context.Context) error {
	then := FromContext(ctx)
	if !then.SignedIn() {
		return nil
	}
	now, err := s.sessions.Recheck(ctx, TokenFromContext(ctx))
	if err != nil {
		return err
	}
	if !sameRoles(then.Roles, now.Roles) {
		return sessionOver()
	}
	return nil
}

// Ended tells of many streams, each by its ctx, which of them StillValid would refuse now. It asks one statement.
func (s *Streams) Ended(ctx context.Context, streams []context.Context) ([]bool, error) {
	hashes := make([]TokenHash, len(streams))
	for i, stream := range streams {
		hashes[i], _ = HashToken(TokenFromContext(stream)) // there is no session by the hash of none
	}
	live, err := s.sessions.store.Live(ctx, hashes, s.sessions.now())
	if err != nil {
		return nil, fmt.Errorf("look up the sessions of streams: %w", err)
	}
	ended := make([]bool, len(streams))
	for i, stream := range streams {
		then := FromContext(stream)
		now := live[hashes[i]].Actor // a visitor if the session is over
		ended[i] = then.SignedIn() && (!now.SignedIn() || !sameRoles(then.Roles, now.Roles))
	}
	return ended, nil
}

// User is the account's id, "" for a visitor.
func (s *Streams) User(ctx context.Context) string {
	actor := FromContext(ctx)
	if !actor.SignedIn() {
		return ""
	}
	return actor.ID.String()
}

func sameRoles(a, b []Role) bool {
	return slices.Equal(slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b)))
}

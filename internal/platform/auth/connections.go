package auth

import (
	"context"
	"fmt"
	"strings"

	"github.com/google/uuid"
)

// Connections authenticates sockets and event streams, and checks their sessions while they are open.
type Connections struct{ sessions *Sessions }

// NewConnections returns Connections that share the requests' sessions.
func NewConnections(sessions *Sessions) *Connections { return &Connections{sessions: sessions} }

// Authenticate adds the session's actor and token to ctx. It refuses with UNAUTHENTICATED a token that is unknown,
// expired or revoked.
func (s *Connections) Authenticate(ctx context.Context, token string) (context.Context, error) {
	actor, _, err := s.sessions.Authenticate(ctx, token)
	if err != nil {
		return nil, err
	}
	// A copy, since a connection that is open for hours would otherwise keep the whole header in memory.
	return WithToken(WithActor(ctx, actor), strings.Clone(token)), nil
}

// StillValid refuses with UNAUTHENTICATED once the session of ctx has ended or has other rights than when the connection was
// opened: what the connection may see was decided then.
func (s *Connections) StillValid(ctx context.Context) error {
	opened := FromContext(ctx)
	if !opened.Known() {
		return nil
	}
	current, err := s.sessions.Recheck(ctx, TokenFromContext(ctx))
	if err != nil {
		return err
	}
	if !opened.SameRights(current) {
		return sessionOver()
	}
	return nil
}

// Ended tells which of the connections, each given by its ctx, StillValid would refuse now. It runs one statement.
func (s *Connections) Ended(ctx context.Context, connections []context.Context) ([]bool, error) {
	hashes := make([]TokenHash, len(connections))
	for i, connection := range connections {
		hashes[i], _ = HashToken(TokenFromContext(connection)) // a visitor's hash is zero, which no session has
	}
	live, err := s.sessions.store.Live(ctx, hashes, s.sessions.now())
	if err != nil {
		return nil, fmt.Errorf("look up the sessions of connections: %w", err)
	}
	ended := make([]bool, len(connections))
	for i, connection := range connections {
		opened := FromContext(connection)
		current := live[hashes[i]].Actor // a visitor if the session is over
		ended[i] = opened.Known() && (!current.Known() || !opened.SameRights(current))
	}
	return ended, nil
}

// CanEnd tells whether ctx is of a session, a screen, or a token of an order.
func (s *Connections) CanEnd(ctx context.Context) bool { return FromContext(ctx).Known() }

// User is the id of the account or the screen, "" for a visitor, and for whoever has a token of an order: anybody can get one.
func (s *Connections) User(ctx context.Context) string {
	actor := FromContext(ctx)
	if actor.ID == uuid.Nil {
		return ""
	}
	return actor.ID.String()
}

// IsDevice tells whether ctx is of a screen.
func (s *Connections) IsDevice(ctx context.Context) bool { return FromContext(ctx).IsScreen }

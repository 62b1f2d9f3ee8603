package customer

import (
	"context"
	"fmt"

	"pizzeria/internal/platform/auth"
)

// SignOut ends the session of a token.
type SignOut struct {
	By    auth.Actor
	Token string
}

// Authorize refuses a screen with FORBIDDEN: it works until its manager revokes it.
func (c SignOut) Authorize() error { return c.By.RefuseScreens() }

// Validate has nothing to refuse: a token that opens nothing has nothing to end.
func (SignOut) Validate() error { return nil }

// openSessions ends sessions.
type openSessions interface {
	// Close tells whether there was a session to end.
	Close(ctx context.Context, token auth.TokenHash) (bool, error)
}

// SignOutHandler ends the session for good, and in this process at once.
type SignOutHandler struct {
	Sessions openSessions
	// Forget is told the token after its session has ended: auth.Sessions.Forget.
	Forget func(token string)
}

// Handle tells whether there was a session to end.
func (h *SignOutHandler) Handle(ctx context.Context, cmd SignOut) (bool, error) {
	hash, ok := auth.HashToken(cmd.Token)
	if !ok {
		return false, nil
	}
	ended, err := h.Sessions.Close(ctx, hash)
	if err != nil {
		return false, fmt.Errorf("sign out: %w", err)
	}
	h.Forget(cmd.Token)
	return ended, nil
}

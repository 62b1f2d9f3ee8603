package customer

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"pizzeria/internal/platform/auth"
)

// SignOutEverywhere ends all sessions of an account, that of the request among them.
type SignOutEverywhere struct {
	By    auth.Actor
	Token string // of the request's session
}

// Validate has nothing to refuse.
func (SignOutEverywhere) Validate() error { return nil }

// SignOutEverywhereHandler handles SignOutEverywhere.
type SignOutEverywhereHandler struct {
	Sessions interface {
		CloseAll(ctx context.Context, accountID uuid.UUID) error
	}
	Forget func(token string) // auth.Sessions.Forget
}

// Handle ends the sessions.
func (h *SignOutEverywhereHandler) Handle(ctx context.Context, cmd SignOutEverywhere) (bool, error) {
	if err := h.Sessions.CloseAll(ctx, cmd.By.ID); err != nil {
		return false, fmt.Errorf("sign out everywhere: %w", err)
	}
	h.Forget(cmd.Token)
	return true, nil
}

package screen

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/platform/auth"
)

// RevokeScreen ends a screen for good; one that was revoked stays as it is.
type RevokeScreen struct {
	By auth.Actor
	ID uuid.UUID
}

// Validate has no rules: any screen can be revoked.
func (RevokeScreen) Validate() error { return nil }

// RevokeScreenHandler handles RevokeScreen.
type RevokeScreenHandler struct {
	Screens screens
	Now     func() time.Time
}

// Handle ends the screen, its code and its token in one transaction, and returns its id.
func (h *RevokeScreenHandler) Handle(ctx context.Context, cmd RevokeScreen) (uuid.UUID, error) {
	if err := h.Screens.Update(ctx, cmd.ID, func(s *Screen) error { return s.revoke(cmd.By, h.Now()) }); err != nil {
		return uuid.Nil, fmt.Errorf("revoke screen %s: %w", cmd.ID, err)
	}
	return cmd.ID, nil
}

func (s *Screen) revoke(by auth.Actor, at time.Time) error {
	if !s.state.managedBy(by) {
		return NotFound()
	}
	if s.state.RevokedAt != nil {
		return nil
	}
	s.state.Code, s.state.CodeExpiresAt, s.state.Token, s.state.RevokedAt = nil, nil, nil, &at
	s.record(ScreenRevoked, by, at)
	return nil
}

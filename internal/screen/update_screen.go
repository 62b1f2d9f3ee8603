package screen

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/patch"
	"pizzeria/internal/platform/text"
)

// UpdateScreen changes a screen. What is nil stays. A screen changes its own settings; its name, by which events call it, is its
// manager's to give.
type UpdateScreen struct {
	By              auth.Actor
	ID              uuid.UUID
	ExpectedVersion *int // nil: whatever it is
	Name            *string
	SettingsChange
}

// Validate has the rules of PairScreen, for what is given.
func (c UpdateScreen) Validate() error {
	return cmp.Or(patch.Check(c.Name, validName), c.validSettings())
}

// UpdateScreenHandler handles UpdateScreen.
type UpdateScreenHandler struct {
	Screens screens
	Now     func() time.Time
}

// Handle changes the screen in one transaction and returns its id. It fails with FORBIDDEN for a screen that would be called
// otherwise.
func (h *UpdateScreenHandler) Handle(ctx context.Context, cmd UpdateScreen) (uuid.UUID, error) {
	if err := h.Screens.Update(ctx, cmd.ID, func(s *Screen) error { return s.update(cmd, h.Now()) }); err != nil {
		return uuid.Nil, fmt.Errorf("update screen %s: %w", cmd.ID, err)
	}
	return cmd.ID, nil
}

// update changes what a valid command names; a command that changes nothing raises no version, and what is revoked stays as it was.
func (s *Screen) update(cmd UpdateScreen, at time.Time) error {
	if err := s.admit(cmd.By, cmd.ExpectedVersion); err != nil {
		return err
	}
	if s.state.RevokedAt != nil {
		return NotFound()
	}
	if cmd.Name != nil {
		if err := cmd.By.RefuseScreens(); err != nil {
			return err
		}
	}
	after := s.state
	after.Settings = cmd.settings(s.state.Settings)
	if cmd.Name != nil {
		after.Name, _ = text.Line(*cmd.Name)
	}
	if after.Name == s.state.Name && after.sameSettings(s.state.Settings) {
		return nil
	}
	s.state = after
	s.record(ScreenChanged, cmd.By, at)
	return nil
}

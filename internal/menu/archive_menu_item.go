package menu

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/platform/auth"
)

// ArchiveMenuItem takes an item off the menu for good. Orders that name it keep what their customers saw.
type ArchiveMenuItem struct {
	By              auth.Actor
	ID              uuid.UUID
	ExpectedVersion *int // nil: any
}

// Authorize refuses all but managers of all locations: the menu is the whole chain's to decide.
func (c ArchiveMenuItem) Authorize() error { return c.By.Everywhere().Require(auth.RoleManager) }

// Validate accepts everything: any id may be asked for.
func (ArchiveMenuItem) Validate() error { return nil }

// ArchiveMenuItemHandler handles ArchiveMenuItem.
type ArchiveMenuItemHandler struct {
	Items items
	Now   func() time.Time
}

// Handle archives the item in one transaction and returns its id.
func (h *ArchiveMenuItemHandler) Handle(ctx context.Context, cmd ArchiveMenuItem) (uuid.UUID, error) {
	err := h.Items.Update(ctx, cmd.ID, Brings{}, func(i *Item, _ Currencies) error { return i.archive(cmd, h.Now()) })
	if err != nil {
		return uuid.Nil, fmt.Errorf("archive menu item %s: %w", cmd.ID, err)
	}
	return cmd.ID, nil
}

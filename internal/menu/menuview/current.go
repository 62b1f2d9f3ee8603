package menuview

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"pizzeria/internal/platform/auth"
)

// Current asks for a location's menu, nil for the only location, and from where its feed goes on.
type Current struct {
	By         auth.Actor
	LocationID *uuid.UUID
}

// CurrentMenu is the menu as it was at one moment. It is shared: don't change it.
type CurrentMenu struct {
	// AsOf is the cursor with which the feed goes on after what the menu shows.
	AsOf string
	all  []*MenuItem
	by   auth.Actor
}

// Items lists those of a category, nil for all, as a meal goes; also those that can't be ordered now, if wanted, as far as the
// actor may see them.
func (m *CurrentMenu) Items(category *string, includeUnavailable bool) []*MenuItem {
	return choose(m.all, m.by, category, includeUnavailable)
}

// CurrentHandler handles Current.
type CurrentHandler struct {
	Menus *MenuHandler
	Feed  feed
}

// feed makes cursors of the live feed: CursorAt of what the expression MomentSQL was in the statement that read the menu.
type feed interface {
	MomentSQL() string
	CursorAt(answered string) (string, error)
}

// Handle reads, or finds to be still the same, the menu and the moment in one statement. It fails with NOT_FOUND if there is
// no such location, and with BAD_USER_INPUT if none is named and there are several.
func (h *CurrentHandler) Handle(ctx context.Context, q Current) (*CurrentMenu, error) {
	now, moment, err := h.Menus.readAt(ctx, h.Feed.MomentSQL())
	if err != nil {
		return nil, err
	}
	all, err := now.at(q.LocationID)
	if err != nil {
		return nil, err
	}
	asOf, err := h.Feed.CursorAt(moment)
	if err != nil {
		return nil, fmt.Errorf("read the current menu: %w", err)
	}
	return &CurrentMenu{AsOf: asOf, all: all, by: q.By}, nil
}

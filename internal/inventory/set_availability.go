package inventory

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/location"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/fault"
	"pizzeria/internal/platform/patch"
)

// SetIngredientAvailability sells an ingredient out at a location, or makes it available again, whatever was counted.
type SetIngredientAvailability struct {
	By           auth.Actor
	IngredientID uuid.UUID
	LocationID   *uuid.UUID // nil: the only location
	Available    bool
	Until        *time.Time // nil: until further notice
	ForToday     bool       // until the location's business day ends
	Reason       *string    // for staff; nil: none
	DryRun       bool       // changes nothing
}

// Validate refuses, with BAD_USER_INPUT, an end of what is available, two ends, and a reason that can't be one.
func (c SetIngredientAvailability) Validate() error {
	ends := func(refused bool, message string) error {
		if !refused {
			return nil
		}
		return fault.New(fault.BadUserInput, "%s", message).At("until")
	}
	return cmp.Or(
		ends(c.Available && (c.Until != nil || c.ForToday), "What is available is so until it is sold out."),
		ends(c.Until != nil && c.ForToday, "It is sold out either until a time or for today."),
		patch.Check(c.Reason, validReason),
	)
}

// Permit fails with fault.Forbidden for whoever neither cooks at the location nor manages it.
func (c SetIngredientAvailability) Permit(at uuid.UUID) error {
	return c.By.At(at).Require(auth.RoleCook, auth.RoleManager)
}

// availabilities loads what a location, nil for the only one, has of an ingredient under a row lock, lets change decide, and
// saves whether it is available, with an event, if that has changed. It fails as stock does.
type availabilities interface {
	UpdateAvailability(
		ctx context.Context, id uuid.UUID, location *uuid.UUID, by auth.Author, at time.Time, reason *string, change func(at Place, l *Level) error,
	) (StockKey, error)
}

// SetIngredientAvailabilityHandler handles SetIngredientAvailability.
type SetIngredientAvailabilityHandler struct {
	Stock availabilities
	Zones *location.Zones
	Now   func() time.Time
}

// Handle does so in one transaction and returns where; a dry run only finds out whether it could.
func (h *SetIngredientAvailabilityHandler) Handle(ctx context.Context, cmd SetIngredientAvailability) (StockKey, error) {
	now := h.Now().UTC().Truncate(time.Microsecond)
	set, err := h.Stock.UpdateAvailability(ctx, cmd.IngredientID, cmd.LocationID, cmd.By.Author(), now, cleaned(cmd.Reason), func(at Place, l *Level) error {
		if err := cmd.Permit(at.LocationID); err != nil {
			return err
		}
		wanted := *l
		if err := wanted.setAvailability(cmd, at.Calendar, now, h.Zones); err != nil || cmd.DryRun {
			return err
		}
		*l = wanted
		return nil
	})
	if err != nil {
		return StockKey{}, fmt.Errorf("set availability of %s: %w", cmd.IngredientID, err)
	}
	return set, nil
}

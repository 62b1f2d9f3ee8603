package inventory

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/location"
	"pizzeria/internal/platform/auth"
)

// SetStock corrects a location's stock of an ingredient to what was counted. What is sold out there stays so.
type SetStock struct {
	By           auth.Actor
	IngredientID uuid.UUID
	LocationID   *uuid.UUID // nil: the only location
	OnHand       int        // with what is promised to orders
}

// Validate refuses, with BAD_USER_INPUT, a number out of range.
func (c SetStock) Validate() error { return validUnits(c.OnHand, "onHand") }

// StockKey names what a location has of an ingredient.
type StockKey struct{ IngredientID, LocationID uuid.UUID }

// Place is where stock is.
type Place struct {
	LocationID uuid.UUID
	location.Calendar
}

// stock loads what a location, nil for the only one, has of an ingredient under a row lock, lets change decide, and saves it
// with the movement that explains the difference, if there is one. It fails with NOT_FOUND if there is no such ingredient or
// location, and with BAD_USER_INPUT if the location is nil and there are several.
type stock interface {
	Update(ctx context.Context, id uuid.UUID, location *uuid.UUID, by auth.Author, at time.Time, change func(at Place, l *Level) error) (StockKey, error)
}

// SetStockHandler handles SetStock.
type SetStockHandler struct {
	Stock stock
	Now   func() time.Time
}

// Handle sets the stock in one transaction and returns where. It fails with fault.Forbidden for whoever doesn't manage the
// location.
func (h *SetStockHandler) Handle(ctx context.Context, cmd SetStock) (StockKey, error) {
	set, err := h.Stock.Update(ctx, cmd.IngredientID, cmd.LocationID, cmd.By.Author(), h.Now(), func(at Place, l *Level) error {
		if err := cmd.By.At(at.LocationID).Require(auth.RoleManager); err != nil {
			return err
		}
		return l.count(cmd.OnHand)
	})
	if err != nil {
		return StockKey{}, fmt.Errorf("set stock of %s: %w", cmd.IngredientID, err)
	}
	return set, nil
}

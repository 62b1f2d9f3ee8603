package app

import (
	"context"
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/inventory"
	"pizzeria/internal/inventory/inventorystore"
	"pizzeria/internal/inventory/inventoryview"
	"pizzeria/internal/location"
	"pizzeria/internal/location/locationview"
	"pizzeria/internal/menu/menuview"
	"pizzeria/internal/ordering/orderview"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/cqrs"
)

// AvailabilityAnswer is an ingredient as its location has it, and what it hits that it is sold out.
type AvailabilityAnswer struct {
	Ingredient *inventoryview.Ingredient
	Impact     *IngredientImpact // nil: it is available
}

// IngredientImpact is what needs an ingredient that isn't there.
type IngredientImpact struct {
	MenuItems       []menuview.LostMenuItem
	Options         []menuview.LostOption
	OpenQuotes      int
	ScheduledOrders orderview.Holders
	OpenOrders      orderview.Holders
}

func (a *App) addAvailability(deps Dependencies, p cqrs.Pipeline, orders *orderview.ByIDHandler) {
	store := inventorystore.New(deps.GORM)
	a.SetAvailability = cqrs.NewCommand(p, "setIngredientAvailability", &availabilityHandler{
		choose:      a.ChooseLocation,
		set:         cqrs.Retry(p, &inventory.SetIngredientAvailabilityHandler{Stock: store, Zones: new(location.Zones), Now: deps.Now}),
		without:     &menuview.WithoutHandler{Menus: a.menus},
		promised:    &orderview.PromisedOfHandler{Pool: deps.Pool, Orders: orders},
		ingredients: &inventoryview.ByIDHandler{Pool: deps.Pool},
	})
	keeper := &inventory.AvailabilityKeeper{
		Stock: retryingAvailabilities{store, p}, Log: deps.Log, Now: deps.Now, Every: time.Second, Committed: p.Committed,
	}
	a.background = append(a.background, keeper.Run)
}

// availabilityHandler tells what the command hits beside what it does: as it was before, so that a dry run tells the same.
type availabilityHandler struct {
	choose      cqrs.Query[locationview.Choice, uuid.UUID]
	set         cqrs.Command[inventory.SetIngredientAvailability, inventory.StockKey]
	without     *menuview.WithoutHandler
	promised    *orderview.PromisedOfHandler
	ingredients *inventoryview.ByIDHandler
}

// Handle fails as inventory.SetIngredientAvailabilityHandler does.
func (h *availabilityHandler) Handle(ctx context.Context, cmd inventory.SetIngredientAvailability) (AvailabilityAnswer, error) {
	var answer AvailabilityAnswer
	at, err := h.choose.Handle(ctx, locationview.Choice{ID: cmd.LocationID, Of: cmd.By.LocationIDs})
	if err != nil {
		return answer, err
	}
	if err := cmd.Permit(at); err != nil {
		return answer, err
	}
	cmd.LocationID = &at
	if !cmd.Available {
		if answer.Impact, err = h.impact(ctx, at, cmd.IngredientID); err != nil {
			return AvailabilityAnswer{}, err
		}
	}
	key, err := h.set.Handle(ctx, cmd)
	if err != nil {
		return AvailabilityAnswer{}, err
	}
	answer.Ingredient, err = h.ingredients.AtLocation(ctx, key)
	return answer, err
}

func (h *availabilityHandler) impact(ctx context.Context, at, ingredient uuid.UUID) (*IngredientImpact, error) {
	lost, err := h.without.Handle(ctx, menuview.Without{LocationID: at, IngredientID: ingredient})
	if err != nil {
		return nil, err
	}
	promised, err := h.promised.Handle(ctx, orderview.PromisedOf{LocationID: at, IngredientID: ingredient})
	if err != nil {
		return nil, err
	}
	return &IngredientImpact{
		MenuItems: lost.MenuItems, Options: lost.Options, OpenQuotes: promised.Quotes, ScheduledOrders: promised.Scheduled, OpenOrders: promised.Open,
	}, nil
}

// retryingAvailabilities makes available again if it lost a race, for the keeper, which works outside the pipeline.
type retryingAvailabilities struct {
	*inventorystore.Store
	pipeline cqrs.Pipeline
}

// UpdateAvailability is inventorystore.Store.UpdateAvailability with retries.
func (s retryingAvailabilities) UpdateAvailability(
	ctx context.Context, id uuid.UUID, place *uuid.UUID, by auth.Author, at time.Time, reason *string, change func(at inventory.Place, l *inventory.Level) error,
) (inventory.StockKey, error) {
	return cqrs.RunWithRetry(ctx, s.pipeline, func(ctx context.Context) (inventory.StockKey, error) {
		return s.Store.UpdateAvailability(ctx, id, place, by, at, reason, change)
	})
}

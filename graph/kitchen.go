package graph

import (
	"context"

	"github.com/google/uuid"

	"pizzeria/graph/model"
	"pizzeria/internal/kitchen"
	"pizzeria/internal/kitchen/kitchenview"
	"pizzeria/internal/location/locationview"
	"pizzeria/internal/menu/menuview"
)

// workplace is the location meant: the one named, or the only one of those where the actor works.
func (r *Resolver) workplace(ctx context.Context, named *uuid.UUID) (*uuid.UUID, error) {
	at, err := r.app.ChooseLocation.Handle(ctx, locationview.Choice{ID: named, Of: actor(ctx).LocationIDs})
	return &at, err
}

// itemsWithoutRoute lists what a location sells and has no route for.
func (r *Resolver) itemsWithoutRoute(ctx context.Context, at uuid.UUID) ([]*menuview.MenuItem, error) {
	routes, err := r.app.StationRoutes.Handle(ctx, kitchenview.Routes{By: actor(ctx), LocationID: at})
	if err != nil {
		return nil, err
	}
	items, err := r.app.Menu.Handle(ctx, menuview.Menu{By: actor(ctx), LocationID: &at, IncludeUnavailable: true})
	if err != nil {
		return nil, err
	}
	without := []*menuview.MenuItem{}
	for _, item := range items {
		for _, price := range item.Prices {
			if !kitchenview.HasRoute(routes, kitchen.Dish{MenuItemID: item.ID, Category: item.Category, Size: price.Size}) {
				without = append(without, item)
				break
			}
		}
	}
	return without, nil
}

func kitchenActions(results []*kitchenview.ActionResult, err error) (*model.ApplyKitchenActionsPayload, error) {
	refused, err := refusals(err)
	if err != nil {
		return nil, err
	}
	if results == nil {
		results = []*kitchenview.ActionResult{}
	}
	return &model.ApplyKitchenActionsPayload{Results: results, UserErrors: refused}, nil
}

func stations(all []*kitchenview.Station, err error) (*model.StationsPayload, error) {
	refused, err := refusals(err)
	if err != nil {
		return nil, err
	}
	return &model.StationsPayload{Stations: all, UserErrors: refused}, nil
}

func stationRoutes(all []*kitchenview.Route, err error) (*model.StationRoutesPayload, error) {
	refused, err := refusals(err)
	if err != nil {
		return nil, err
	}
	return &model.StationRoutesPayload{Routes: all, UserErrors: refused}, nil
}

// Package demo is a shop to look around in: a menu, its stock, and an account for each role.
package demo

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/customer"
	"pizzeria/internal/inventory"
	"pizzeria/internal/kitchen"
	"pizzeria/internal/location"
	"pizzeria/internal/menu"
	"pizzeria/internal/platform/cqrs"
	"pizzeria/internal/platform/fault"
	"pizzeria/internal/promotion"
)

// Shop is what the demo fills. Each part keeps what it has already as it is, so that seeding again changes nothing.
type Shop struct {
	Accounts  cqrs.Command[customer.CreateAccount, uuid.UUID]
	Locations locations
	Kitchens  kitchens
	Stock     stock
	Groups    groups
	Menu      items
	Deals     promotions
}

// locations adds a location whose id is not there.
type locations interface {
	Add(ctx context.Context, l *location.Location) error
}

// kitchens gives a location stations and routes, unless it has any.
type kitchens interface {
	Equip(ctx context.Context, location uuid.UUID, stations kitchen.Stations, routes kitchen.Routes, at time.Time) error
}

// stock adds the ingredients that are not there, by id or by name, and returns under which id each one is there now.
type stock interface {
	AddMissing(ctx context.Context, wanted []inventory.Ingredient, at time.Time) (map[uuid.UUID]uuid.UUID, error)
}

// groups adds an option group whose id is not there.
type groups interface {
	AddGroup(ctx context.Context, group *menu.OptionGroup) error
}

// items adds the items whose id is not there.
type items interface {
	AddMissing(ctx context.Context, wanted []*menu.Item) error
}

// promotions adds a promotion whose id is not there. It fails with ALREADY_EXISTS if another one has the code.
type promotions interface {
	Add(ctx context.Context, p *promotion.Promotion) error
}

// Seed fills the shop, which has the first of the Locations, or more of them. It may run again at any time.
func Seed(ctx context.Context, shop Shop, locations int, now time.Time) error {
	places := Locations()[:locations]
	var workplace []uuid.UUID // of cook and driver
	if len(places) > 1 {
		workplace = []uuid.UUID{places[0].ID}
	}
	for _, l := range places {
		if err := shop.Locations.Add(ctx, location.NewLocation(l, now)); err != nil {
			return fmt.Errorf("seed locations: %w", err)
		}
	}
	for _, account := range Accounts(workplace) {
		if err := createAccount(ctx, shop.Accounts, account); err != nil {
			return fmt.Errorf("seed accounts: %w", err)
		}
	}
	there, err := shop.Stock.AddMissing(ctx, ingredients(places), now)
	if err != nil {
		return fmt.Errorf("seed stock: %w", err)
	}
	for _, group := range newGroups(there, now) {
		if err := shop.Groups.AddGroup(ctx, group); err != nil {
			return fmt.Errorf("seed option groups: %w", err)
		}
	}
	var wanted []*menu.Item
	for _, dish := range dishes() {
		for i, line := range dish.Ingredients {
			dish.Ingredients[i].IngredientID = there[line.IngredientID]
		}
		wanted = append(wanted, menu.NewItem(id("menu item", dish.Name), dish, now))
	}
	if err := shop.Menu.AddMissing(ctx, wanted); err != nil {
		return fmt.Errorf("seed menu: %w", err)
	}
	for _, l := range places {
		if err := shop.Kitchens.Equip(ctx, l.ID, stations(l), routes(l), now); err != nil {
			return fmt.Errorf("seed kitchens: %w", err)
		}
		for _, deal := range newDeals(l, now) {
			// A manager may have given a code to a promotion of their own.
			if err := shop.Deals.Add(ctx, deal); err != nil && !fault.Is(err, fault.AlreadyExists) {
				return fmt.Errorf("seed deals: %w", err)
			}
		}
	}
	return nil
}

// id is the same at every seeding.
func id(kind, name string) uuid.UUID {
	return uuid.NewSHA1(uuid.NameSpaceOID, []byte("pizzeria demo "+kind+" "+name))
}

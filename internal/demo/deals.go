package demo

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/location"
	"pizzeria/internal/menu"
	"pizzeria/internal/ordering/pricing"
	"pizzeria/internal/promotion"
)

// deals returns a location's promotions. What applies by itself takes a large order, so that whoever looks around sees plain prices
// first. Amounts are minor units of dollars and euros alike.
func deals(at location.CreateLocation) []promotion.CreatePromotion {
	all := []promotion.CreatePromotion{{
		Name: "Ciao! Your first order", Code: "CIAO", Priority: 50, IsAdvertised: true,
		Reward:     pricing.Reward{Kind: pricing.Percent, BasisPoints: 1_500},
		Conditions: pricing.Conditions{FirstOrder: true},
	}, {
		Name: "We bring it", Code: "PRONTO", Priority: 40, IsAdvertised: true,
		Reward:     pricing.Reward{Kind: pricing.FreeDelivery},
		Conditions: pricing.Conditions{Minimum: 2_000},
	}, {
		Name: "A large order", Priority: 30, IsAdvertised: true,
		Reward:     pricing.Reward{Kind: pricing.FreeDelivery},
		Conditions: pricing.Conditions{Minimum: 4_500},
	}, {
		Name: "Family table", Priority: 20, IsAdvertised: true,
		Reward: pricing.Reward{Kind: pricing.FixedPriceBundle, Amount: 4_900, Slots: []pricing.Slot{
			{Portions: 3, Scope: pricing.Scope{MenuItemIDs: itemIDs(pizzas()), Sizes: []menu.Size{menu.Large}}},
			{Portions: 3, Scope: pricing.Scope{MenuItemIDs: itemIDs(softDrinks())}},
		}},
	}, {
		Name: "Happy hour", Priority: 10, IsAdvertised: true,
		Reward: pricing.Reward{Kind: pricing.Percent, BasisPoints: 2_000},
		Conditions: pricing.Conditions{
			Minimum: 3_000, Fulfillments: []location.Fulfillment{location.Pickup},
			Hours: []pricing.Hours{{Weekdays: []location.Weekday{"MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY"}, From: 15 * 60, Until: 17 * 60}},
		},
	}, {
		// For those whom somebody tells.
		Name: "Family and friends", Code: "FAMIGLIA", Reward: pricing.Reward{Kind: pricing.Percent, BasisPoints: 2_500},
	}}
	for i := range all {
		all[i].ID, all[i].LocationID, all[i].IdempotencyKey = id("promotion", at.Slug+": "+all[i].Name), &at.ID, "seed"
	}
	return all
}

// newDeals makes a location's promotions.
func newDeals(at location.CreateLocation, now time.Time) []*promotion.Promotion {
	var all []*promotion.Promotion
	for _, deal := range deals(at) {
		all = append(all, promotion.NewPromotion(deal, at.ID, at.Currency, now))
	}
	return all
}

func itemIDs(of []menu.CreateMenuItem) []uuid.UUID {
	ids := make([]uuid.UUID, len(of))
	for i, item := range of {
		ids[i] = id("menu item", item.Name)
	}
	return ids
}

func softDrinks() []menu.CreateMenuItem {
	return slices.DeleteFunc(drinks(), func(d menu.CreateMenuItem) bool { return d.TaxCategory != location.Drink || d.Name == "Espresso" })
}

package ordering

import (
	"slices"
	"strconv"
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/location"
	"pizzeria/internal/menu"
	"pizzeria/internal/platform/fault"
)

// Line is one dish of an order, with what the customer saw: name and price are copied, so that the menu may change.
type Line struct {
	ID           uuid.UUID
	MenuItemID   uuid.UUID
	Name         string
	Category     string
	IsPizza      bool
	TaxCategory  location.TaxCategory
	Size         menu.Size
	Quantity     int
	UnitPrice    int64
	Tax          int64 // its part of the order's; 0 of an order of an earlier version, which has that of the whole alone
	Instructions *string
	Preparation  time.Duration
	Ingredients  []menu.Ingredient // what one portion of this size needs
}

// Total is the line's price in minor units.
func (l Line) Total() int64 { return l.UnitPrice * int64(l.Quantity) }

// lines looks every requested dish up. It fails with BAD_USER_INPUT for a dish that is not on the menu or not sold in
// that size, and with INSUFFICIENT_STOCK for one that the manager took off for now, which it doesn't name: it is hidden.
func (c PlaceOrder) lines(onMenu map[uuid.UUID]menu.Dish, newID func() uuid.UUID) ([]Line, error) {
	lines := make([]Line, len(c.Items))
	for i, item := range c.Items {
		dish, ok := onMenu[item.MenuItemID]
		if !ok {
			return nil, fault.New(fault.BadUserInput, "This dish is not on the menu.").At("items", strconv.Itoa(i), "menuItemId")
		}
		if !dish.Available {
			return nil, fault.New(fault.InsufficientStock, "This dish is not available now.").
				With(fault.Details{MenuItemIDs: []string{dish.ID.String()}}).At("items", strconv.Itoa(i), "menuItemId")
		}
		price, ok := dish.Prices[item.Size]
		if !ok {
			return nil, fault.New(fault.BadUserInput, "%s is not sold in this size.", dish.Name).At("items", strconv.Itoa(i), "size")
		}
		lines[i] = Line{
			ID: newID(), MenuItemID: dish.ID, Name: dish.Name, Category: dish.Category,
			IsPizza: dish.IsPizza, TaxCategory: dish.TaxCategory, Size: item.Size,
			Quantity: item.Quantity, UnitPrice: price, Instructions: cleaned(item.Instructions),
			Preparation: dish.Preparation, Ingredients: dish.Portion(item.Size),
		}
	}
	return lines, nil
}

// Needs adds up what the order takes of each ingredient.
func (s State) Needs() map[uuid.UUID]int64 {
	needs := map[uuid.UUID]int64{}
	for _, l := range s.Lines {
		for _, i := range l.Ingredients {
			needs[i.ID] += i.Quantity * int64(l.Quantity)
		}
	}
	return needs
}

// OutOfStock is the refusal when the ingredients named don't reach; it tells which dishes need them.
func (s State) OutOfStock(ingredients []uuid.UUID) *fault.Error {
	var dishes []string
	for _, l := range s.Lines {
		short := slices.ContainsFunc(l.Ingredients, func(i menu.Ingredient) bool { return slices.Contains(ingredients, i.ID) })
		if id := l.MenuItemID.String(); short && !slices.Contains(dishes, id) {
			dishes = append(dishes, id)
		}
	}
	return fault.New(fault.InsufficientStock, "There is not enough left for this order.").
		With(fault.Details{MenuItemIDs: dishes}).At("items")
}

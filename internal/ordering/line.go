package ordering

import (
	"slices"
	"strconv"
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/inventory"
	"pizzeria/internal/location"
	"pizzeria/internal/menu"
	"pizzeria/internal/ordering/pricing"
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
	Discount     int64 // its part of what promotions take off the food
	Tax          int64 // its part of the order's; 0 of an order of an earlier version, which has that of the whole alone
	Instructions *string
	Preparation  time.Duration
	Takes        time.Duration     // in the kitchen, as planned; 0 of an order of an earlier version
	Ingredients  []menu.Ingredient // what one portion as configured needs
	Options      []LineOption
	SecondHalf   *LineHalf            // nil: one item
	Allergens    []inventory.Allergen // as configured

	// AsPriced is the line in the basket by which its price came about; zero of an order of an earlier version.
	AsPriced pricing.Line
}

// Total is the line's price in minor units.
func (l Line) Total() int64 { return l.UnitPrice * int64(l.Quantity) }

// Net is the line's price less its part of the discount, in minor units.
func (l Line) Net() int64 { return l.Total() - l.Discount }

// lines looks every requested dish up. It fails with BAD_USER_INPUT for a dish that is not on the menu or not sold in
// that size, and with INSUFFICIENT_STOCK for one that the manager took off for now, which it doesn't name: it is hidden.
func (c PlaceOrder) lines(onMenu map[uuid.UUID]menu.Dish, newID func() uuid.UUID) ([]Line, error) {
	lines := make([]Line, len(c.Items))
	for i, item := range c.Items {
		line, err := item.line(onMenu, newID(), "items", strconv.Itoa(i))
		if err != nil {
			return nil, err
		}
		lines[i] = line
	}
	return lines, nil
}

// line makes a line of what is asked for.
func (r ItemRequest) line(onMenu map[uuid.UUID]menu.Dish, id uuid.UUID, path ...string) (Line, error) {
	dish, err := dishOf(onMenu, r.MenuItemID, r.Size, path)
	if err != nil {
		return Line{}, err
	}
	second, preparation := (*menu.Dish)(nil), dish.Preparation
	if r.SecondHalf != nil {
		other, err := dishOf(onMenu, r.SecondHalf.MenuItemID, r.Size, slices.Concat(path, []string{"secondHalf"}))
		if err != nil {
			return Line{}, err
		}
		second, preparation = &other, max(preparation, other.Preparation)
	}
	made, err := r.configure(dish, second, path...)
	if err != nil {
		return Line{}, err
	}
	return Line{
		ID: id, MenuItemID: dish.ID, Name: dish.Name, Category: dish.Category,
		IsPizza: dish.IsPizza, TaxCategory: dish.TaxCategory, Size: r.Size,
		Quantity: r.Quantity, UnitPrice: made.priced.Price, Instructions: cleaned(r.Instructions),
		Preparation: preparation, Ingredients: made.takes,
		Options: made.options, SecondHalf: made.second, Allergens: made.allergens, AsPriced: made.priced,
	}, nil
}

// dishOf finds a dish that is sold in a size.
func dishOf(onMenu map[uuid.UUID]menu.Dish, id uuid.UUID, size menu.Size, path []string) (menu.Dish, error) {
	at := func(field string) []string { return slices.Concat(path, []string{field}) }
	dish, ok := onMenu[id]
	if !ok {
		return dish, because(NotOnMenu, nil, "This dish is not on the menu.").At(at("menuItemId")...)
	}
	if !dish.Available {
		return dish, fault.New(fault.InsufficientStock, "This dish is not available now.").
			With(fault.Details{MenuItemIDs: []string{dish.ID.String()}}).At(at("menuItemId")...)
	}
	if _, ok := dish.Prices[size]; !ok {
		return dish, because(NotInSize, []string{dish.Name}, "%s is not sold in this size.", dish.Name).At(at("size")...)
	}
	return dish, nil
}

// Needs adds up what the order takes of each ingredient, in whole units: half a unit is rounded up once, in all.
func (s State) Needs() map[uuid.UUID]int64 {
	halfUnits := map[uuid.UUID]int64{}
	for _, l := range s.Lines {
		for _, i := range l.Ingredients {
			halfUnits[i.ID] += (2*i.Quantity + i.HalfUnits) * int64(l.Quantity)
		}
	}
	for id, n := range halfUnits {
		halfUnits[id] = (n + 1) / 2
	}
	return halfUnits
}

// needsAnyOf tells whether the line needs one of the ingredients.
func (l Line) needsAnyOf(ingredients []uuid.UUID) bool {
	return slices.ContainsFunc(l.Ingredients, func(i menu.Ingredient) bool { return slices.Contains(ingredients, i.ID) })
}

// OutOfStock is the refusal when the ingredients named don't reach; it tells which dishes need them.
func (s State) OutOfStock(ingredients []uuid.UUID) *fault.Error {
	var dishes []string
	for _, l := range s.Lines {
		if id := l.MenuItemID.String(); l.needsAnyOf(ingredients) && !slices.Contains(dishes, id) {
			dishes = append(dishes, id)
		}
	}
	return fault.New(fault.InsufficientStock, "There is not enough left for this order.").
		With(fault.Details{MenuItemIDs: dishes}).At("items")
}

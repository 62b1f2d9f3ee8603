package ordering

import (
	"github.com/google/uuid"

	"pizzeria/internal/inventory"
	"pizzeria/internal/menu"
	"pizzeria/internal/ordering/pricing"
	"pizzeria/internal/platform/fault"
)

// OptionRequest asks for an amount of an option, on all of a portion or on one half.
type OptionRequest struct {
	OptionID uuid.UUID
	Portion  pricing.Portion // empty: the whole
	Amount   pricing.Amount  // empty: regular
}

// SecondHalfRequest asks for another item, or the same with other options, on the second half.
type SecondHalfRequest struct {
	MenuItemID uuid.UUID
	Options    []OptionRequest
}

// maxOptions is how many options may be asked for at once, on each half.
const maxOptions = 100

// checkOptions refuses more options than anything can have.
func (r ItemRequest) checkOptions(path ...string) error {
	if len(r.Options) > maxOptions || r.SecondHalf != nil && len(r.SecondHalf.Options) > maxOptions {
		return fault.New(fault.BadUserInput, "Choose up to %d options.", maxOptions).At(append(path, "options")...)
	}
	return nil
}

// dishIDs lists the dishes that are asked for.
func dishIDs(items []ItemRequest) []uuid.UUID {
	ids := make([]uuid.UUID, 0, len(items))
	for _, item := range items {
		ids = append(ids, item.MenuItemID)
		if item.SecondHalf != nil {
			ids = append(ids, item.SecondHalf.MenuItemID)
		}
	}
	return ids
}

// LineOption is what was chosen of an option, with what the customer saw. An option that comes with the item and was left out has
// the amount NONE.
type LineOption struct {
	OptionID  uuid.UUID       `json:"optionId"`
	GroupName string          `json:"groupName"`
	Name      string          `json:"name"`
	Portion   pricing.Portion `json:"portion"`
	Amount    pricing.Amount  `json:"amount"`
	IsDefault bool            `json:"isDefault"`
}

// LineHalf is the item on the second half, and what was chosen there alone.
type LineHalf struct {
	MenuItemID uuid.UUID    `json:"menuItemId"`
	Name       string       `json:"name"`
	Options    []LineOption `json:"options"`
}

// configuration is what one portion of a line is, whatever the order of the choices.
type configuration struct {
	options   []LineOption
	second    *LineHalf // nil: there is one item
	priced    pricing.Line
	takes     []menu.Ingredient
	allergens []inventory.Allergen
}

// choice is an option as it stands on one half.
type choice struct {
	group  menu.DishGroup
	option menu.DishOption
	amount pricing.Amount
	// named tells that the customer asked for it; otherwise it comes with the item.
	named bool
}

// half is one half of a portion: a dish and what is chosen on it, by option.
type half struct {
	dish    menu.Dish
	choices map[uuid.UUID]choice
}

// newHalf is a half as it comes.
func newHalf(dish menu.Dish, size menu.Size, shared bool) half {
	h := half{dish, map[uuid.UUID]choice{}}
	for _, g := range dish.Groups {
		for _, o := range g.Options {
			if _, offered := o.Price(size); offered && o.IsDefault && (g.Halves || !shared) {
				h.choices[o.ID] = choice{group: g, option: o, amount: pricing.Regular}
			}
		}
	}
	return h
}

// settle lets what was named take the place of what comes with the item where only one may be chosen.
func (h half) settle() {
	for id, c := range h.choices {
		if c.named || c.group.Max == nil || *c.group.Max != 1 {
			continue
		}
		for _, other := range h.choices {
			if other.named && other.group.ID == c.group.ID && other.amount != pricing.None {
				delete(h.choices, id)
			}
		}
	}
}

// chosen counts what is chosen of a group.
func (h half) chosen(group uuid.UUID) (n int) {
	for _, c := range h.choices {
		if c.group.ID == group && c.amount != pricing.None {
			n++
		}
	}
	return n
}

package menuview

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"pizzeria/internal/inventory"
	"pizzeria/internal/menu"
	"pizzeria/internal/platform/projection"
)

// OptionGroup is what can be chosen for an item, on the item's terms, or as the catalogue has it.
type OptionGroup struct {
	ID       uuid.UUID           `json:"id"`
	Name     string              `json:"name"`
	Min      int                 `json:"min"`
	Max      *int                `json:"max"` // nil: any number
	FreeUpTo int                 `json:"freeUpTo"`
	Halves   bool                `json:"halves"`
	Light    *menu.AmountFactors `json:"light"`
	Extra    *menu.AmountFactors `json:"extra"` // nil: this amount can't be chosen
	Options  []Option            `json:"options"`
	Version  int                 `json:"version"` // of the catalogue; 0 of an item's
}

// IsNode marks the group as a node of the API.
func (*OptionGroup) IsNode() {}

// Option is something that can be chosen.
type Option struct {
	ID           uuid.UUID            `json:"id"`
	Name         string               `json:"name"`
	Prices       []Price              `json:"prices"`      // of the regular amount on the whole; smallest size first
	IsDefault    bool                 `json:"isDefault"`   // it comes with the item
	IsAvailable  bool                 `json:"isAvailable"` // in some size
	Allergens    []inventory.Allergen `json:"allergens"`
	Diet         *inventory.Diet      `json:"diet"`
	IngredientID *uuid.UUID           `json:"ingredientId"`
	Doses        []Dose               `json:"doses"` // nil: it takes nothing of stock
}

// IsNode marks the option as a node of the API.
func (*Option) IsNode() {}

// Dose is what the regular amount of an option takes in one size, on the whole, in the ingredient's own units.
type Dose struct {
	Size     menu.Size `json:"size"`
	Quantity int       `json:"quantity"`
}

// soldOutOptions are the options that can't be had at a location for want of stock.
type soldOutOptions struct {
	LocationID uuid.UUID       `json:"locationId"`
	Options    []soldOutOption `json:"options"`
}

type soldOutOption struct {
	ID    uuid.UUID   `json:"id"`
	Sizes []menu.Size `json:"sizes"`
}

// with returns the groups with what is left of their options, but for those that are sold out.
func with(groups []OptionGroup, gone []soldOutOption) []OptionGroup {
	groups = slices.Clone(groups)
	for i := range groups {
		options := slices.Clone(groups[i].Options)
		for n := range options {
			o := &options[n]
			o.Prices = slices.Clone(o.Prices)
			for k := range o.Prices {
				p := &o.Prices[k]
				p.IsAvailable = !slices.ContainsFunc(gone, func(s soldOutOption) bool { return s.ID == o.ID && slices.Contains(s.Sizes, p.Size) })
				o.IsAvailable = o.IsAvailable || p.IsAvailable
			}
		}
		groups[i].Options = options
	}
	return groups
}

// offer tells whether each of the groups has enough options of a size, whether they are sold out or not.
func offer(groups []OptionGroup, size menu.Size) bool {
	return !slices.ContainsFunc(groups, func(g OptionGroup) bool {
		offered := 0
		for _, o := range g.Options {
			if slices.ContainsFunc(o.Prices, func(p Price) bool { return p.Size == size }) {
				offered++
			}
		}
		return offered < g.Min
	})
}

// writtenGroup is a group as everybody may see it. Texts are written as gqlgen does; encoding/json escapes more of them.
type writtenGroup struct {
	OptionGroup
	Name    json.RawMessage `json:"name"`
	Options []writtenOption `json:"options"`
	Version json.RawMessage `json:"version,omitempty"`
}

type writtenOption struct {
	Option
	Name         json.RawMessage `json:"name"`
	IngredientID json.RawMessage `json:"ingredientId,omitempty"`
	Doses        json.RawMessage `json:"doses,omitempty"`
}

func written(groups []OptionGroup) []writtenGroup {
	all := make([]writtenGroup, len(groups))
	for i, g := range groups {
		all[i] = writtenGroup{OptionGroup: g, Name: projection.Text(nil, g.Name), Options: make([]writtenOption, len(g.Options))}
		for n, o := range g.Options {
			all[i].Options[n] = writtenOption{Option: o, Name: projection.Text(nil, o.Name)}
		}
	}
	return all
}

// document writes something as the API does.
func document(of any) (json.RawMessage, error) {
	var out bytes.Buffer
	to := json.NewEncoder(&out)
	to.SetEscapeHTML(false)
	if err := to.Encode(of); err != nil {
		return nil, fmt.Errorf("write a menu item: %w", err)
	}
	return bytes.TrimSpace(out.Bytes()), nil
}

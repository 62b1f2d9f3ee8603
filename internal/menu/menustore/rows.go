// Package menustore keeps the menu in Postgres: GORM rows to aggregate and back, and the transactions around it.
package menustore

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/inventory"
	"pizzeria/internal/location"
	"pizzeria/internal/menu"
	"pizzeria/internal/platform/postgres"
)

type itemRow struct {
	ID                   uuid.UUID
	Name                 string
	Description          string
	Category             string
	IsPizza              bool
	TaxCategory          location.TaxCategory
	Allergens            postgres.Texts[inventory.Allergen]
	IsAvailable          bool
	PreparationMinutes   int
	HalvesBasePrice      menu.HalfPrice
	HalvesToppingPercent int
	HalvesSplitCharge    int64
	HalvesSizes          postgres.Texts[menu.Size]
	ImageID              *uuid.UUID
	Version              int
	CreatedAt            time.Time
	UpdatedAt            time.Time `gorm:"autoUpdateTime:false"`
	ArchivedAt           *time.Time
}

func (itemRow) TableName() string { return "public.menu_items" }

type priceRow struct {
	MenuItemID uuid.UUID
	Size       menu.Size
	PriceCents int64
}

func (priceRow) TableName() string { return "public.menu_item_prices" }

type recipeRow struct {
	MenuItemID   uuid.UUID
	IngredientID uuid.UUID
	Quantity     int
}

func (recipeRow) TableName() string { return "public.recipes" }

type offerRow struct {
	MenuItemID  uuid.UUID
	LocationID  uuid.UUID
	IsAvailable *bool
}

func (offerRow) TableName() string { return "public.menu_item_locations" }

type offerPriceRow struct {
	MenuItemID uuid.UUID
	LocationID uuid.UUID
	Size       menu.Size
	PriceCents int64
}

func (offerPriceRow) TableName() string { return "public.menu_item_location_prices" }

func itemRowOf(s menu.State) itemRow {
	row := itemRow{
		ID: s.ID, Name: s.Name, Description: s.Description, Category: s.Category, IsPizza: s.IsPizza,
		TaxCategory: s.TaxCategory, Allergens: s.Allergens, IsAvailable: s.IsAvailable, PreparationMinutes: s.PreparationMinutes, Version: s.Version,
		CreatedAt: s.CreatedAt, UpdatedAt: s.UpdatedAt, ArchivedAt: s.ArchivedAt, HalvesBasePrice: menu.Higher, ImageID: s.ImageID,
	}
	if h := s.Halves; h != nil {
		row.HalvesBasePrice, row.HalvesToppingPercent, row.HalvesSplitCharge, row.HalvesSizes = h.BasePrice, h.ToppingPercent, h.SplitCharge, h.Sizes
	}
	return row
}

func priceRowsOf(s menu.State) []priceRow {
	rows := make([]priceRow, len(s.Prices))
	for i, p := range s.Prices {
		rows[i] = priceRow{MenuItemID: s.ID, Size: p.Size, PriceCents: p.Price}
	}
	return rows
}

// recipeRowsOf sorts the lines, because ingredients are locked in the order in which their lines are written.
func recipeRowsOf(s menu.State) []recipeRow {
	rows := make([]recipeRow, len(s.Recipe))
	for i, line := range s.Recipe {
		rows[i] = recipeRow{MenuItemID: s.ID, IngredientID: line.IngredientID, Quantity: line.Quantity}
	}
	slices.SortFunc(rows, func(a, b recipeRow) int { return slices.Compare(a.IngredientID[:], b.IngredientID[:]) })
	return rows
}

func offerRowsOf(s menu.State) (offers []offerRow, prices []offerPriceRow) {
	for _, o := range s.Offers {
		offers = append(offers, offerRow{MenuItemID: s.ID, LocationID: o.LocationID, IsAvailable: o.IsAvailable})
		for _, p := range o.Prices {
			prices = append(prices, offerPriceRow{MenuItemID: s.ID, LocationID: o.LocationID, Size: p.Size, PriceCents: p.Price})
		}
	}
	return offers, prices
}

func offersOf(offers []offerRow, prices []offerPriceRow) []menu.Offer {
	var all []menu.Offer
	for _, o := range offers {
		offer := menu.Offer{LocationID: o.LocationID, IsAvailable: o.IsAvailable}
		for _, p := range prices {
			if p.LocationID == o.LocationID {
				offer.Prices = append(offer.Prices, menu.Price{Size: p.Size, Price: p.PriceCents})
			}
		}
		all = append(all, offer)
	}
	return all
}

func stateOf(row itemRow, prices []priceRow, recipe []recipeRow) menu.State {
	s := menu.State{
		ID: row.ID, Name: row.Name, Description: row.Description, Category: row.Category, IsPizza: row.IsPizza,
		TaxCategory: row.TaxCategory, Allergens: row.Allergens, IsAvailable: row.IsAvailable, PreparationMinutes: row.PreparationMinutes, Version: row.Version,
		CreatedAt: row.CreatedAt, UpdatedAt: row.UpdatedAt, ArchivedAt: row.ArchivedAt, ImageID: row.ImageID,
	}
	if len(row.HalvesSizes) > 0 {
		s.Halves = &menu.HalvesPolicy{
			BasePrice: row.HalvesBasePrice, ToppingPercent: row.HalvesToppingPercent, SplitCharge: row.HalvesSplitCharge, Sizes: row.HalvesSizes,
		}
	}
	for _, p := range prices {
		s.Prices = append(s.Prices, menu.Price{Size: p.Size, Price: p.PriceCents})
	}
	for _, line := range recipe {
		s.Recipe = append(s.Recipe, menu.RecipeLine{IngredientID: line.IngredientID, Quantity: line.Quantity})
	}
	return s
}

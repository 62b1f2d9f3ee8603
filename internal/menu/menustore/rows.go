// Package menustore keeps the menu in Postgres: GORM rows to aggregate and back, and the transactions around it.
package menustore

import (
	"database/sql/driver"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgtype"

	"pizzeria/internal/location"
	"pizzeria/internal/menu"
)

type itemRow struct {
	ID                 uuid.UUID
	Name               string
	Description        string
	Category           string
	IsPizza            bool
	TaxCategory        location.TaxCategory
	Allergens          textArray
	IsAvailable        bool
	PreparationMinutes int
	Version            int
	CreatedAt          time.Time
	UpdatedAt          time.Time `gorm:"autoUpdateTime:false"`
	ArchivedAt         *time.Time
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
	return itemRow{
		ID: s.ID, Name: s.Name, Description: s.Description, Category: s.Category, IsPizza: s.IsPizza,
		TaxCategory: s.TaxCategory, Allergens: s.Allergens, IsAvailable: s.IsAvailable, PreparationMinutes: s.PreparationMinutes, Version: s.Version,
		CreatedAt: s.CreatedAt, UpdatedAt: s.UpdatedAt, ArchivedAt: s.ArchivedAt,
	}
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
		CreatedAt: row.CreatedAt, UpdatedAt: row.UpdatedAt, ArchivedAt: row.ArchivedAt,
	}
	for _, p := range prices {
		s.Prices = append(s.Prices, menu.Price{Size: p.Size, Price: p.PriceCents})
	}
	for _, line := range recipe {
		s.Recipe = append(s.Recipe, menu.RecipeLine{IngredientID: line.IngredientID, Quantity: line.Quantity})
	}
	return s
}

// textArray is a text[] in Postgres; nil is stored as an empty one.
type textArray []string

// Value implements driver.Valuer.
func (a textArray) Value() (driver.Value, error) {
	text, err := pgtype.NewMap().Encode(pgtype.TextArrayOID, pgtype.TextFormatCode, append([]string{}, a...), nil)
	return string(text), err
}

// Scan implements sql.Scanner.
func (a *textArray) Scan(value any) error {
	return pgtype.NewMap().SQLScanner((*[]string)(a)).Scan(value)
}

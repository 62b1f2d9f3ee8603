package menustore

import (
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/inventory"
	"pizzeria/internal/menu"
	"pizzeria/internal/platform/postgres"
)

type groupRow struct {
	ID         uuid.UUID
	Name       string
	Min        int
	Max        *int
	FreeUpTo   int
	Halves     bool
	LightPrice *int
	LightDose  *int
	ExtraPrice *int
	ExtraDose  *int
	Version    int
	CreatedAt  time.Time
	UpdatedAt  time.Time `gorm:"autoUpdateTime:false"`
	ArchivedAt *time.Time
}

func (groupRow) TableName() string { return "public.option_groups" }

type optionRow struct {
	ID           uuid.UUID
	GroupID      uuid.UUID
	Position     int
	Name         string
	IsDefault    bool
	IngredientID *uuid.UUID
	Allergens    postgres.Texts[inventory.Allergen]
}

func (optionRow) TableName() string { return "public.menu_options" }

type optionPriceRow struct {
	OptionID   uuid.UUID
	Size       menu.Size
	PriceCents int64
	Dose       int
}

func (optionPriceRow) TableName() string { return "public.menu_option_prices" }

func groupRowOf(s menu.OptionGroupState) groupRow {
	row := groupRow{
		ID: s.ID, Name: s.Name, Min: s.Min, Max: s.Max, FreeUpTo: s.FreeUpTo, Halves: s.Halves, Version: s.Version,
		CreatedAt: s.CreatedAt, UpdatedAt: s.UpdatedAt, ArchivedAt: s.ArchivedAt,
	}
	if s.Light != nil {
		row.LightPrice, row.LightDose = &s.Light.PriceBasisPoints, &s.Light.DoseBasisPoints
	}
	if s.Extra != nil {
		row.ExtraPrice, row.ExtraDose = &s.Extra.PriceBasisPoints, &s.Extra.DoseBasisPoints
	}
	return row
}

func optionRowsOf(s menu.OptionGroupState) (options []optionRow, prices []optionPriceRow) {
	for i, o := range s.Options {
		options = append(options, optionRow{
			ID: *o.ID, GroupID: s.ID, Position: i, Name: o.Name, IsDefault: o.IsDefault, IngredientID: o.IngredientID, Allergens: o.Allergens,
		})
		for _, p := range o.Prices {
			prices = append(prices, optionPriceRow{OptionID: *o.ID, Size: p.Size, PriceCents: p.Price, Dose: p.Dose})
		}
	}
	return options, prices
}

func groupStateOf(row groupRow, options []optionRow, prices []optionPriceRow) menu.OptionGroupState {
	s := menu.OptionGroupState{
		ID: row.ID, Version: row.Version, CreatedAt: row.CreatedAt, UpdatedAt: row.UpdatedAt, ArchivedAt: row.ArchivedAt,
		OptionGroupTerms: menu.OptionGroupTerms{
			Name: row.Name, Min: row.Min, Max: row.Max, FreeUpTo: row.FreeUpTo, Halves: row.Halves,
			Light: factorsOf(row.LightPrice, row.LightDose), Extra: factorsOf(row.ExtraPrice, row.ExtraDose),
		},
	}
	for _, o := range options {
		if o.GroupID != row.ID {
			continue
		}
		option := menu.Option{ID: new(o.ID), Name: o.Name, IsDefault: o.IsDefault, IngredientID: o.IngredientID, Allergens: o.Allergens}
		for _, p := range prices {
			if p.OptionID == o.ID {
				option.Prices = append(option.Prices, menu.OptionPrice{Size: p.Size, Price: p.PriceCents, Dose: p.Dose})
			}
		}
		s.Options = append(s.Options, option)
	}
	return s
}

func factorsOf(price, dose *int) *menu.AmountFactors {
	if price == nil || dose == nil {
		return nil
	}
	return &menu.AmountFactors{PriceBasisPoints: *price, DoseBasisPoints: *dose}
}

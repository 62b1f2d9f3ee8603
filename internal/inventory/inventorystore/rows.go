package inventorystore

import (
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/inventory"
)

type ingredientRow struct {
	ID           uuid.UUID
	Name         string
	OnHand       int
	Reserved     int
	LowThreshold int
	CreatedAt    time.Time
}

func (ingredientRow) TableName() string { return "public.ingredients" }

// countedRow is a movement that no order caused.
type countedRow struct {
	IngredientID uuid.UUID
	Kind         string
	OnHand       int // the difference, signed
	Reserved     int
	At           time.Time
}

func (countedRow) TableName() string { return "public.stock_movements" }

func ingredientRowOf(i inventory.Ingredient, createdAt time.Time) ingredientRow {
	return ingredientRow{
		ID: i.ID, Name: i.Name, OnHand: i.OnHand, Reserved: i.Reserved, LowThreshold: i.LowThreshold, CreatedAt: createdAt,
	}
}

func ingredientOf(row ingredientRow) inventory.Ingredient {
	return inventory.Ingredient{
		ID: row.ID, Name: row.Name, OnHand: row.OnHand, Reserved: row.Reserved, LowThreshold: row.LowThreshold,
	}
}

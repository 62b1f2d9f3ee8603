package inventorystore

import (
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/inventory"
	"pizzeria/internal/platform/text"
)

type ingredientRow struct {
	ID           uuid.UUID
	Name         string
	NameFolded   string
	LowThreshold int
	CreatedAt    time.Time
}

func (ingredientRow) TableName() string { return "public.ingredients" }

// stockRow is an ingredient with its stock, read from both tables under a lock.
type stockRow struct {
	ID           uuid.UUID
	Name         string
	OnHand       int
	Reserved     int
	LowThreshold int
}

// difference is what a movement adds to an ingredient's level, signed.
type difference struct {
	IngredientID uuid.UUID `json:"ingredient_id"`
	OnHand       int64     `json:"on_hand"`
	Reserved     int64     `json:"reserved"`
}

func ingredientRowOf(i inventory.Ingredient, createdAt time.Time) ingredientRow {
	return ingredientRow{ID: i.ID, Name: i.Name, NameFolded: text.FoldName(i.Name), LowThreshold: i.LowThreshold, CreatedAt: createdAt}
}

func ingredientOf(row stockRow) inventory.Ingredient {
	return inventory.Ingredient{
		ID: row.ID, Name: row.Name, OnHand: row.OnHand, Reserved: row.Reserved, LowThreshold: row.LowThreshold,
	}
}

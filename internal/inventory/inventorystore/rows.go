package inventorystore

import (
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/inventory"
	"pizzeria/internal/platform/postgres"
	"pizzeria/internal/platform/text"
)

type ingredientRow struct {
	ID           uuid.UUID
	Name         string
	NameFolded   string
	LowThreshold int
	Allergens    postgres.Texts[inventory.Allergen]
	Diet         *inventory.Diet
	Version      int
	CreatedAt    time.Time
}

func (ingredientRow) TableName() string { return "public.ingredients" }

// difference is what a movement adds to the level of an ingredient at a location, signed.
type difference struct {
	IngredientID uuid.UUID `json:"ingredient_id"`
	LocationID   uuid.UUID `json:"location_id"`
	OnHand       int64     `json:"on_hand"`
	Reserved     int64     `json:"reserved"`
	// At is when it is promised, by the time of the order: what is sold out then isn't. Nil: at once.
	At *time.Time `json:"at"`
}

func ingredientRowOf(i inventory.Ingredient, createdAt time.Time) ingredientRow {
	return ingredientRow{
		ID: i.ID, Name: i.Name, NameFolded: text.FoldName(i.Name), LowThreshold: i.LowThreshold, Allergens: i.Allergens, Diet: i.Diet,
		Version: max(i.Version, 1), CreatedAt: createdAt,
	}
}

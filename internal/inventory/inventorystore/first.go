package inventorystore

import (
	"errors"
	"strconv"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"pizzeria/internal/inventory"
	"pizzeria/internal/platform/fault"
)

// countFirst puts the stock of a new ingredient where it is, with the movements that explain it.
func countFirst(tx *gorm.DB, ingredient inventory.Ingredient, at time.Time) error {
	places, err := placesOf(tx, ingredient.Stock)
	if err != nil {
		return err
	}
	for i, s := range ingredient.Stock {
		if err := counted(tx, inventory.StockKey{IngredientID: ingredient.ID, LocationID: places[i]}, s.OnHand, at); err != nil {
			return err
		}
	}
	return nil
}

// placesOf finds the location of each stock. It fails as find does, and with BAD_USER_INPUT for a location that is named twice.
func placesOf(tx *gorm.DB, stock []inventory.LocationStock) ([]uuid.UUID, error) {
	places := make([]uuid.UUID, 0, len(stock))
	for i, s := range stock {
		place, err := find(tx, s.LocationID)
		var refusal *fault.Error
		switch {
		case errors.As(err, &refusal):
			return nil, refusal.At("stock", strconv.Itoa(i), "locationId")
		case err != nil:
			return nil, err
		}
		places = append(places, place.LocationID)
	}
	return places, inventory.NamedOnce(places)
}

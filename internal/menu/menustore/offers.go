package menustore

import (
	"fmt"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"pizzeria/internal/menu"
)

func loadOffers(tx *gorm.DB, id uuid.UUID) ([]menu.Offer, error) {
	var offers []offerRow
	if err := tx.Where("menu_item_id = ?", id).Order("location_id").Find(&offers).Error; err != nil {
		return nil, fmt.Errorf("load what locations do otherwise: %w", err)
	}
	if len(offers) == 0 {
		return nil, nil
	}
	var prices []offerPriceRow
	if err := tx.Where("menu_item_id = ?", id).Find(&prices).Error; err != nil {
		return nil, fmt.Errorf("load prices of locations: %w", err)
	}
	return offersOf(offers, prices), nil
}

// keepLocations keeps the locations as they are until the transaction ends, and returns their currencies. A dish is offered, and
// what it takes in stock, at each of them: of a new one, whoever changes a dish at the same time would see nothing. It comes first:
// a location that is added meanwhile may wait for what is locked later.
func keepLocations(tx *gorm.DB) (menu.Currencies, error) {
	if err := tx.Exec(`SELECT public.keep_locations()`).Error; err != nil {
		return nil, fmt.Errorf("keep locations as they are: %w", err)
	}
	var places []struct {
		ID       uuid.UUID
		Currency string
	}
	if err := tx.Raw(`SELECT l.id, l.currency FROM public.locations AS l`).Find(&places).Error; err != nil {
		return nil, fmt.Errorf("look up currencies of locations: %w", err)
	}
	currencies := make(menu.Currencies, len(places))
	for _, place := range places {
		currencies[place.ID] = place.Currency
	}
	return currencies, nil
}

// saveOffers writes what locations do otherwise in the place of what they did; their prices go with it.
func saveOffers(tx *gorm.DB, s menu.State) error {
	offers, prices := offerRowsOf(s)
	if err := replace(tx, s.ID, offers); err != nil {
		return err
	}
	return insert(tx, prices)
}

package menustore

import (
	"fmt"
	"slices"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"pizzeria/internal/location"
	"pizzeria/internal/menu"
	"pizzeria/internal/platform/postgres"
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

// saveOffers writes what locations do otherwise in the place of what they did; their prices go with it. It fails with
// NOT_FOUND if there is no such location, and with BAD_USER_INPUT for a price that can't be paid in its currency.
func saveOffers(tx *gorm.DB, before, s menu.State) error {
	offers, prices := offerRowsOf(s)
	_, old := offerRowsOf(before)
	if err := checkPrices(tx, slices.DeleteFunc(slices.Clone(prices), func(p offerPriceRow) bool { return slices.Contains(old, p) })); err != nil {
		return err
	}
	err := replace(tx, s.ID, offers)
	if _, constraint, ok := postgres.Constraint(err); ok && constraint == "menu_item_locations_location_id_fkey" {
		return location.NotFound().At("locations")
	}
	if err != nil {
		return err
	}
	return insert(tx, prices)
}

func checkPrices(tx *gorm.DB, prices []offerPriceRow) error {
	var places []struct {
		ID       uuid.UUID
		Currency string
	}
	if err := tx.Raw(`SELECT l.id, l.currency FROM public.locations AS l`).Find(&places).Error; err != nil {
		return fmt.Errorf("look up currencies of locations: %w", err)
	}
	currencies := make(map[uuid.UUID]string, len(places))
	for _, place := range places {
		currencies[place.ID] = place.Currency
	}
	for _, p := range prices {
		currency, found := currencies[p.LocationID]
		if !found {
			return location.NotFound().At("locations")
		}
		if err := location.ValidAmount(p.PriceCents, currency, "locations"); err != nil {
			return err
		}
	}
	return nil
}

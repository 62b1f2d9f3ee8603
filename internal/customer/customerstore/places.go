package customerstore

import (
	"fmt"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"pizzeria/internal/customer"
)

// mustExist refuses, with BAD_USER_INPUT, locations that don't exist: an array has no foreign keys. Locations are never deleted.
func mustExist(tx *gorm.DB, locationIDs []uuid.UUID) error {
	if len(locationIDs) == 0 {
		return nil
	}
	var found int
	err := tx.Raw(`SELECT count(*) FROM public.locations AS l WHERE l.id = ANY (?::uuid[])`, ids(locationIDs)).Find(&found).Error
	switch {
	case err != nil:
		return fmt.Errorf("look for locations: %w", err)
	case found != len(locationIDs):
		return customer.UnknownLocation()
	}
	return nil
}

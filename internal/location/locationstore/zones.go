package locationstore

import (
	"database/sql/driver"
	"fmt"
	"strings"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"pizzeria/internal/location"
)

type zoneRow struct {
	ID           uuid.UUID
	LocationID   uuid.UUID
	Position     int
	Name         string
	PostalCodes  codes
	Fee          int64
	MinimumOrder int64
	Minutes      int
}

func (zoneRow) TableName() string { return "public.delivery_zones" }

// saveZones stores a location's zones in the place of those that it had.
func saveZones(tx *gorm.DB, s location.State) error {
	if err := tx.Where("location_id = ?", s.ID).Delete(&zoneRow{}).Error; err != nil {
		return fmt.Errorf("delete zones: %w", err)
	}
	rows := make([]zoneRow, len(s.Zones))
	for i, z := range s.Zones {
		rows[i] = zoneRow{
			ID: z.ID, LocationID: s.ID, Position: i + 1, Name: z.Name, PostalCodes: z.PostalCodes, Fee: z.Fee, MinimumOrder: z.MinimumOrder, Minutes: z.Minutes,
		}
	}
	if len(rows) == 0 {
		return nil
	}
	if err := tx.Create(&rows).Error; err != nil {
		return fmt.Errorf("insert zones: %w", err)
	}
	return nil
}

func loadZones(tx *gorm.DB, at uuid.UUID) ([]location.Zone, error) {
	var rows []zoneRow
	if err := tx.Where("location_id = ?", at).Order("position").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("load zones: %w", err)
	}
	var zones []location.Zone
	for _, r := range rows {
		zones = append(zones, location.Zone{
			ID: r.ID, Name: r.Name, PostalCodes: r.PostalCodes, Fee: r.Fee, MinimumOrder: r.MinimumOrder, Minutes: r.Minutes,
		})
	}
	return zones, nil
}

// codes are a text[] in Postgres. They are letters, digits and asterisks, quoted because of NULL, which is no code but could be
// one.
type codes []string

// Value implements driver.Valuer.
func (c codes) Value() (driver.Value, error) { return `{"` + strings.Join(c, `","`) + `"}`, nil }

// Scan implements sql.Scanner.
func (c *codes) Scan(value any) error {
	text, ok := value.(string)
	if !ok {
		return fmt.Errorf("read postal codes from %T", value)
	}
	*c = strings.Split(strings.ReplaceAll(strings.Trim(text, "{}"), `"`, ""), ",")
	return nil
}

package locationstore

import (
	"fmt"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"pizzeria/internal/location"
)

type serviceRow struct {
	LocationID      uuid.UUID
	Fulfillment     location.Fulfillment
	Hours           []location.OpeningHours `gorm:"serializer:json"`
	SpecialDays     []location.SpecialDay   `gorm:"serializer:json"`
	LastOrderBefore int
	LeadMinutes     int
	SlotMinutes     int
	MaxDaysAhead    int
	PausedUntil     *time.Time
	PauseReason     *string
}

func (serviceRow) TableName() string { return "public.location_services" }

// saveServices stores the services that have been set, in the place of those that had.
func saveServices(tx *gorm.DB, s location.State) error {
	if err := tx.Where("location_id = ?", s.ID).Delete(&serviceRow{}).Error; err != nil {
		return fmt.Errorf("delete services: %w", err)
	}
	rows := make([]serviceRow, len(s.Services))
	for i, of := range s.Services {
		rows[i] = serviceRow{
			LocationID: s.ID, Fulfillment: of.Fulfillment, Hours: append([]location.OpeningHours{}, of.Hours...),
			SpecialDays: append([]location.SpecialDay{}, of.SpecialDays...), LastOrderBefore: of.LastOrderBefore,
			LeadMinutes: of.LeadMinutes, SlotMinutes: of.SlotMinutes, MaxDaysAhead: of.MaxDaysAhead,
		}
		if of.Pause != nil {
			rows[i].PausedUntil, rows[i].PauseReason = &of.Pause.Until, &of.Pause.Reason
		}
	}
	if len(rows) == 0 {
		return nil
	}
	if err := tx.Create(&rows).Error; err != nil {
		return fmt.Errorf("insert services: %w", err)
	}
	return nil
}

func loadServices(tx *gorm.DB, at uuid.UUID) ([]location.Service, error) {
	var rows []serviceRow
	if err := tx.Where("location_id = ?", at).Order(`fulfillment COLLATE "C"`).Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("load services: %w", err)
	}
	var services []location.Service
	for _, r := range rows {
		s := location.Service{
			Fulfillment: r.Fulfillment, Hours: r.Hours, SpecialDays: r.SpecialDays,
			Terms: location.Terms{LastOrderBefore: r.LastOrderBefore, LeadMinutes: r.LeadMinutes, SlotMinutes: r.SlotMinutes, MaxDaysAhead: r.MaxDaysAhead},
		}
		if r.PausedUntil != nil && r.PauseReason != nil {
			s.Pause = &location.Pause{Until: r.PausedUntil.UTC(), Reason: *r.PauseReason}
		}
		services = append(services, s)
	}
	return services, nil
}

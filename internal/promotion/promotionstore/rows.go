// Package promotionstore keeps promotions in Postgres: GORM rows to aggregate and back, the transactions around it, and what
// orders do in theirs.
package promotionstore

import (
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/location"
	"pizzeria/internal/ordering/pricing"
	"pizzeria/internal/platform/text"
	"pizzeria/internal/promotion"
)

type promotionRow struct {
	ID                uuid.UUID
	LocationID        uuid.UUID
	Name              string
	Code              *string
	CodeFolded        *string
	Priority          int
	Advertised        bool
	Reward            pricing.Reward `gorm:"serializer:json"`
	Conditions        conditions     `gorm:"serializer:json"`
	MenuItemIDs       []uuid.UUID    `gorm:"column:menu_item_ids;serializer:json"`
	StartsAt          *time.Time
	EndsAt            *time.Time
	MaxUses           *int
	MaxUsesByCustomer *int
	Uses              int
	Version           int
	CreatedAt         time.Time
	UpdatedAt         time.Time `gorm:"autoUpdateTime:false"`
}

func (promotionRow) TableName() string { return "public.promotions" }

// conditions are those that stand in no column of their own.
type conditions struct {
	Scope        pricing.Scope          `json:"scope"`
	Minimum      int64                  `json:"minimum"`
	Fulfillments []location.Fulfillment `json:"fulfillments"`
	Hours        []pricing.Hours        `json:"hours"`
	FirstOrder   bool                   `json:"firstOrder"`
}

func rowOf(s promotion.State) promotionRow {
	row := promotionRow{
		ID: s.ID, LocationID: s.LocationID, Name: s.Name, Priority: s.Priority, Advertised: s.Advertised, Reward: s.Reward,
		Conditions: conditions{
			Scope: s.Scope, Minimum: s.Minimum, Fulfillments: s.Fulfillments, Hours: s.Hours, FirstOrder: s.FirstOrder,
		},
		MenuItemIDs: append([]uuid.UUID{}, s.MenuItemIDs()...), StartsAt: s.StartsAt, EndsAt: s.EndsAt, MaxUses: s.MaxUses, MaxUsesByCustomer: s.MaxUsesByCustomer,
		Uses: s.Uses, Version: s.Version, CreatedAt: s.CreatedAt, UpdatedAt: s.UpdatedAt,
	}
	if s.Code != "" {
		row.Code, row.CodeFolded = &s.Code, new(text.FoldName(s.Code))
	}
	return row
}

// promotion returns the row as it is priced.
func (r promotionRow) promotion() pricing.Promotion {
	p := pricing.Promotion{
		ID: r.ID, Version: r.Version, Name: r.Name, Priority: r.Priority, Advertised: r.Advertised, Reward: r.Reward, Uses: r.Uses,
		Conditions: pricing.Conditions{
			StartsAt: inUTC(r.StartsAt), EndsAt: inUTC(r.EndsAt), Scope: r.Conditions.Scope, Minimum: r.Conditions.Minimum,
			Fulfillments: r.Conditions.Fulfillments, Hours: r.Conditions.Hours, FirstOrder: r.Conditions.FirstOrder,
			MaxUses: r.MaxUses, MaxUsesByCustomer: r.MaxUsesByCustomer,
		},
	}
	if r.Code != nil {
		p.Code = *r.Code
	}
	return p
}

func inUTC(at *time.Time) *time.Time {
	if at == nil {
		return nil
	}
	return new(at.UTC())
}

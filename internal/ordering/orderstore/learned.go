package orderstore

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"pizzeria/internal/location"
	"pizzeria/internal/menu"
	"pizzeria/internal/ordering"
	"pizzeria/internal/platform/postgres"
)

type learnedRow struct {
	LocationID    uuid.UUID
	MenuItemID    uuid.UUID
	Size          menu.Size
	LikelySeconds int
	LatestSeconds int
	Samples       int
	LeftOut       int
	ByHour        []ordering.HourTook `gorm:"serializer:json"`
	LearnedAt     time.Time
}

func (learnedRow) TableName() string { return "public.learned_times" }

// ClaimLearning returns the location that has been due for the longest, and puts it off until next; nil if none is due.
func (s *Store) ClaimLearning(ctx context.Context, now, next time.Time) (*ordering.LearningKitchen, error) {
	var row struct {
		ID          uuid.UUID
		TimeZone    string
		DayEndsAt   location.TimeOfDay
		BakeSeconds int
	}
	found := s.db.WithContext(ctx).Raw(`
		WITH claimed AS (
			INSERT INTO public.learning_due AS d (location_id, due_at)
			SELECT l.id, ?
			FROM public.locations AS l
			LEFT JOIN public.learning_due AS w ON w.location_id = l.id
			WHERE l.learn_times AND (w.due_at IS NULL OR w.due_at <= ?)
			ORDER BY w.due_at NULLS FIRST, l.id
			LIMIT 1
			ON CONFLICT (location_id) DO UPDATE SET due_at = excluded.due_at WHERE d.due_at <= ?
			RETURNING d.location_id
		)
		SELECT l.id, l.time_zone, l.day_ends_at, l.bake_seconds
		FROM claimed AS c
		JOIN public.locations AS l ON l.id = c.location_id`, next, now, now,
	).Scan(&row)
	if found.Error != nil {
		return nil, fmt.Errorf("claim a location to learn of: %w", found.Error)
	}
	if found.RowsAffected == 0 {
		return nil, nil
	}
	return &ordering.LearningKitchen{
		LocationID: row.ID, Calendar: location.Calendar{TimeZone: row.TimeZone, DayEndsAt: row.DayEndsAt}, Bake: time.Duration(row.BakeSeconds) * time.Second,
	}, nil
}

// SaveLearned replaces what was learned of a location, in one transaction.
func (s *Store) SaveLearned(ctx context.Context, at uuid.UUID, times []ordering.LearnedTime, now time.Time) error {
	rows := make([]learnedRow, len(times))
	for i, t := range times {
		rows[i] = learnedRow{
			LocationID: at, MenuItemID: t.MenuItemID, Size: t.Size, LikelySeconds: t.Likely, LatestSeconds: t.Latest,
			Samples: t.Samples, LeftOut: t.LeftOut, ByHour: t.ByHour, LearnedAt: now,
		}
	}
	return postgres.InTx(ctx, s.db, nil, func(tx *gorm.DB) error {
		if err := tx.Where("location_id = ?", at).Delete(&learnedRow{}).Error; err != nil {
			return fmt.Errorf("delete learned times: %w", err)
		}
		if len(rows) == 0 {
			return nil
		}
		if err := tx.CreateInBatches(rows, 500).Error; err != nil {
			return fmt.Errorf("insert learned times: %w", err)
		}
		return nil
	})
}

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

// Made reads the portions that were a whole order, of the orders that a location's kitchen has made since a moment: of so many at
// most, the newest. Halves that differ are no portion of one dish.
func (s *Store) Made(ctx context.Context, at uuid.UUID, since time.Time, orders int) ([]ordering.Made, error) {
	var rows []struct {
		MenuItemID uuid.UUID
		Size       menu.Size
		IsPizza    bool
		Began      time.Time
		Ready      time.Time
	}
	err := s.db.WithContext(ctx).Raw(`
		SELECT i.menu_item_id, i.size, coalesce(i.is_pizza, i.category = 'Pizza') AS is_pizza, b.at AS began, r.at AS ready
		FROM (
			SELECT e.stream_id, e.at
			FROM public.events AS e
			WHERE e.location_id = ? AND e.at >= ? AND e.stream = 'ORDER' AND e.type = 'READY'
			ORDER BY e.at DESC
			LIMIT ?
		) AS r
		JOIN public.order_items AS i ON i.order_id = r.stream_id AND i.line = 1 AND i.quantity = 1 AND i.second_half IS NULL
		JOIN public.events AS b ON b.stream_id = r.stream_id AND b.type = 'PREPARATION_STARTED'
		WHERE NOT EXISTS (SELECT FROM public.order_items AS o WHERE o.order_id = r.stream_id AND o.line = 2)`, at, since, orders,
	).Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("read what was made: %w", err)
	}
	made := make([]ordering.Made, len(rows))
	for i, row := range rows {
		made[i] = ordering.Made{MenuItemID: row.MenuItemID, Size: row.Size, IsPizza: row.IsPizza, Began: row.Began, Took: row.Ready.Sub(row.Began)}
	}
	return made, nil
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

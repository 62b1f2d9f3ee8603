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

// madeAtOnce is how many orders one statement looks at: it may have to read all that is asked of them from the disk.
const madeAtOnce = 1_000

// madeRow is an order that was made, and what it was if that was one portion.
type madeRow struct {
	Ready      time.Time
	Position   int64
	MenuItemID *uuid.UUID
	Size       menu.Size
	IsPizza    bool
	Began      time.Time
}

// Made reads the portions that were a whole order, of the orders that a location's kitchen has made since a moment: of so many at
// most, the newest. Halves that differ are no portion of one dish.
func (s *Store) Made(ctx context.Context, at uuid.UUID, since time.Time, orders int) ([]ordering.Made, error) {
	var made []ordering.Made
	last := madeRow{Ready: since.AddDate(100, 0, 0)} // after all there are
	for orders > 0 {
		page, err := s.madeBefore(ctx, at, since, last, min(orders, madeAtOnce))
		if err != nil {
			return nil, fmt.Errorf("read what was made: %w", err)
		}
		for _, row := range page {
			if row.MenuItemID != nil {
				made = append(made, ordering.Made{
					MenuItemID: *row.MenuItemID, Size: row.Size, IsPizza: row.IsPizza, Began: row.Began, Took: row.Ready.Sub(row.Began),
				})
			}
		}
		if len(page) < madeAtOnce {
			break
		}
		orders, last = orders-len(page), page[len(page)-1]
	}
	return made, nil
}

// madeBefore reads a page. What belongs to an order is looked up for each, so that a page costs the same behind any history.
func (s *Store) madeBefore(ctx context.Context, at uuid.UUID, since time.Time, last madeRow, orders int) (page []madeRow, err error) {
	err = s.db.WithContext(ctx).Raw(`
		SELECT r.at AS ready, r.position, p.menu_item_id, coalesce(p.size, '') AS size, coalesce(p.is_pizza, false) AS is_pizza, coalesce(p.began, r.at) AS began
		FROM (
			SELECT e.stream_id, e.at, e.position
			FROM public.events AS e
			WHERE e.location_id = ? AND e.at >= ? AND (e.at, e.position) < (?, ?) AND e.stream = 'ORDER' AND e.type = 'READY'
			ORDER BY e.at DESC, e.position DESC
			LIMIT ?
		) AS r
		LEFT JOIN LATERAL (
			SELECT i.menu_item_id, i.size, i.is_pizza, b.at AS began
			FROM (
				SELECT
					l.menu_item_id, l.size, coalesce(l.is_pizza, l.category = 'Pizza') AS is_pizza, l.quantity, l.second_half,
					count(*) OVER () AS lines
				FROM public.order_items AS l
				WHERE l.order_id = r.stream_id
			) AS i
			CROSS JOIN LATERAL (
				SELECT e.at FROM public.events AS e WHERE e.stream_id = r.stream_id AND e.type = 'PREPARATION_STARTED' LIMIT 1
			) AS b
			WHERE i.lines = 1 AND i.quantity = 1 AND i.second_half IS NULL
		) AS p ON true
		ORDER BY r.at DESC, r.position DESC`, at, since, last.Ready, last.Position, orders,
	).Find(&page).Error
	return page, err
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

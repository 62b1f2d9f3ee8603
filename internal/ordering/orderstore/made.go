package orderstore

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/menu"
	"pizzeria/internal/ordering"
)

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

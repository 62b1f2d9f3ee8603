package live

import (
	"context"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"pizzeria/internal/ordering/orderview"
	"pizzeria/internal/platform/events"
)

// orders reads rows of the order view; unknown ids are missing.
type orders interface {
	Orders(ctx context.Context, ids []uuid.UUID) (map[uuid.UUID]*orderview.Order, error)
}

// read returns the rows of the orders named, by id.
func read(ctx context.Context, from orders, ids []uuid.UUID) (map[uuid.UUID]*orderview.Order, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	slices.SortFunc(ids, func(a, b uuid.UUID) int { return slices.Compare(a[:], b[:]) })
	rows, err := from.Orders(ctx, slices.Compact(ids))
	if err != nil {
		return nil, fmt.Errorf("read changed orders: %w", err)
	}
	return rows, nil
}

// changeOf shows an event with its order as it stood then, by a row that was read since; nil if there is no row.
func changeOf(e events.Recorded, rows map[uuid.UUID]*orderview.Order) (*Change, error) {
	row := rows[e.OrderID]
	if row == nil {
		return nil, nil
	}
	then, err := row.AsOf(e.Event, e.Payment)
	if err != nil {
		return nil, fmt.Errorf("show an event's order: %w", err)
	}
	return &Change{Cursor: e.Cursor.Encode(), Event: &e.Event, Order: then}, nil
}

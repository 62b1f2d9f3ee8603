package orderview

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"pizzeria/internal/auth"
	"pizzeria/internal/fault"
	"pizzeria/internal/ordering"
	"pizzeria/internal/readmodel"
)

// Orders asks for one page of orders, newest first. A customer sees only their own.
type Orders struct {
	By     auth.Actor
	First  int    // 0 to 100
	After  string // an edge's cursor, "" for the start
	Filter Filter
}

// Filter narrows a list; its zero value doesn't.
type Filter struct {
	CustomerID   *uuid.UUID
	Statuses     []ordering.Status // nil: any
	PlacedAfter  *time.Time        // at this time or later
	PlacedBefore *time.Time
}

const maxFirst = 100

// OrdersHandler handles Orders. Cursor makes a cursor of the live feed from a database snapshot, pg_snapshot as text.
type OrdersHandler struct {
	DB     *gorm.DB
	Cursor func(snapshot string) (string, error)
}

// row is one row of the answer: the snapshot it was read in and, unless the page is empty, an order.
type row struct {
	AsOf    string
	Present bool
	Summary
}

const summaryColumns = `id, number, version, status, fulfillment, customer_name, total_cents, items_count, placed_at, estimated_delivery_at`

// Handle reads the page and the snapshot that it shows in one statement, so that the feed goes on exactly there.
func (h *OrdersHandler) Handle(ctx context.Context, q Orders) (*Page, error) {
	if q.First < 0 || q.First > maxFirst {
		return nil, fault.New(fault.BadUserInput, "Ask for 0 to %d orders at once.", maxFirst).At("first")
	}
	where, arguments, err := q.conditions()
	if err != nil {
		return nil, err
	}
	page := readmodel.Page{
		Model: "order", Key: "id", Columns: summaryColumns, Where: where,
		OrderBy: "placed_at DESC, id DESC", Limit: q.First + 1, // one more tells whether there is a next page
	}
	var rows []row
	var named []any // GORM takes an empty map for a positional argument
	if len(arguments) > 0 {
		named = append(named, arguments)
	}
	err = h.DB.WithContext(ctx).Raw(`
		SELECT pg_current_snapshot()::text AS as_of, p.id IS NOT NULL AS present, p.*
		FROM (SELECT) AS always
		LEFT JOIN LATERAL (`+page.SQL()+`) AS p ON true
		ORDER BY p.placed_at DESC, p.id DESC`, named...,
	).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("read orders: %w", err)
	}
	asOf, err := h.Cursor(rows[0].AsOf)
	if err != nil {
		return nil, err
	}
	var found []*Summary
	for i := range rows {
		if rows[i].Present {
			found = append(found, &rows[i].Summary)
		}
	}
	return newPage(found, q.First, q.After != "", asOf), nil
}

// conditions writes the WHERE clauses, one for each state asked for, as readmodel.Page wants them. A customer who asks
// for another's orders gets none, as if there were none.
func (q Orders) conditions() ([]string, map[string]any, error) {
	conditions, arguments := []string{"true"}, map[string]any{}
	add := func(condition, name string, value any) {
		conditions = append(conditions, condition)
		arguments[name] = value
	}
	if !q.By.Staff() {
		add("customer_id = @viewer", "viewer", q.By.ID)
	}
	if q.Filter.CustomerID != nil {
		add("customer_id = @customer", "customer", *q.Filter.CustomerID)
	}
	if q.Filter.PlacedAfter != nil {
		add("placed_at >= @placedAfter", "placedAfter", *q.Filter.PlacedAfter)
	}
	if q.Filter.PlacedBefore != nil {
		add("placed_at < @placedBefore", "placedBefore", *q.Filter.PlacedBefore)
	}
	if q.After != "" {
		after, err := decodeKey(q.After)
		if err != nil {
			return nil, nil, err
		}
		add("(placed_at, id) < (@placedAt, @id)", "placedAt", after.placedAt)
		arguments["id"] = after.id
	}
	all := strings.Join(conditions, " AND ")
	if q.Filter.Statuses == nil {
		return []string{all}, arguments, nil
	}
	where := []string{"false"} // no state asked for, no order
	for i, status := range slices.Compact(slices.Sorted(slices.Values(q.Filter.Statuses))) {
		name := fmt.Sprintf("status%d", i)
		where = append(where, fmt.Sprintf("%s AND status = @%s", all, name))
		arguments[name] = status
	}
	return where, arguments, nil
}

package orderview

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/ordering"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/fault"
)

// Filter narrows a list; its zero value doesn't.
type Filter struct {
	CustomerID   *uuid.UUID
	Statuses     []ordering.Status // nil: any; empty: none
	PlacedAfter  *time.Time        // at this time or later
	PlacedBefore *time.Time
}

const maxFirst = 100

func (q Orders) validate() error {
	if q.First < 0 || q.First > maxFirst {
		return fault.New(fault.BadUserInput, "Ask for 0 to %d orders at once.", maxFirst).At("first")
	}
	if q.LocationID != nil && q.By.Staff() && !q.By.At(*q.LocationID).Staff() {
		return auth.Forbidden()
	}
	return nil
}

// own tells whether the actor asks as a customer: for orders that are their own, wherever they were placed.
func (q Orders) own() bool {
	return !q.By.Staff() || (q.LocationID == nil && q.Filter.CustomerID != nil && *q.Filter.CustomerID == q.By.ID)
}

// arguments are the values of a statement's placeholders.
type arguments []any

// add returns the placeholder of a value.
func (a *arguments) add(value any) string {
	*a = append(*a, value)
	return "$" + strconv.Itoa(len(*a))
}

// conditions writes the WHERE clauses, one for each outcome asked for, as readmodel.Page wants them: a final state, or
// any others together; each of several locations by itself. Whoever asks for orders that they may not see gets none, as if there
// were none.
func (q Orders) conditions() (where []string, each string, values arguments, err error) {
	if q.Filter.Statuses != nil && len(q.Filter.Statuses) == 0 {
		return []string{"false"}, "", nil, nil // no state asked for, no order
	}
	all := []string{"true"}
	add := func(condition string, value any) {
		all = append(all, condition+values.add(value))
	}
	if q.LocationID != nil {
		add("location_id = ", *q.LocationID)
	}
	switch here := q.By.LocationIDs; {
	case q.own():
		add("customer_id = ", q.By.ID)
	case q.LocationID != nil || here == nil:
	case q.Filter.CustomerID != nil: // of whom there are few orders, wherever they are
		all = append(all, "location_id = ANY ("+values.add(here)+")")
	default:
		each = "SELECT l.id FROM unnest(" + values.add(here) + "::uuid[]) AS l (id)"
		all = append(all, "location_id = each.id")
	}
	if q.Filter.CustomerID != nil {
		add("customer_id = ", *q.Filter.CustomerID)
	}
	if q.Filter.PlacedAfter != nil {
		add("placed_at >= ", *q.Filter.PlacedAfter)
	}
	if q.Filter.PlacedBefore != nil {
		add("placed_at < ", *q.Filter.PlacedBefore)
	}
	if q.After != "" {
		after, err := decodeKey(q.After)
		if err != nil {
			return nil, "", nil, err
		}
		all = append(all, fmt.Sprintf("(placed_at, id) < (%s, %s)", values.add(after.placedAt), values.add(after.id)))
	}
	if q.Filter.Statuses == nil {
		return []string{strings.Join(all, " AND ")}, each, values, nil
	}
	var open []string
	for _, status := range slices.Compact(slices.Sorted(slices.Values(q.Filter.Statuses))) {
		if !status.Final() {
			open = append(open, string(status))
			continue
		}
		where = append(where, strings.Join(all, " AND ")+" AND outcome = "+values.add(status))
	}
	if open != nil {
		where = append(where, strings.Join(all, " AND ")+" AND outcome = 'OPEN' AND status = ANY ("+values.add(open)+")")
	}
	return where, each, values, nil
}

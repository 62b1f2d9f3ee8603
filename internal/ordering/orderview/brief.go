package orderview

import (
	"strconv"
	"time"

	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/projection"
)

// brief is what stands in columns beside the document: what lists mostly show.
type brief struct {
	number, itemsCount  int
	customerName        string
	currency            string
	total               int64
	estimatedDeliveryAt *time.Time
	scheduledFor        *time.Time
}

// briefColumns of public.order_view make a brief order.
const briefColumns = `id, number, version, status, fulfillment, customer_id, location_id, customer_name, items_count, currency, total_cents, placed_at, estimated_delivery_at, scheduled_for`

// intoBrief is where they are scanned to.
func (o *Order) intoBrief() []any {
	b := &brief{}
	o.brief = b
	return []any{
		&o.ID, &b.number, &o.Version, (*string)(&o.Status), (*string)(&o.Fulfillment), &o.CustomerID, &o.LocationID, &b.customerName,
		&b.itemsCount, &b.currency, &b.total, &o.PlacedAt, &b.estimatedDeliveryAt, &b.scheduledFor,
	}
}

// Brief tells whether a page of which this is selected can be one of brief orders. No plan may mean any selection.
func Brief(page *projection.Plan) bool {
	if page == nil {
		return false
	}
	some := Seen{&Order{brief: &brief{}}, &auth.Actor{}}
	for order := range page.Within("Order") {
		if _, err := some.AppendSelected(nil, order); err != nil {
			return false
		}
	}
	return true
}

// column appends a field of a brief order.
func (s Seen) column(out []byte, field string, of *projection.Plan) ([]byte, error) {
	switch field {
	case "id":
		return projection.Text(out, s.ID.String()), nil
	case "number":
		return strconv.AppendInt(out, int64(s.brief.number), 10), nil
	case "version":
		return strconv.AppendInt(out, int64(s.Version), 10), nil
	case "status":
		return projection.Text(out, string(s.Status)), nil
	case "fulfillment":
		return projection.Text(out, string(s.Fulfillment)), nil
	case "customer":
		return of.Values(out, s.customerColumn)
	case "itemsCount":
		return strconv.AppendInt(out, int64(s.brief.itemsCount), 10), nil
	case "currency":
		return projection.Text(out, s.brief.currency), nil
	case "totals":
		return of.Values(out, s.totalColumn)
	case "placedAt":
		return projection.Time(out, s.PlacedAt), nil
	case "estimatedDeliveryAt":
		return projection.Nullable(out, s.brief.estimatedDeliveryAt, projection.Time), nil
	case "scheduledFor":
		return projection.Nullable(out, s.brief.scheduledFor, projection.Time), nil
	}
	if out, known := s.computed(out, field); known {
		return out, nil
	}
	return nil, projection.ErrUnknownField
}

func (o *Order) customerColumn(out []byte, field string, _ *projection.Plan) ([]byte, error) {
	switch field {
	case "id":
		return projection.Text(out, o.CustomerID.String()), nil
	case "name":
		return projection.Text(out, o.brief.customerName), nil
	}
	return nil, projection.ErrUnknownField
}

func (o *Order) totalColumn(out []byte, field string, _ *projection.Plan) ([]byte, error) {
	if field != "total" {
		return nil, projection.ErrUnknownField
	}
	return strconv.AppendInt(out, o.brief.total, 10), nil
}

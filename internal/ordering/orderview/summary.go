package orderview

import (
	"strconv"
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/ordering"
	"pizzeria/internal/platform/projection"
)

// Summary is an order at a glance; Total is in minor units.
type Summary struct {
	ID                  uuid.UUID
	Number              int
	Version             int
	Status              ordering.Status
	Fulfillment         ordering.Fulfillment
	CustomerName        string
	Total               int64
	ItemsCount          int
	PlacedAt            time.Time
	EstimatedDeliveryAt *time.Time
}

// summaryColumns of public.order_view make a Summary.
const summaryColumns = `id, number, version, status, fulfillment, customer_name, total_cents, items_count, placed_at, estimated_delivery_at`

// into is where they are scanned to.
func (s *Summary) into() []any {
	return []any{
		&s.ID, &s.Number, &s.Version, (*string)(&s.Status), (*string)(&s.Fulfillment), &s.CustomerName,
		&s.Total, &s.ItemsCount, &s.PlacedAt, &s.EstimatedDeliveryAt,
	}
}

// IsNode marks the summary as a node of the API.
func (*Summary) IsNode() {}

func (s *Summary) key() key { return key{placedAt: s.PlacedAt, id: s.ID} }

// AppendSelected implements projection.Object.
func (s *Summary) AppendSelected(out []byte, plan *projection.Plan) ([]byte, error) {
	return plan.Object(out, func(out []byte, f *projection.Field) ([]byte, error) {
		switch f.Name {
		case "id":
			return projection.Text(out, s.ID.String()), nil
		case "number":
			return strconv.AppendInt(out, int64(s.Number), 10), nil
		case "version":
			return strconv.AppendInt(out, int64(s.Version), 10), nil
		case "status":
			return projection.Text(out, string(s.Status)), nil
		case "fulfillment":
			return projection.Text(out, string(s.Fulfillment)), nil
		case "customerName":
			return projection.Text(out, s.CustomerName), nil
		case "total":
			return strconv.AppendInt(out, s.Total, 10), nil
		case "itemsCount":
			return strconv.AppendInt(out, int64(s.ItemsCount), 10), nil
		case "placedAt":
			return projection.Time(out, s.PlacedAt), nil
		case "estimatedDeliveryAt":
			return projection.Nullable(out, s.EstimatedDeliveryAt, projection.Time), nil
		default:
			return nil, projection.ErrUnknownField
		}
	})
}

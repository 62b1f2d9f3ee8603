package ordering

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/payment"
	"pizzeria/internal/platform/fault"
	"pizzeria/internal/platform/text"
)

// RecordPaymentEvent records what the payment gateway tells by itself.
type RecordPaymentEvent struct{ payment.Event }

// MessageName tells the events apart in logs and metrics.
func (c RecordPaymentEvent) MessageName() string { return "recordPaymentEvent " + string(c.Status) }

// maxName bounds what the gateway calls things.
const maxName = 255

// Validate refuses what can't be remembered, and a status that no event tells.
func (c RecordPaymentEvent) Validate() error {
	switch c.Status {
	case payment.Authorized, payment.Captured, payment.Refunded, payment.Voided, payment.Failed:
	default:
		return fault.New(fault.BadUserInput, "An event tells that an intent was authorized, captured, refunded, voided or failed.").At("status")
	}
	if c.ID == "" {
		return fault.New(fault.BadUserInput, "An event has an id.").At("id")
	}
	for field, name := range map[string]string{"id": c.ID, "intentId": c.IntentID, "declineCode": c.DeclineCode} {
		if len(name) > maxName || !text.Line(name) {
			return fault.New(fault.BadUserInput, "A name has up to %d characters, none of them control characters.", maxName).At(field)
		}
	}
	return nil
}

// informedOrders is like orders, once for each event: if the event is known already, change isn't asked, nothing is
// written, and known is true.
type informedOrders interface {
	UpdateOnce(ctx context.Context, event Remembered, change func(*Order) error) (order *Order, known bool, err error)
}

// Remembered is what is kept of a payment event.
type Remembered struct {
	EventID string
	OrderID uuid.UUID
	Status  payment.Status
	At      time.Time
}

// RecordPaymentEventHandler handles RecordPaymentEvent.
type RecordPaymentEventHandler struct {
	Orders informedOrders
	Log    *slog.Logger
	Now    func() time.Time
}

// Handle remembers the event and applies it to its order, in one transaction. It has no effect, which is no error, if
// the event is known, tells nothing new, or is about an order that isn't ours.
func (h *RecordPaymentEventHandler) Handle(ctx context.Context, cmd RecordPaymentEvent) (Receipt, error) {
	now, news := h.Now(), false
	event := Remembered{EventID: cmd.ID, OrderID: cmd.OrderID, Status: cmd.Status, At: now}
	order, known, err := h.Orders.UpdateOnce(ctx, event, func(o *Order) error {
		news = o.hear(cmd.Event, now)
		return nil
	})
	switch {
	case fault.Is(err, fault.NotFound):
		h.Log.InfoContext(ctx, "payment event is about no order of ours", "event", cmd.ID, "order", cmd.OrderID)
		return Receipt{}, nil
	case err != nil:
		return Receipt{}, fmt.Errorf("record payment event %s: %w", cmd.ID, err)
	case known || !news:
		h.Log.DebugContext(ctx, "payment event tells nothing new", "event", cmd.ID, "order", cmd.OrderID, "known", known)
		return Receipt{}, nil
	}
	return Receipt{OrderID: cmd.OrderID, Settle: order.state.Payment.Due != NothingDue}, nil
}

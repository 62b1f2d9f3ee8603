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

// RecordPaymentEvent records an event that the payment gateway sent.
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
		if _, ok := text.Line(name); len(name) > maxName || !ok {
			return fault.New(fault.BadUserInput, "A name has up to %d characters, none of them control characters.", maxName).At(field)
		}
	}
	return nil
}

// paymentEventOrders updates an order once for each event: if the event is known already, change isn't called, nothing is
// written, and known is true.
type paymentEventOrders interface {
	UpdateOnce(ctx context.Context, event PaymentEventReceipt, change func(*Order) error) (order *Order, known bool, err error)
}

// PaymentEventReceipt is what is stored of a payment event, so that it is applied once.
type PaymentEventReceipt struct {
	EventID string
	OrderID uuid.UUID
	Status  payment.Status
	At      time.Time
}

// RecordPaymentEventHandler handles RecordPaymentEvent.
type RecordPaymentEventHandler struct {
	Orders paymentEventOrders
	Log    *slog.Logger
	Now    func() time.Time
}

// Handle remembers the event and applies it to its order, in one transaction. It has no effect, which is no error, if
// the event is known, tells nothing new, or is about an order that isn't ours.
func (h *RecordPaymentEventHandler) Handle(ctx context.Context, cmd RecordPaymentEvent) (Receipt, error) {
	now, changed := h.Now(), false
	event := PaymentEventReceipt{EventID: cmd.ID, OrderID: cmd.OrderID, Status: cmd.Status, At: now}
	order, known, err := h.Orders.UpdateOnce(ctx, event, func(o *Order) error {
		changed = o.applyGatewayEvent(cmd.Event, now)
		return nil
	})
	if refusal, is := fault.As(err); is && refusal.Code.Passing() { // what it pays for can't be had any more
		order, known, err = h.Orders.UpdateOnce(ctx, event, func(o *Order) error {
			changed = o.refuseLateAmendment(cmd.Event, now)
			return nil
		})
	}
	switch {
	case fault.Is(err, fault.NotFound):
		h.Log.InfoContext(ctx, "payment event is about no order of ours", "event", cmd.ID, "order", cmd.OrderID)
		return Receipt{}, nil
	case err != nil:
		return Receipt{}, fmt.Errorf("record payment event %s: %w", cmd.ID, err)
	case known || !changed:
		h.Log.DebugContext(ctx, "payment event tells nothing new", "event", cmd.ID, "order", cmd.OrderID, "known", known)
		return Receipt{}, nil
	}
	return Receipt{OrderID: cmd.OrderID, Settle: order.due() != nil || order.state.Payment.RefundsDueAt != nil}, nil
}

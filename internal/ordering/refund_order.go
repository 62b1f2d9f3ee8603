package ordering

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/cqrs"
	"pizzeria/internal/platform/fault"
)

// RefundOrder gives back what was paid for an order, or a part of it: portions, the tip, the fee, or just an amount. Money goes
// back the way it came: to the card, or in cash. All of it is added up.
type RefundOrder struct {
	RefundID        uuid.UUID    `json:"-"` // given by the pipeline
	By              auth.Actor   `json:"-"`
	IdempotencyKey  string       `json:"-"`
	OrderID         uuid.UUID    `json:"orderId"`
	ExpectedVersion *int         `json:"expectedVersion"`
	Lines           []RefundLine `json:"lines"`
	Amount          *int64       `json:"amount"`
	Tip             int64        `json:"tip"`
	DeliveryFee     bool         `json:"deliveryFee"`
	Restock         bool         `json:"restock"`
	Reason          string       `json:"reason"`
	// DryRun tells only what would be given back; the key isn't used.
	DryRun bool `json:"-"`
}

// RefundLine is some portions of one line.
type RefundLine struct {
	ItemID   uuid.UUID `json:"itemId"`
	Quantity int       `json:"quantity"`
}

// Intent names what must happen once.
func (c RefundOrder) Intent() cqrs.Intent {
	return cqrs.Intent{ActorID: c.By.ID, Key: c.IdempotencyKey}
}

// WithSubject sets the refund's id.
func (c RefundOrder) WithSubject(id uuid.UUID) RefundOrder {
	c.RefundID = id
	return c
}

// Validate refuses what makes no sense whatever was ordered.
func (c RefundOrder) Validate() error {
	if err := validText(&c.Reason, "reason"); err != nil {
		return err
	}
	if strings.TrimSpace(c.Reason) == "" {
		return fault.New(fault.BadUserInput, "Say why: money is given back with a reason.").At("reason")
	}
	if len(c.Lines) > maxLines {
		return fault.New(fault.BadUserInput, "An order has up to %d lines.", maxLines).At("lines")
	}
	named := map[uuid.UUID]bool{}
	for i, l := range c.Lines {
		switch at := strconv.Itoa(i); {
		case l.Quantity < 1 || l.Quantity > maxQuantity:
			return fault.New(fault.BadUserInput, "Give back 1 to %d portions.", maxQuantity).At("lines", at, "quantity")
		case named[l.ItemID]:
			return fault.New(fault.BadUserInput, "Name each item once.").At("lines", at, "itemId")
		}
		named[l.ItemID] = true
	}
	switch {
	case c.Amount != nil && *c.Amount < 1:
		return fault.New(fault.BadUserInput, "An amount is more than nothing.").At("amount")
	case c.Tip < 0:
		return fault.New(fault.BadUserInput, "What is given back of the tip isn't less than nothing.").At("tip")
	case c.Restock && len(c.Lines) == 0:
		return fault.New(fault.BadUserInput, "Say which items go back into stock.").At("restock")
	}
	return nil
}

// wholeOrders is orders for those who need all of an order: its lines, totals and refunds, too.
type wholeOrders interface {
	GetWhole(ctx context.Context, id uuid.UUID) (*Order, error)
	UpdateWhole(ctx context.Context, id uuid.UUID, change func(*Order) error) (*Order, error)
}

// RefundOrderHandler handles RefundOrder; the gateway is then asked apart.
type RefundOrderHandler struct {
	Orders wholeOrders
	Now    func() time.Time
}

// Handle records the refund in one transaction.
func (h *RefundOrderHandler) Handle(ctx context.Context, cmd RefundOrder) (Receipt, error) {
	order, err := h.Orders.UpdateWhole(ctx, cmd.OrderID, func(o *Order) error {
		_, err := o.refund(cmd, h.Now())
		return err
	})
	if err != nil {
		return Receipt{}, fmt.Errorf("refund order %s: %w", cmd.OrderID, err)
	}
	return Receipt{OrderID: cmd.OrderID, Settle: order.state.Payment.RefundsDueAt != nil}, nil
}

// PreviewRefundHandler tells what RefundOrder would give back.
type PreviewRefundHandler struct {
	Orders wholeOrders
	Now    func() time.Time
}

// Handle changes nothing.
func (h *PreviewRefundHandler) Handle(ctx context.Context, cmd RefundOrder) (Refund, error) {
	order, err := h.Orders.GetWhole(ctx, cmd.OrderID)
	if err != nil {
		return Refund{}, fmt.Errorf("read order %s: %w", cmd.OrderID, err)
	}
	return order.refund(cmd, h.Now())
}

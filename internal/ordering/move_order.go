package ordering

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/platform/auth"
)

// MoveOrder takes an order one step through its life: confirm, reject, start preparing, mark ready, dispatch, return,
// complete or cancel. What each step may follow and what it means for payment and stock is the workflow's to say.
type MoveOrder struct {
	OrderID         uuid.UUID
	Action          Action
	By              auth.Actor
	Reason          *string
	ExpectedVersion *int
}

// MessageName tells the moves apart in logs and metrics.
func (c MoveOrder) MessageName() string { return "moveOrder " + string(c.Action) }

// Validate refuses a reason that can't be stored.
func (c MoveOrder) Validate() error { return validText(c.Reason, "reason") }

// orders loads one order under a row lock, lets change decide, and saves the order with the events it recorded. All of
// it commits, or none does. It fails with NOT_FOUND if there is no such order.
type orders interface {
	Update(ctx context.Context, id uuid.UUID, change func(*Order) error) (*Order, error)
}

// MoveOrderHandler handles MoveOrder.
type MoveOrderHandler struct {
	Orders orders
	Now    func() time.Time
}

// Handle moves the order in one transaction.
func (h *MoveOrderHandler) Handle(ctx context.Context, cmd MoveOrder) (Receipt, error) {
	order, err := h.Orders.Update(ctx, cmd.OrderID, func(o *Order) error {
		return o.Do(cmd.Action, cmd.By, cmd.Reason, cmd.ExpectedVersion, h.Now())
	})
	if err != nil {
		return Receipt{}, fmt.Errorf("%s order %s: %w", cmd.Action, cmd.OrderID, err)
	}
	return Receipt{OrderID: cmd.OrderID, Settle: order.due() != nil}, nil
}

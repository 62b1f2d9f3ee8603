package ordering

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/payment"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/cqrs"
	"pizzeria/internal/platform/fault"
)

// ProcessPayment pays for an order that is PENDING because the first try failed or needed an action.
type ProcessPayment struct {
	AttemptID      uuid.UUID  `json:"-"` // given by the pipeline; a repeated request finds its own attempt by it
	By             auth.Actor `json:"-"`
	IdempotencyKey string     `json:"-"`
	OrderID        uuid.UUID  `json:"orderId"`
	PaymentToken   string     `json:"paymentToken"`
}

// Intent names what must happen once.
func (c ProcessPayment) Intent() cqrs.Intent {
	return cqrs.Intent{ActorID: c.By.CustomerID(), Key: c.IdempotencyKey}
}

// Authorize refuses whoever only has a link to an order, before they use up a key of its customer's.
func (c ProcessPayment) Authorize() error {
	if c.By.OnlyWatches() {
		return OnlyWatched()
	}
	return nil
}

// WithSubject sets the attempt's id.
func (c ProcessPayment) WithSubject(id uuid.UUID) ProcessPayment {
	c.AttemptID = id
	return c
}

// Validate refuses a missing key or token.
func (c ProcessPayment) Validate() error {
	if c.PaymentToken == "" {
		return fault.New(fault.BadUserInput, "Paying by card needs a payment token.").At("paymentToken")
	}
	return validToken(&c.PaymentToken)
}

// ProcessPaymentHandler begins another attempt; its payment is then settled apart.
type ProcessPaymentHandler struct {
	Orders orders
	Now    func() time.Time
}

// Handle records the attempt in one transaction.
func (h *ProcessPaymentHandler) Handle(ctx context.Context, cmd ProcessPayment) (Receipt, error) {
	_, err := h.Orders.Update(ctx, cmd.OrderID, func(o *Order) error {
		return o.pay(cmd.AttemptID, cmd.By, cmd.PaymentToken, h.Now())
	})
	if err != nil {
		return Receipt{}, fmt.Errorf("process payment of order %s: %w", cmd.OrderID, err)
	}
	return Receipt{OrderID: cmd.OrderID, Settle: true}, nil
}

// pay begins an attempt with another token. The attempt that a crash cut short is found again and not begun twice.
func (o *Order) pay(attempt uuid.UUID, by auth.Actor, token string, at time.Time) error {
	by, err := o.admit(by, nil)
	if err != nil {
		return err
	}
	p := &o.state.Payment
	switch {
	case p.AttemptID == attempt:
		return nil
	case o.state.Status != Pending || p.Method != payment.Card:
		return o.refuseMove(by, "An order that is %s needs no payment.", o.state.Status)
	case p.Due != NothingDue:
		return fault.New(fault.PaymentInProgress, "A payment of this order is being processed; try again in a moment.")
	}
	p.attempt(attempt, token, at)
	return nil
}

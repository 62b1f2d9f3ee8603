package ordering

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/payment"
	"pizzeria/internal/platform/fault"
)

const (
	// authorizationTimeout is how long an authorization may have no outcome. The order is rejected after the last try, which
	// is made then, and a late success is voided. With the last try, of two calls that time out, it ends within a minute.
	authorizationTimeout = 40 * time.Second
	// unattendedTimeout is when such an order is rejected without a last try, because the completer hasn't come to it.
	unattendedTimeout = 50 * time.Second
	// gatewayCallTimeout limits a capture or a release; what it interrupts is left to the completer.
	gatewayCallTimeout = 2 * time.Second
	// maxSettleSteps bounds one settlement: release an old intent, authorize, release what came too late.
	maxSettleSteps = 4
)

// Receipt is what a command's transaction leaves behind.
type Receipt struct {
	OrderID uuid.UUID
	// Settle tells that the gateway may have to be asked for something.
	Settle bool
}

// Settler asks the gateway for what is due and records its answer. It is the one place that talks to the gateway, never
// inside a transaction; every call can be repeated after a crash, because its key derives from the order.
type Settler struct {
	Orders  settlerOrders
	Gateway payment.Gateway
	Log     *slog.Logger
	Now     func() time.Time
}

type settlerOrders interface {
	orders
	Get(ctx context.Context, id uuid.UUID) (*Order, error)
}

// Settle does whatever is due for one order. The refusal tells that the card was declined; an error that the outcome is
// not known yet, and what is due stays due.
func (s *Settler) Settle(ctx context.Context, id uuid.UUID) (*fault.Error, error) {
	for range maxSettleSteps {
		order, err := s.Orders.Get(ctx, id)
		if err != nil {
			return nil, fmt.Errorf("read payment of order %s: %w", id, err)
		}
		if order.state.Payment.Due == NothingDue {
			return order.state.Payment.refusal(), nil
		}
		if err := s.step(ctx, order); err != nil {
			return nil, fmt.Errorf("settle payment of order %s: %w", id, err)
		}
	}
	return nil, nil
}

func (s *Settler) step(ctx context.Context, order *Order) error {
	p := order.state.Payment
	switch {
	case p.outcomeUnknown():
		return s.authorize(ctx, order)
	case p.Due == CaptureDue:
		return s.capture(ctx, order)
	default:
		return s.release(ctx, order)
	}
}

// authorize begins the attempt, or finds out under the same key what became of it, even if the order has been given up
// since: a late success has to be voided.
func (s *Settler) authorize(ctx context.Context, order *Order) error {
	p := order.state.Payment
	if p.IntentID != "" { // of an earlier attempt: were it completed later, the customer would pay twice
		if _, err := s.Gateway.Release(ctx, p.IntentID, p.Key(order.state.ID)+"-before"); err != nil && !refused(err) {
			return s.postpone(ctx, order, fmt.Errorf("release the earlier attempt: %w", err))
		}
	}
	outcome, err := s.requestAuthorization(ctx, order)
	if err != nil {
		return s.postpone(ctx, order, err)
	}
	return s.record(ctx, order, func(o *Order) { o.recordOutcome(outcome, s.Now()) })
}

func (s *Settler) requestAuthorization(ctx context.Context, order *Order) (payment.Outcome, error) {
	p := order.state.Payment
	outcome, err := s.Gateway.Authorize(ctx, payment.Authorization{
		Key: p.Key(order.state.ID), OrderID: order.state.ID, Amount: p.Amount, Currency: order.state.Currency, Token: p.Token,
	})
	if err != nil {
		return payment.Outcome{}, fmt.Errorf("authorize: %w", err)
	}
	return outcome, nil
}

func (s *Settler) capture(ctx context.Context, order *Order) error {
	p := order.state.Payment
	bounded, cancel := context.WithTimeout(ctx, gatewayCallTimeout)
	defer cancel()
	err := s.Gateway.Capture(bounded, p.IntentID, p.Key(order.state.ID)+"-capture")
	switch {
	case refused(err): // the authorization is gone: somebody has to ask the customer for the money
		s.Log.ErrorContext(ctx, "capture refused", "order", order.state.ID, "error", err)
		return s.record(ctx, order, func(o *Order) { o.state.Payment.settle(payment.Failed) })
	case err != nil:
		return s.postpone(ctx, order, fmt.Errorf("capture: %w", err))
	}
	return s.record(ctx, order, func(o *Order) { o.state.Payment.settle(payment.Captured) })
}

// release gives back whatever the gateway holds.
func (s *Settler) release(ctx context.Context, order *Order) error {
	p := order.state.Payment
	bounded, cancel := context.WithTimeout(ctx, gatewayCallTimeout)
	defer cancel()
	released, err := s.Gateway.Release(bounded, p.IntentID, p.Key(order.state.ID)+"-release")
	switch {
	case refused(err): // the payment stays what it was: somebody has to give the money back by hand
		s.Log.ErrorContext(ctx, "release refused", "order", order.state.ID, "error", err)
		return s.record(ctx, order, func(o *Order) { o.state.Payment.settle(o.state.Payment.Status) })
	case err != nil:
		return s.postpone(ctx, order, fmt.Errorf("release: %w", err))
	}
	return s.record(ctx, order, func(o *Order) {
		o.state.Payment.settle(released.Status)
		o.state.Payment.Refunded = released.Refunded
	})
}

// record writes the gateway's answer, unless somebody else was first or the order has moved on meanwhile.
func (s *Settler) record(ctx context.Context, asked *Order, change func(*Order)) error {
	// The customer may have gone, but the money has moved.
	_, err := s.Orders.Update(context.WithoutCancel(ctx), asked.state.ID, func(o *Order) error {
		was, is := asked.state.Payment, o.state.Payment
		if is.Attempt == was.Attempt && (is.Due == was.Due || was.Due == AuthorizeDue && is.Due == ReleaseDue) {
			change(o)
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("record: %w", err)
	}
	return nil
}

// postpone leaves what is due to the completer, a little later each time; an order whose payment stays unknown too long
// is given up, so that nobody waits for ever.
func (s *Settler) postpone(ctx context.Context, asked *Order, cause error) error {
	err := s.record(ctx, asked, func(o *Order) {
		if now := s.Now(); !o.rejectUnconfirmed(authorizationTimeout, now) {
			o.state.Payment.postpone(now)
		}
	})
	return errors.Join(cause, err)
}

func refused(err error) bool {
	var refusal *payment.Refusal
	return errors.As(err, &refusal)
}

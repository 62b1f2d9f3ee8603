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
	wholeOrders
	Get(ctx context.Context, id uuid.UUID) (*Order, error)
}

// Settle does whatever is due for one order. The refusal tells that the card was declined, or that nobody can pay at the
// moment; an error that the outcome is not known yet, and what is due stays due.
func (s *Settler) Settle(ctx context.Context, id uuid.UUID) (*fault.Error, error) {
	for range maxSettleSteps {
		order, err := s.Orders.Get(ctx, id)
		if err != nil {
			return nil, fmt.Errorf("read payment of order %s: %w", id, err)
		}
		if p := order.state.Payment; p.Due == NothingDue {
			if p.RefundsDueAt != nil {
				err = s.settleRefunds(ctx, id)
			}
			return p.refusal(), err
		}
		if err := s.step(ctx, order); err != nil {
			return unavailable(err), fmt.Errorf("settle payment of order %s: %w", id, err)
		}
	}
	return nil, nil
}

func (s *Settler) step(ctx context.Context, order *Order) error {
	p := order.state.Payment
	switch {
	case p.outcomeUnknown() && p.Due == ReleaseDue:
		return s.lookUp(ctx, order)
	case p.outcomeUnknown():
		return s.authorize(ctx, order)
	case p.Due == CaptureDue:
		return s.capture(ctx, order)
	default:
		return s.release(ctx, order)
	}
}

// unavailable is what a customer is told whom we can't let pay, because of a fault of our own; nil for any other error.
func unavailable(err error) *fault.Error {
	if _, ours := errors.AsType[*payment.Misuse](err); !ours {
		return nil
	}
	return fault.New(fault.PaymentUnavailable, "Nobody can pay by card at the moment. Try again later.").At("paymentToken")
}

// authorize begins the attempt, or finds out under the same key what became of it.
func (s *Settler) authorize(ctx context.Context, order *Order) error {
	p := order.state.Payment
	if p.IntentID != "" { // of an earlier attempt: were it completed later, the customer would pay twice
		if _, err := s.Gateway.Release(ctx, p.IntentID, fmt.Sprintf("%s-before-%d", p.Key(order.state.ID), p.DueTries)); err != nil && !refused(err) {
			return s.postpone(ctx, order, fmt.Errorf("release the earlier attempt: %w", err))
		}
	}
	outcome, err := s.requestAuthorization(ctx, order)
	if err != nil {
		return s.retry(ctx, order, err)
	}
	return s.recordAuthorization(ctx, order, outcome)
}

// lookUp finds out what became of an attempt whose order has been given up since: a late success has to be voided. It makes no
// new one.
func (s *Settler) lookUp(ctx context.Context, order *Order) error {
	p := order.state.Payment
	bounded, cancel := context.WithTimeout(ctx, gatewayCallTimeout)
	defer cancel()
	outcome, found, err := s.Gateway.Find(bounded, p.Key(order.state.ID), p.dueFor(s.Now()))
	switch {
	case err != nil:
		return s.postpone(ctx, order, fmt.Errorf("look for the attempt: %w", err))
	case !found:
		return s.record(ctx, order, (*Order).recordNothingFound)
	}
	return s.recordAuthorization(ctx, order, outcome)
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
		return s.retry(ctx, order, fmt.Errorf("capture: %w", err))
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
		return s.retry(ctx, order, fmt.Errorf("release: %w", err))
	}
	return s.record(ctx, order, func(o *Order) {
		o.state.Payment.settle(released.Status)
		o.state.Payment.Refunded = released.Refunded
	})
}

// recordAuthorization writes what became of an attempt. If the order was given up meanwhile and the attempt not found, its
// money is still to be released.
func (s *Settler) recordAuthorization(ctx context.Context, asked *Order, outcome payment.Outcome) error {
	_, err := s.Orders.Update(context.WithoutCancel(ctx), asked.state.ID, func(o *Order) error {
		p := o.state.Payment
		switch {
		case p.Attempt != asked.state.Payment.Attempt:
		case p.outcomeUnknown():
			o.recordOutcome(outcome, s.Now())
		case outcome.Status == payment.Authorized || outcome.Status == payment.RequiresAction:
			o.adopt(outcome.IntentID, s.Now())
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("record: %w", err)
	}
	return nil
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

// retry postpones what failed, and takes another key for it if the gateway has burnt this one.
func (s *Settler) retry(ctx context.Context, asked *Order, cause error) error {
	misuse, ours := errors.AsType[*payment.Misuse](cause)
	if !ours || !misuse.Burnt {
		return s.postpone(ctx, asked, cause)
	}
	err := s.record(ctx, asked, func(o *Order) {
		if p := &o.state.Payment; p.BurntKeys == asked.state.Payment.BurntKeys {
			p.BurntKeys++
		}
	})
	return errors.Join(s.postpone(ctx, asked, cause), err)
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

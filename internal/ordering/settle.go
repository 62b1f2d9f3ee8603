package ordering

import (
	"cmp"
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
	var lapsed *fault.Error
	for range maxSettleSteps {
		order, err := s.Orders.Get(ctx, id)
		if err != nil {
			return nil, fmt.Errorf("read payment of order %s: %w", id, err)
		}
		part := order.due()
		if part == nil {
			if order.state.Payment.RefundsDueAt != nil {
				err = s.settleRefunds(ctx, id)
			}
			return cmp.Or(lapsed, order.state.Payment.refusal()), err
		}
		refusal, err := s.step(ctx, asked{order, *part})
		if err != nil {
			return unavailable(err), fmt.Errorf("settle payment of order %s: %w", id, err)
		}
		lapsed = cmp.Or(lapsed, refusal)
	}
	return lapsed, nil
}

// asked is an order as it was when the gateway was asked about a part of its payment.
type asked struct {
	*Order
	part Payment
}

func (a asked) key() string { return a.part.Key(a.state.ID) }

// step asks for one thing that is due. The refusal tells why an amendment came to nothing.
func (s *Settler) step(ctx context.Context, of asked) (*fault.Error, error) {
	switch p := of.part; {
	case p.outcomeUnknown() && p.Due == ReleaseDue:
		return s.lookUp(ctx, of)
	case p.outcomeUnknown():
		return s.authorize(ctx, of)
	case p.Due == CaptureDue:
		return nil, s.capture(ctx, of)
	default:
		return nil, s.release(ctx, of)
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
func (s *Settler) authorize(ctx context.Context, of asked) (*fault.Error, error) {
	p := of.part
	if p.IntentID != "" { // of an earlier attempt: were it completed later, the customer would pay twice
		if _, err := s.Gateway.Release(ctx, p.IntentID, fmt.Sprintf("%s-before-%d", of.key(), p.DueTries)); err != nil && !refused(err) {
			return nil, s.postpone(ctx, of, fmt.Errorf("release the earlier attempt: %w", err))
		}
	}
	outcome, err := s.requestAuthorization(ctx, of)
	if err != nil {
		return nil, s.retry(ctx, of, err)
	}
	return s.recordAuthorization(ctx, of, outcome)
}

// lookUp finds out what became of an attempt whose order has been given up since: a late success has to be voided. It makes no
// new one.
func (s *Settler) lookUp(ctx context.Context, of asked) (*fault.Error, error) {
	bounded, cancel := context.WithTimeout(ctx, gatewayCallTimeout)
	defer cancel()
	outcome, found, err := s.Gateway.Find(bounded, of.key(), of.part.dueFor(s.Now()))
	switch {
	case err != nil:
		return nil, s.postpone(ctx, of, fmt.Errorf("look for the attempt: %w", err))
	case !found:
		return nil, s.record(ctx, of, func(o *Order) { o.part(of.part.Supplement).recordNothingFound() })
	}
	return s.recordAuthorization(ctx, of, outcome)
}

func (s *Settler) requestAuthorization(ctx context.Context, of asked) (payment.Outcome, error) {
	outcome, err := s.Gateway.Authorize(ctx, payment.Authorization{
		Key: of.key(), OrderID: of.state.ID, Amount: of.part.Amount, Currency: of.state.Currency, Token: of.part.Token,
	})
	if err != nil {
		return payment.Outcome{}, fmt.Errorf("authorize: %w", err)
	}
	return outcome, nil
}

func (s *Settler) capture(ctx context.Context, of asked) error {
	bounded, cancel := context.WithTimeout(ctx, gatewayCallTimeout)
	defer cancel()
	err := s.Gateway.Capture(bounded, payment.Capturing{
		Key: of.key() + "-capture", IntentID: of.part.IntentID, Amount: of.own(&of.part), Currency: of.state.Currency,
	})
	switch {
	case refused(err): // the authorization is gone: somebody has to ask the customer for the money
		s.Log.ErrorContext(ctx, "capture refused", "order", of.state.ID, "error", err)
		return s.record(ctx, of, func(o *Order) { o.notTaken(of.part.Supplement, payment.Failed) })
	case err != nil:
		return s.retry(ctx, of, fmt.Errorf("capture: %w", err))
	}
	return s.record(ctx, of, func(o *Order) { o.part(of.part.Supplement).settle(payment.Captured) })
}

// release gives back whatever the gateway holds.
func (s *Settler) release(ctx context.Context, of asked) error {
	bounded, cancel := context.WithTimeout(ctx, gatewayCallTimeout)
	defer cancel()
	released, err := s.Gateway.Release(bounded, of.part.IntentID, of.key()+"-release")
	switch {
	case refused(err): // the payment stays what it was: somebody has to give the money back by hand
		s.Log.ErrorContext(ctx, "release refused", "order", of.state.ID, "error", err)
		return s.record(ctx, of, func(o *Order) {
			p := o.part(of.part.Supplement)
			p.settle(p.Status)
		})
	case err != nil:
		return s.retry(ctx, of, fmt.Errorf("release: %w", err))
	}
	return s.record(ctx, of, func(o *Order) { o.released(of.part.Supplement, released) })
}

// recordAuthorization writes what became of an attempt. If the order was given up meanwhile and the attempt not found, its
// money is still to be released. The refusal tells why an amendment came to nothing.
func (s *Settler) recordAuthorization(ctx context.Context, of asked, outcome payment.Outcome) (*fault.Error, error) {
	number := of.part.Supplement
	record := func(refusal *fault.Error) (*Order, error) {
		return s.Orders.Update(context.WithoutCancel(ctx), of.state.ID, func(o *Order) error {
			p := o.part(number)
			switch {
			case p.Attempt != of.part.Attempt:
			case p.outcomeUnknown():
				o.recordAttempt(number, outcome, refusal, s.Now())
			case outcome.Status == payment.Authorized || outcome.Status == payment.RequiresAction:
				o.adopt(number, outcome.IntentID, s.Now())
			}
			return nil
		})
	}
	order, err := record(nil)
	if refusal, is := fault.As(err); is && number > 0 && refusal.Code.Passing() { // it was paid for, and can't be made any more
		order, err = record(refusal)
	}
	if err != nil {
		return nil, fmt.Errorf("record: %w", err)
	}
	return order.whyLapsed(number), nil
}

// record writes the gateway's answer, unless somebody else was first or the order has moved on meanwhile.
func (s *Settler) record(ctx context.Context, of asked, change func(*Order)) error {
	// The customer may have gone, but the money has moved.
	_, err := s.Orders.Update(context.WithoutCancel(ctx), of.state.ID, func(o *Order) error {
		was, is := of.part, o.part(of.part.Supplement)
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
func (s *Settler) retry(ctx context.Context, of asked, cause error) error {
	misuse, ours := errors.AsType[*payment.Misuse](cause)
	if !ours || !misuse.Burnt {
		return s.postpone(ctx, of, cause)
	}
	err := s.record(ctx, of, func(o *Order) {
		if p := o.part(of.part.Supplement); p.BurntKeys == of.part.BurntKeys {
			p.BurntKeys++
		}
	})
	return errors.Join(s.postpone(ctx, of, cause), err)
}

// postpone leaves what is due to the completer, a little later each time; an order whose payment stays unknown too long
// or an amendment is given up, so that nobody waits for ever.
func (s *Settler) postpone(ctx context.Context, of asked, cause error) error {
	err := s.record(ctx, of, func(o *Order) {
		now, given := s.Now(), false
		if supplement := o.supplement(of.part.Supplement); supplement != nil {
			given = supplement.overdue(authorizationTimeout, now)
		} else {
			given = o.rejectUnconfirmed(authorizationTimeout, now)
		}
		if !given {
			o.part(of.part.Supplement).postpone(now)
		}
	})
	return errors.Join(cause, err)
}

func refused(err error) bool {
	var refusal *payment.Refusal
	return errors.As(err, &refusal)
}

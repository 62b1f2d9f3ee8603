package app

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/ordering"
	"pizzeria/internal/ordering/orderview"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/cqrs"
	"pizzeria/internal/platform/fault"
)

// OrderAnswer is the answer to a command that changed an order: the order as it stands, and a refusal if its card was declined.
type OrderAnswer struct {
	Order   *orderview.Order
	Refusal *fault.Error
	// GuestToken lets a guest see, pay and cancel the order; "" for everybody else.
	GuestToken string
}

// RefundAnswer is the answer to a refund: which one it is, and its order.
type RefundAnswer struct {
	Order    *orderview.Order
	RefundID uuid.UUID
}

// AmendAnswer is the answer to an amendment: its order as it stands, and what the amendment made of it; nil if it waits for
// the bank, or came to nothing.
type AmendAnswer struct {
	OrderAnswer
	Amendment *orderview.Amendment
}

// outcome is what a command made of an order. It is stored under the command's key, so that a repeated intent gets it again,
// beside the order as it stands by then.
type outcome struct {
	Order    orderID      `json:"order"`
	Refusal  *fault.Error `json:"refusal,omitempty"`
	RefundID uuid.UUID    `json:"refundId,omitzero"`
	// AmendmentID is an amendment's, made or not.
	AmendmentID uuid.UUID `json:"amendmentId,omitzero"`

	// Unavailable tells that the payment can't be made at the moment. Whoever asks later sees what became of it.
	Unavailable *fault.Error `json:"-"`
	// Unsettled tells that the payment stays due.
	Unsettled bool `json:"-"`
}

type orderID struct {
	ID uuid.UUID `json:"id"`
}

// answerTimeout limits how long a command waits to read its answer. After a payment that could not be settled the limit is
// unsettledAnswerTimeout: if the database is the reason, the client has waited for it already.
const answerTimeout, unsettledAnswerTimeout = 3 * time.Second, time.Second

// settled runs a command, and settles the payment that its transaction left due. A gateway that doesn't answer does not fail
// the command: the payment stays due, and the completer takes it up.
func settled[C any](p cqrs.Pipeline, settler *ordering.Settler, next cqrs.Command[C, ordering.Receipt]) cqrs.Command[C, outcome] {
	return cqrs.HandlerFunc[C, outcome](func(ctx context.Context, cmd C) (outcome, error) {
		receipt, err := next.Handle(ctx, cmd)
		if err != nil {
			return outcome{}, err
		}
		refusal, known := settle(ctx, p, settler, receipt)
		made := outcome{Order: orderID{receipt.OrderID}, Refusal: refusal, Unsettled: !known}
		if refusal != nil && refusal.Code.Passing() {
			made.Refusal, made.Unavailable = nil, refusal
		}
		return made, nil
	})
}

// showOrder reads the order of an outcome.
func showOrder(orders *orderview.ByIDHandler) func(ctx context.Context, made outcome) (OrderAnswer, error) {
	return func(ctx context.Context, made outcome) (OrderAnswer, error) {
		timeout := answerTimeout
		if made.Unsettled {
			timeout = unsettledAnswerTimeout
		}
		ctx, cancel := context.WithTimeout(ctx, timeout)
		defer cancel()
		order, err := readOrder(ctx, orders, made.Order.ID)
		if err != nil {
			return OrderAnswer{}, err
		}
		return OrderAnswer{Order: order, Refusal: cmp.Or(made.Refusal, made.Unavailable)}, nil
	}
}

// showRefund reads the order of a refund.
func showRefund(orders *orderview.ByIDHandler) func(ctx context.Context, made outcome) (RefundAnswer, error) {
	return func(ctx context.Context, made outcome) (RefundAnswer, error) {
		answer, err := showOrder(orders)(ctx, made)
		return RefundAnswer{Order: answer.Order, RefundID: made.RefundID}, err
	}
}

// withRefund tells which refund was made.
func withRefund(next cqrs.Command[ordering.RefundOrder, outcome]) cqrs.Command[ordering.RefundOrder, outcome] {
	return cqrs.HandlerFunc[ordering.RefundOrder, outcome](func(ctx context.Context, cmd ordering.RefundOrder) (outcome, error) {
		made, err := next.Handle(ctx, cmd)
		made.RefundID = cmd.RefundID
		return made, err
	})
}

// withAmendment tells which amendment was made.
func withAmendment(next cqrs.Command[ordering.AmendOrder, outcome]) cqrs.Command[ordering.AmendOrder, outcome] {
	return cqrs.HandlerFunc[ordering.AmendOrder, outcome](func(ctx context.Context, cmd ordering.AmendOrder) (outcome, error) {
		made, err := next.Handle(ctx, cmd)
		made.AmendmentID = cmd.AmendmentID
		return made, err
	})
}

// showAmendment reads the order of an amendment.
func showAmendment(orders *orderview.ByIDHandler) func(ctx context.Context, made outcome) (AmendAnswer, error) {
	return func(ctx context.Context, made outcome) (AmendAnswer, error) {
		answer, err := showOrder(orders)(ctx, made)
		if err != nil {
			return AmendAnswer{}, err
		}
		amendment, err := answer.Order.AmendmentOf(made.AmendmentID)
		return AmendAnswer{answer, amendment}, err
	}
}

// settle asks for what a command left due. The refusal is of a card that was declined; known is false if the payment
// stays due.
func settle(ctx context.Context, p cqrs.Pipeline, settler *ordering.Settler, receipt ordering.Receipt) (refusal *fault.Error, known bool) {
	if !receipt.Settle {
		return nil, true
	}
	refusal, err := settler.Settle(ctx, receipt.OrderID)
	if err != nil {
		p.Log.WarnContext(ctx, "payment stays due", "order", receipt.OrderID, "error", err)
	}
	return refusal, err == nil
}

// settleOnly runs a command and settles the payment that it left due, without reading the order: the gateway, which sent
// the event, needs no answer.
func settleOnly[C any](p cqrs.Pipeline, settler *ordering.Settler, next cqrs.Command[C, ordering.Receipt]) cqrs.Command[C, ordering.Receipt] {
	return cqrs.HandlerFunc[C, ordering.Receipt](func(ctx context.Context, cmd C) (ordering.Receipt, error) {
		receipt, err := next.Handle(ctx, cmd)
		if err == nil {
			_, _ = settle(ctx, p, settler, receipt) // a card that was declined is no news to the gateway
		}
		return receipt, err
	})
}

// answerMove answers a command that doesn't pay: it must not report a card that was declined earlier.
func answerMove[C any](orders *orderview.ByIDHandler, next cqrs.Command[C, outcome]) cqrs.Command[C, OrderAnswer] {
	return cqrs.HandlerFunc[C, OrderAnswer](func(ctx context.Context, cmd C) (OrderAnswer, error) {
		made, err := next.Handle(ctx, cmd)
		if err != nil {
			return OrderAnswer{}, err
		}
		answer, err := showOrder(orders)(ctx, made)
		answer.Refusal = nil
		return answer, err
	})
}

// stillSeen refuses whoever may not see the order any more that a command answers with: a repeated key is answered long after
// its command, to somebody who may have left the location.
func stillSeen[C, A any](next cqrs.Command[C, A], of func(C, A) (by auth.Actor, order *orderview.Order)) cqrs.Command[C, A] {
	return cqrs.HandlerFunc[C, A](func(ctx context.Context, cmd C) (A, error) {
		answer, err := next.Handle(ctx, cmd)
		if err != nil {
			return answer, err
		}
		if by, order := of(cmd, answer); !order.VisibleTo(by) {
			var none A
			return none, ordering.NotFound()
		}
		return answer, nil
	})
}

// admitted lets a guest into the order that a command answers with. A guest's key is a secret, so whoever repeats it is the guest:
// with a new token, since nobody can tell the one of before.
func admitted(
	next cqrs.Command[ordering.PlaceOrder, OrderAnswer], admit cqrs.Command[ordering.AdmitGuest, ordering.IssuedToken],
) cqrs.Command[ordering.PlaceOrder, OrderAnswer] {
	return cqrs.HandlerFunc[ordering.PlaceOrder, OrderAnswer](func(ctx context.Context, cmd ordering.PlaceOrder) (OrderAnswer, error) {
		answer, err := next.Handle(ctx, cmd)
		if err != nil || cmd.By.SignedIn() {
			return answer, err
		}
		issued, err := admit.Handle(ctx, ordering.AdmitGuest{OrderID: answer.Order.ID})
		if err != nil {
			return OrderAnswer{}, err
		}
		answer.Order, answer.GuestToken = answer.Order.ForGuest(), issued.Token
		return answer, nil
	})
}

func readOrder(ctx context.Context, orders *orderview.ByIDHandler, id uuid.UUID) (*orderview.Order, error) {
	found, err := orders.Order(ctx, id)
	if err == nil && found == nil {
		err = fmt.Errorf("order %s is not in its view", id)
	}
	return found, err
}

// answerWith runs a command and answers with what a read model shows of what the command returned: mostly the row of a key, nil
// if the view has no such row any more.
func answerWith[C, K, A any](next cqrs.Command[C, K], show func(ctx context.Context, done K) (A, error)) cqrs.Command[C, A] {
	return cqrs.HandlerFunc[C, A](func(ctx context.Context, cmd C) (answer A, err error) {
		done, err := next.Handle(ctx, cmd)
		if err != nil {
			return answer, err
		}
		return show(ctx, done)
	})
}

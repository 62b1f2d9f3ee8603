package app

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/ordering"
	"pizzeria/internal/ordering/orderview"
	"pizzeria/internal/platform/cqrs"
	"pizzeria/internal/platform/fault"
)

// OrderAnswer is the answer to a command that changed an order: the order as it then stood, and a refusal if the card was
// declined. It is stored as it is, so that a repeated intent gets the first answer, not today's.
type OrderAnswer struct {
	Order   *orderview.Order `json:"order"`
	Refusal *fault.Error     `json:"refusal,omitempty"`
}

// RefundAnswer is the answer to a refund: which one it is, and its order.
type RefundAnswer struct {
	OrderAnswer
	RefundID uuid.UUID `json:"refundId"`
}

// withRefund tells which refund was made.
func withRefund(next cqrs.Command[ordering.RefundOrder, OrderAnswer]) cqrs.Command[ordering.RefundOrder, RefundAnswer] {
	return cqrs.HandlerFunc[ordering.RefundOrder, RefundAnswer](func(ctx context.Context, cmd ordering.RefundOrder) (RefundAnswer, error) {
		answer, err := next.Handle(ctx, cmd)
		answer.Refusal = nil // of a card that was declined earlier
		return RefundAnswer{answer, cmd.RefundID}, err
	})
}

// answerTimeout limits how long a command waits to read its answer. After a payment that could not be settled the limit is
// unsettledAnswerTimeout: if the database is the reason, the client has waited for it already.
const answerTimeout, unsettledAnswerTimeout = 3 * time.Second, time.Second

// settleAndAnswer runs a command, settles the payment that its transaction left due, and reads the order as the answer. A
// gateway that doesn't answer does not fail the command: the payment stays due, and the completer takes it up.
func settleAndAnswer[C any](p cqrs.Pipeline, settler *ordering.Settler, orders *orderview.ByIDHandler, next cqrs.Command[C, ordering.Receipt]) cqrs.Command[C, OrderAnswer] {
	return cqrs.HandlerFunc[C, OrderAnswer](func(ctx context.Context, cmd C) (OrderAnswer, error) {
		receipt, err := next.Handle(ctx, cmd)
		if err != nil {
			return OrderAnswer{}, err
		}
		refusal, known := settle(ctx, p, settler, receipt)
		timeout := answerTimeout
		if !known {
			timeout = unsettledAnswerTimeout
		}
		// The transaction has committed, so its answer must be read and stored even if the client has gone.
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), timeout)
		defer cancel()
		order, err := readOrder(ctx, orders, receipt.OrderID)
		if err != nil {
			return OrderAnswer{}, err
		}
		return OrderAnswer{Order: order, Refusal: refusal}, nil
	})
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

// withoutRefusal drops the refusal of a card: a command that doesn't pay must not report a card that was declined earlier.
func withoutRefusal[C any](next cqrs.Command[C, OrderAnswer]) cqrs.Command[C, OrderAnswer] {
	return cqrs.HandlerFunc[C, OrderAnswer](func(ctx context.Context, cmd C) (OrderAnswer, error) {
		answer, err := next.Handle(ctx, cmd)
		answer.Refusal = nil
		return answer, err
	})
}

func readOrder(ctx context.Context, orders *orderview.ByIDHandler, id uuid.UUID) (*orderview.Order, error) {
	found, err := orders.Order(ctx, id)
	if err == nil && found == nil {
		err = fmt.Errorf("order %s is not in its view", id)
	}
	return found, err
}

// answerWithRow runs a command and answers with the read model's row of what the command changed; nil if the view has no
// such row any more.
func answerWithRow[C, R any](next cqrs.Command[C, uuid.UUID], row func(ctx context.Context, id uuid.UUID) (*R, error)) cqrs.Command[C, *R] {
	return cqrs.HandlerFunc[C, *R](func(ctx context.Context, cmd C) (*R, error) {
		id, err := next.Handle(ctx, cmd)
		if err != nil {
			return nil, err
		}
		return row(ctx, id)
	})
}

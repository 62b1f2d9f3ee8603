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

// OrderAnswer is what whoever did something to an order gets back: the order as it then stood, and a refusal if the
// card was declined. It is stored as it is, so that repeating an intent returns the first answer, not today's.
type OrderAnswer struct {
	Order   *orderview.Order `json:"order"`
	Refusal *fault.Error     `json:"refusal,omitempty"`
}

// How long reading the answer may take. It is short after a payment that could not be settled: if the database is the
// reason, the client has waited for it already.
const reading, glance = 3 * time.Second, time.Second

// settled follows a command, whose transaction has committed, with what it left to be asked of the payment gateway. A
// gateway that doesn't answer is no failure of the command: what is due stays due, and the completer goes on.
func settled[C any](p cqrs.Pipeline, settler *ordering.Settler, orders *orderview.ByIDHandler, next cqrs.Command[C, ordering.Receipt]) cqrs.Command[C, OrderAnswer] {
	return cqrs.HandlerFunc[C, OrderAnswer](func(ctx context.Context, cmd C) (OrderAnswer, error) {
		receipt, err := next.Handle(ctx, cmd)
		if err != nil {
			return OrderAnswer{}, err
		}
		refusal, known := settle(ctx, p, settler, receipt)
		patience := reading
		if !known {
			patience = glance
		}
		// What has been done must be answered and remembered, even if the client has gone.
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), patience)
		defer cancel()
		order, err := read(ctx, orders, receipt.OrderID)
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

// quietly settles what a command left due where nobody waits for the order: the gateway, which told of it, doesn't.
func quietly[C any](p cqrs.Pipeline, settler *ordering.Settler, next cqrs.Command[C, ordering.Receipt]) cqrs.Command[C, ordering.Receipt] {
	return cqrs.HandlerFunc[C, ordering.Receipt](func(ctx context.Context, cmd C) (ordering.Receipt, error) {
		receipt, err := next.Handle(ctx, cmd)
		if err == nil {
			_, _ = settle(ctx, p, settler, receipt) // a card that was declined is no news to the gateway
		}
		return receipt, err
	})
}

// unpaid drops the refusal of a card: for a command that doesn't pay, one that was declined before is no answer.
func unpaid[C any](next cqrs.Command[C, OrderAnswer]) cqrs.Command[C, OrderAnswer] {
	return cqrs.HandlerFunc[C, OrderAnswer](func(ctx context.Context, cmd C) (OrderAnswer, error) {
		answer, err := next.Handle(ctx, cmd)
		answer.Refusal = nil
		return answer, err
	})
}

func read(ctx context.Context, orders *orderview.ByIDHandler, id uuid.UUID) (*orderview.Order, error) {
	found, err := orders.Order(ctx, id)
	if err == nil && found == nil {
		err = fmt.Errorf("order %s is not in its view", id)
	}
	return found, err
}

// viewing follows a command with the read model's row of what it changed; nil if that is gone from the view.
func viewing[C, R any](next cqrs.Command[C, uuid.UUID], row func(ctx context.Context, id uuid.UUID) (*R, error)) cqrs.Command[C, *R] {
	return cqrs.HandlerFunc[C, *R](func(ctx context.Context, cmd C) (*R, error) {
		id, err := next.Handle(ctx, cmd)
		if err != nil {
			return nil, err
		}
		return row(ctx, id)
	})
}

package ordering

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"

	"pizzeria/internal/payment"
	"pizzeria/internal/platform/auth"
)

// refundAnswer is the gateway's no to a refund.
type refundAnswer struct {
	refused string // its word for why it never will
	burnt   bool   // it never will under this key
}

// settleRefunds asks the gateway for the refunds that it doesn't know yet, and then for all of them: the list is the truth,
// whoever made them, and in whatever order news of them come.
func (s *Settler) settleRefunds(ctx context.Context, id uuid.UUID) error {
	order, err := s.Orders.GetWhole(ctx, id)
	if err != nil {
		return fmt.Errorf("read refunds of order %s: %w", id, err)
	}
	p := order.state.Payment
	if p.RefundsDueAt == nil || order.due() != nil { // what is released first changes what is left
		return nil
	}
	answers := map[uuid.UUID]refundAnswer{}
	var failed []error
	for _, r := range order.refundsToSend() {
		answer, err := s.sendRefund(ctx, order, r)
		answers[r.ID] = answer
		failed = append(failed, err)
	}
	lists := map[int][]payment.GatewayRefund{}
	for _, part := range order.parts() {
		if part.Supplement > 0 && part.IntentID == "" {
			continue
		}
		list, err := s.listRefunds(ctx, part.IntentID)
		lists[part.Supplement], failed = list, append(failed, err)
	}
	_, recorded := s.Orders.UpdateWhole(context.WithoutCancel(ctx), id, func(o *Order) error {
		o.recordRefunds(lists, answers, errors.Join(failed...) == nil, s.Now())
		return nil
	})
	return errors.Join(errors.Join(failed...), recorded)
}

func (s *Settler) listRefunds(ctx context.Context, intentID string) ([]payment.GatewayRefund, error) {
	bounded, cancel := context.WithTimeout(ctx, gatewayCallTimeout)
	defer cancel()
	list, err := s.Gateway.Refunds(bounded, intentID)
	if refused(err) { // the gateway has no such intent: nothing of it can be given back there
		return nil, nil
	}
	return list, err
}

func (s *Settler) sendRefund(ctx context.Context, order *Order, r Refund) (refundAnswer, error) {
	bounded, cancel := context.WithTimeout(ctx, gatewayCallTimeout)
	defer cancel()
	err := s.Gateway.Refund(bounded, payment.RefundRequest{
		Key: r.key(), IntentID: order.part(r.Supplement).IntentID, OrderID: order.state.ID, RefundID: r.ID, Amount: r.Amount, Currency: order.state.Currency,
	})
	if refusal, ok := errors.AsType[*payment.Refusal](err); ok {
		s.Log.ErrorContext(ctx, "refund refused", "order", order.state.ID, "refund", r.ID, "error", err)
		return refundAnswer{refused: refusal.Code}, nil
	}
	misuse, ours := errors.AsType[*payment.Misuse](err)
	return refundAnswer{burnt: ours && misuse.Burnt}, err
}

func (r Refund) key() string {
	if r.BurntKeys == 0 {
		return "refund-" + r.ID.String()
	}
	return fmt.Sprintf("refund-%s.%d", r.ID, r.BurntKeys)
}

// refundsToSend lists those that the gateway doesn't know yet. Of an order that was given up, all of the money goes back anyway.
func (o *Order) refundsToSend() (send []Refund) {
	for _, r := range o.state.Refunds {
		if r.Status == payment.RefundRequested && r.GatewayID == "" && !o.cancelledOrRejected() {
			send = append(send, r)
		}
	}
	return send
}

// recordRefunds records what the gateway knows. complete tells that it answered each time; if it didn't, it is asked again.
func (o *Order) recordRefunds(lists map[int][]payment.GatewayRefund, answers map[uuid.UUID]refundAnswer, complete bool, now time.Time) {
	known := map[uuid.UUID]payment.GatewayRefund{}
	for _, list := range lists {
		for _, g := range list {
			known[g.RefundID] = g
		}
	}
	for i := range o.state.Refunds {
		r := &o.state.Refunds[i]
		g, there := known[r.ID]
		switch answer := answers[r.ID]; {
		case there:
			o.advance(r, g)
		case r.Status != payment.RefundRequested || r.GatewayID != "":
		case answer.refused != "":
			o.fail(r, answer.refused)
		case answer.burnt:
			r.BurntKeys++
			o.touch(r.ID)
		case complete && o.cancelledOrRejected():
			o.fail(r, "released") // with all the rest
		}
	}
	if !o.cancelledOrRejected() {
		for _, p := range o.parts() {
			o.addMadeByHand(p.Supplement, lists[p.Supplement], now)
		}
		o.refunded()
	}
	o.state.Payment.refundsAsked(complete && len(o.refundsToSend()) == 0, now)
}

// advance takes a refund on to where it stands at the gateway. Answers may overtake each other, so none takes it back.
func (o *Order) advance(r *Refund, g payment.GatewayRefund) {
	before := *r
	r.GatewayID = g.ID
	if g.Status == payment.RefundFailed || r.Status == payment.RefundRequested {
		r.Status = g.Status
	}
	if r.Status == payment.RefundFailed && r.FailureCode == "" {
		r.FailureCode = "failed_later"
	}
	if r.Status != before.Status || r.GatewayID != before.GatewayID {
		o.touch(r.ID)
	}
}

func (o *Order) fail(r *Refund, code string) {
	r.Status, r.FailureCode = payment.RefundFailed, code
	o.touch(r.ID)
}

// addMadeByHand adds the refunds that somebody made at the gateway, and takes those on that are known.
func (o *Order) addMadeByHand(supplement int, list []payment.GatewayRefund, now time.Time) {
	for _, g := range list {
		if o.refundOf(g.RefundID) != nil {
			continue
		}
		id := uuid.NewSHA1(o.state.ID, []byte(g.ID))
		if made := o.refundOf(id); made != nil {
			o.advance(made, g)
			continue
		}
		if g.Status == payment.RefundFailed {
			continue
		}
		r := Refund{
			ID: id, Amount: g.Amount, Status: g.Status, Reason: "Made at the payment gateway.", By: auth.System().Author(), At: now, GatewayID: g.ID,
			Supplement: supplement,
		}
		left := o.refundable()
		left.takeAmount(min(g.Amount, left.Sum()), &r)
		o.state.Refunds = append(o.state.Refunds, r)
		o.touch(id)
	}
}

// refundsAsked ends, or puts off, what is due of refunds.
func (p *Payment) refundsAsked(done bool, now time.Time) {
	if done || p.RefundsDueAt == nil {
		p.RefundsDueAt, p.RefundsDueTries = nil, 0
		return
	}
	at := now.Add(min(time.Second<<min(p.RefundsDueTries, 5), 30*time.Second))
	p.RefundsDueAt = &at
	p.RefundsDueTries++
}

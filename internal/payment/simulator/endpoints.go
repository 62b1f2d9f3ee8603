package simulator

import (
	"net/http"
	"slices"
	"time"
)

// plan is a valid request: the intent it is for, the fault to simulate, and what it does.
type plan struct {
	intentID string
	fault    fault
	decide   func(Intent) Change
}

// endpoint turns a form into a plan, or refuses it before anything is stored.
type endpoint struct {
	parameters []string
	plan       func(g *gateway, intentID string, f form) (plan, *Refusal)
}

func createEndpoint() endpoint {
	return endpoint{
		parameters: []string{"amount", "currency", "capture_method", "confirm", "payment_method", "payment_method_types[", "metadata[order_id]", "metadata[attempt]", "return_url"},
		plan: func(g *gateway, _ string, f form) (plan, *Refusal) {
			amount, refusal := f.amount("amount")
			if refusal != nil {
				return plan{}, refusal
			}
			if amount == nil {
				return plan{}, invalid("amount", "parameter_missing", "An amount is needed.")
			}
			code, currency, refusal := f.currency()
			if refusal != nil {
				return plan{}, refusal
			}
			if refusal := currency.charge(*amount); refusal != nil {
				return plan{}, refusal
			}
			if f.values.Get("capture_method") != "manual" {
				return plan{}, invalid("capture_method", "parameter_invalid", "Only manual capture is simulated.")
			}
			token, c, refusal := f.token()
			if refusal != nil {
				return plan{}, refusal
			}
			confirm := f.values.Get("confirm") == "true"
			if confirm && token == "" {
				return plan{}, invalid("payment_method", "parameter_missing", "A payment method is needed to confirm.")
			}
			id := g.newID("pi_")
			in := Intent{
				ID: id, ActionURL: g.url + "/_bank/" + id, ReturnURL: f.values.Get("return_url"),
				OrderID: f.values.Get("metadata[order_id]"), Attempt: f.values.Get("metadata[attempt]"),
				Amount: *amount, Currency: code, PaymentMethod: token, State: RequiresPaymentMethod, CreatedAt: g.now(),
			}
			if token != "" {
				in.State = RequiresConfirmation
			}
			if g.blamesUs(in.OrderID, c.fault) {
				wrong := invalid("capture_method", "parameter_unsupported", "The account doesn't allow this.").answer(Intent{})
				return plan{decide: func(Intent) Change { return Change{Answer: wrong} }}, nil
			}
			return plan{fault: c.fault, decide: g.deciding(func(Intent) (Intent, []Movement, *Refusal) {
				if !confirm {
					return in, nil, nil
				}
				return in.Confirm(token, c)
			})}, nil
		},
	}
}

func confirmEndpoint() endpoint {
	return endpoint{
		parameters: []string{"payment_method"},
		plan: func(g *gateway, id string, f form) (plan, *Refusal) {
			token, c, refusal := f.token()
			return plan{intentID: id, fault: c.fault, decide: g.deciding(func(in Intent) (Intent, []Movement, *Refusal) {
				if token == "" {
					token = in.PaymentMethod
					c, _ = cardOf(token)
				}
				if token == "" {
					return in, nil, invalid("payment_method", "parameter_missing", "A payment method is needed to confirm.")
				}
				return in.Confirm(token, c)
			})}, refusal
		},
	}
}

func captureEndpoint() endpoint {
	return endpoint{
		parameters: []string{"amount_to_capture"},
		plan: func(g *gateway, id string, f form) (plan, *Refusal) {
			amount, refusal := f.amount("amount_to_capture")
			return plan{intentID: id, decide: g.deciding(func(in Intent) (Intent, []Movement, *Refusal) {
				return in.Capture(amount)
			})}, refusal
		},
	}
}

func cancelEndpoint() endpoint {
	return endpoint{
		parameters: []string{"cancellation_reason"},
		plan: func(g *gateway, id string, _ form) (plan, *Refusal) {
			return plan{intentID: id, decide: g.deciding(Intent.Cancel)}, nil
		},
	}
}

func refundEndpoint() endpoint {
	return endpoint{
		parameters: []string{"payment_intent", "amount", "reason", "metadata[order_id]", "metadata[refund_id]"},
		plan: func(g *gateway, _ string, f form) (plan, *Refusal) {
			id := f.values.Get("payment_intent")
			if id == "" {
				return plan{}, invalid("payment_intent", "parameter_missing", "A payment intent is needed.")
			}
			amount, refusal := f.amount("amount")
			return plan{intentID: id, decide: func(before Intent) Change {
				in, moved, refusal := before.Refund(amount)
				if refusal != nil {
					return Change{Intent: in, Answer: refusal.answer(in)}
				}
				made := RefundRecord{
					ID: g.newID("re_"), Amount: in.Refunded - before.Refunded,
					OrderID: f.values.Get("metadata[order_id]"), RefundID: f.values.Get("metadata[refund_id]"),
				}
				in.Refunds = append(slices.Clone(in.Refunds), made)
				return Change{
					Intent: in, Entries: entries(in, moved, g.now()), Answer: answerOf(http.StatusOK, in.refund(made)),
					Happened: eventType(before, in, nil),
				}
			}}, refusal
		},
	}
}

// deciding adds the ledger's entries, the answer and the event to an intent's transition.
func (g *gateway) deciding(transition func(Intent) (Intent, []Movement, *Refusal)) func(Intent) Change {
	return func(before Intent) Change {
		in, moved, refusal := transition(before)
		c := Change{Intent: in, Entries: entries(in, moved, g.now()), Happened: eventType(before, in, refusal)}
		if refusal != nil {
			c.Answer = refusal.answer(in)
			return c
		}
		c.Answer = answerOf(http.StatusOK, in.object(false))
		return c
	}
}

// stamp is a clock to the microsecond, which is what a database keeps.
func stamp(now func() time.Time) func() time.Time {
	return func() time.Time { return now().UTC().Truncate(time.Microsecond) }
}

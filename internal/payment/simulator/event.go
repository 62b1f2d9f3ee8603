package simulator

import (
	"encoding/json"
	"strings"
	"time"
)

// eventType is the type of Stripe's event for a change; "" if the change has none.
func eventType(before, after Intent, refusal *Refusal) string {
	switch {
	case refusal != nil && refusal.DeclineCode != "":
		return "payment_intent.payment_failed"
	case after.Refunded > before.Refunded:
		return "charge.refunded"
	case after.State == before.State:
		return ""
	}
	switch after.State {
	case RequiresAction:
		return "payment_intent.requires_action"
	case RequiresCapture:
		return "payment_intent.amount_capturable_updated"
	case Succeeded:
		return "payment_intent.succeeded"
	case Canceled:
		return "payment_intent.canceled"
	case RequiresPaymentMethod, RequiresConfirmation:
	}
	return ""
}

// event renders an event with the intent, its charge, or the refund that it is about, as it is then.
func (in Intent) event(id string, c Change, at time.Time) []byte {
	eventType, about := c.Happened, in.object(false)
	if strings.HasPrefix(eventType, "charge.") {
		about = in.charge()
	}
	for _, r := range in.Refunds {
		if r.ID == c.About {
			about = in.refund(r)
		}
	}
	body, err := json.Marshal(object{
		"id": id, "object": "event", "api_version": "2026-03-25.dahlia", "created": at.Unix(), "livemode": false,
		"pending_webhooks": 1, "request": object{"id": nil, "idempotency_key": nil}, "type": eventType,
		"data": object{"object": about},
	})
	if err != nil {
		panic(err) // it can't fail: strings, numbers and times
	}
	return body
}

package payment

import "github.com/google/uuid"

// Event is what the gateway tells by itself about an intent of the shop. It may come late, more than once, out of order,
// or never, and it says how the intent stood when it was written, not how it stands.
type Event struct {
	// ID is the gateway's: the same each time that the event is sent.
	ID string
	// Status is what became of the money: AUTHORIZED, CAPTURED, REFUNDED in part or whole, VOIDED, or FAILED.
	Status   Status
	OrderID  uuid.UUID
	IntentID string
	// Key is that of the authorization which made the intent; "" if the gateway didn't keep it.
	Key         string
	DeclineCode string // of FAILED
	Refunded    int64  // of REFUNDED: the sum of all refunds, in minor units; 0 if it is to be asked for
}

// Outcome is what the event says about the authorization that made the intent.
func (e Event) Outcome() Outcome {
	switch e.Status {
	case Failed:
		return Outcome{Status: Failed, IntentID: e.IntentID, DeclineCode: e.DeclineCode}
	case Voided:
		return Outcome{Status: Voided, IntentID: e.IntentID, DeclineCode: DeclineCanceled}
	default: // what was captured or refunded had been reserved
		return Outcome{Status: Authorized, IntentID: e.IntentID}
	}
}

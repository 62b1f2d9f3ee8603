package simulator

// fault is the fault that a card's token makes the gateway simulate.
type fault int

const (
	noFault fault = iota
	errorOnce
	slow
	withholdsAnswer
	closesConnection
	oursOnce
	ours
)

// card is what a token stands for.
type card struct {
	decline     string
	needsAction bool
	fault       fault
}

// cardOf gives the card of a token that the simulator knows.
func cardOf(token string) (card, bool) {
	switch token {
	case "tok_ok", "pm_card_visa": // pm_… are Stripe's own names of such cards, as its library makes them
		return card{}, true
	case "tok_declined", "pm_card_chargeDeclined":
		return card{decline: "generic_decline"}, true
	case "tok_insufficient_funds", "pm_card_chargeDeclinedInsufficientFunds":
		return card{decline: "insufficient_funds"}, true
	case "tok_requires_action", "pm_card_authenticationRequired":
		return card{needsAction: true}, true
	case "tok_timeout": // charges, then withholds the answer
		return card{fault: withholdsAnswer}, true
	case "tok_reset": // charges, then cuts the connection
		return card{fault: closesConnection}, true
	case "tok_slow": // waits, then charges
		return card{fault: slow}, true
	case "tok_error_once": // fails before it charges, once per key and server
		return card{fault: errorOnce}, true
	case "tok_our_fault": // says that the shop asks wrongly, and keeps that answer under the key
		return card{fault: ours}, true
	case "tok_our_fault_once": // so, once per order and server
		return card{fault: oursOnce}, true
	default:
		return card{}, false
	}
}

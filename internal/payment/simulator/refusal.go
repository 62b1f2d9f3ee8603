package simulator

import (
	"fmt"
	"net/http"
)

// Refusal is an answer of the API that is not a success, in Stripe's shape.
type Refusal struct {
	Status      int // of HTTP
	Type        string
	Code        string
	DeclineCode string
	Message     string
	Param       string
	withIntent  bool // the answer shows the intent
}

func invalid(param, code, message string) *Refusal {
	return &Refusal{Status: http.StatusBadRequest, Type: "invalid_request_error", Code: code, Message: message, Param: param}
}

func missing(param, what string) *Refusal {
	return &Refusal{
		Status: http.StatusNotFound, Type: "invalid_request_error", Code: "resource_missing", Message: "No such " + what + ".",
		Param: param,
	}
}

func (in Intent) unexpectedState(operation string) *Refusal {
	r := invalid("", "payment_intent_unexpected_state", fmt.Sprintf("An intent that is %s doesn't allow %s.", in.State, operation))
	r.withIntent = true
	return r
}

func (in Intent) declined() *Refusal {
	return &Refusal{
		Status: http.StatusPaymentRequired, Type: "card_error", Code: "card_declined", DeclineCode: in.DeclineCode,
		Message: "The card was declined.", withIntent: true,
	}
}

// faulty is the answer to what the gateway itself got wrong; it is never stored, so a repeat may succeed.
func faulty() *Refusal {
	return &Refusal{Status: http.StatusInternalServerError, Type: "api_error", Message: "Something went wrong at the gateway."}
}

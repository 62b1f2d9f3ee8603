package simulator

import (
	"encoding/json"
	"net/http"
	"strings"
)

// object is a JSON object with the field names of Stripe's API.
type object map[string]any

// answerOf renders a JSON value. It can't fail: the values are maps, strings, numbers and the ledger's structs.
func answerOf(status int, v any) Answer {
	body, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return Answer{Status: status, Body: body}
}

func (r *Refusal) answer(in Intent) Answer {
	return answerOf(r.Status, object{"error": r.object(in)})
}

func (r *Refusal) object(in Intent) object {
	o := object{"type": r.Type, "message": r.Message}
	for name, value := range map[string]string{"code": r.Code, "decline_code": r.DeclineCode, "param": r.Param} {
		if value != "" {
			o[name] = value
		}
	}
	if r.withIntent {
		o["payment_intent"] = in.object(false)
	}
	return o
}

func (in Intent) object(withCharge bool) object {
	o := object{
		"id": in.ID, "object": "payment_intent", "livemode": false, "created": in.CreatedAt.Unix(),
		"amount": in.Amount, "amount_capturable": 0, "amount_received": in.Captured, "currency": in.Currency,
		"capture_method": "manual", "payment_method_types": []string{"card"}, "payment_method": nil,
		"metadata": in.metadata(), "status": in.State,
		"last_payment_error": nil, "next_action": nil, "latest_charge": nil,
	}
	if in.PaymentMethod != "" {
		o["payment_method"] = in.PaymentMethod
	}
	if in.DeclineCode != "" {
		refusal := in.declined()
		refusal.withIntent = false
		o["last_payment_error"] = refusal.object(in)
	}
	switch in.State {
	case RequiresAction:
		o["next_action"] = object{
			"type": "redirect_to_url", "redirect_to_url": object{"url": in.ActionURL, "return_url": in.ReturnURL},
		}
		if in.ofLibrary() {
			o["client_secret"] = in.ID + "_secret_simulated"
			if in.ReturnURL == "" {
				o["next_action"] = object{"type": "use_stripe_sdk", "use_stripe_sdk": object{"type": "three_d_secure_redirect"}}
			}
		}
	case RequiresCapture:
		o["amount_capturable"] = in.Amount
	case RequiresPaymentMethod, RequiresConfirmation, Succeeded, Canceled:
	}
	if in.Held() > 0 || in.Captured > 0 {
		o["latest_charge"] = in.chargeID()
		if withCharge {
			o["latest_charge"] = in.charge()
		}
	}
	return o
}

// ofLibrary tells whether the card was read by Stripe's library, which then can do what the bank asks for.
func (in Intent) ofLibrary() bool { return strings.HasPrefix(in.PaymentMethod, "pm_") }

func (in Intent) metadata() map[string]string {
	return map[string]string{"order_id": in.OrderID, "attempt": in.Attempt}
}

func (in Intent) chargeID() string { return "ch_" + strings.TrimPrefix(in.ID, "pi_") }

func (in Intent) charge() object {
	return object{
		"id": in.chargeID(), "object": "charge", "payment_intent": in.ID, "currency": in.Currency, "amount": in.Amount,
		"amount_captured": in.Captured, "amount_refunded": in.Refunded,
		"captured": in.Captured > 0, "refunded": in.Captured > 0 && in.Refunded == in.Captured, "metadata": in.metadata(),
	}
}

func (in Intent) refund(r RefundRecord) object {
	status := "succeeded"
	if r.Failed {
		status = "failed"
	}
	return object{
		"id": r.ID, "object": "refund", "amount": r.Amount, "currency": in.Currency, "payment_intent": in.ID,
		"charge": in.chargeID(), "status": status, "metadata": map[string]string{"order_id": r.OrderID, "refund_id": r.RefundID},
	}
}

func (a Answer) write(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "application/json")
	if a.Replayed {
		w.Header().Set("Idempotent-Replayed", "true")
	}
	w.WriteHeader(a.Status)
	_, _ = w.Write(a.Body) // a client that has disconnected sends its request again
}

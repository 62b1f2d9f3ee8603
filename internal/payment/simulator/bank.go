package simulator

import "net/http"

// bank plays the page of the customer's bank: it does what the order's card asked for, or, with refuse=true, fails to.
func (g *gateway) bank(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxBody)
	order, outcome := r.FormValue("order"), card{}
	if r.FormValue("refuse") == "true" {
		outcome.decline = "authentication_required"
	}
	if !storable(order, maxValue) {
		invalid("order", "parameter_invalid", "The order is not plain text.").answer(Intent{}).write(w)
		return
	}
	id, err := g.store.Waiting(r.Context(), order)
	if err != nil {
		g.failure(r.Context(), err).write(w)
		return
	}
	g.once(r.Context(), Request{IntentID: id}, plan{decide: g.deciding(func(in Intent) (Intent, []Movement, *Refusal) {
		if in.State != RequiresAction { // somebody was faster
			return in, nil, in.unexpectedState("confirm")
		}
		return in.Confirm(in.PaymentMethod, outcome)
	})}).write(w)
}

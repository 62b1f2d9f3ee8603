package simulator

import "net/http"

// refunds lists an intent's refunds, newest first, as Stripe does; it knows no pages.
func (g *gateway) refunds(w http.ResponseWriter, r *http.Request) {
	in, err := g.intent(r.Context(), r.URL.Query().Get("payment_intent"))
	if err != nil {
		g.failure(r.Context(), err).write(w)
		return
	}
	all := make([]object, len(in.Refunds))
	for i, made := range in.Refunds {
		all[len(all)-1-i] = in.refund(made)
	}
	answerOf(http.StatusOK, object{"object": "list", "data": all, "has_more": false, "url": r.URL.Path}).write(w)
}

// failRefund plays a bank that sends a refund back.
func (g *gateway) failRefund(w http.ResponseWriter, r *http.Request) {
	intent, id := r.PathValue("intent"), r.PathValue("id")
	if !storable(intent, maxKey) {
		g.failure(r.Context(), errNoIntent).write(w)
		return
	}
	g.once(r.Context(), Request{IntentID: intent}, plan{decide: func(before Intent) Change {
		in, moved, refusal := before.FailRefund(id)
		if refusal != nil {
			return Change{Intent: in, Answer: refusal.answer(in)}
		}
		return Change{
			Intent: in, Entries: entries(in, moved, g.now()), Answer: answerOf(http.StatusOK, in.object(false)),
			Happened: "refund.failed", About: id,
		}
	}}).write(w)
}

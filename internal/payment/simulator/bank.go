package simulator

import (
	"context"
	"errors"
	"html/template"
	"net/http"
)

// bank does at once what the customer's bank asks of the order's newest intent, or, with refuse=true, fails to.
func (g *gateway) bank(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxBody)
	order := r.FormValue("order")
	if !storable(order, maxValue) {
		invalid("order", "parameter_invalid", "The order is not plain text.").answer(Intent{}).write(w)
		return
	}
	id, err := g.store.Waiting(r.Context(), order)
	if err != nil {
		g.failure(r.Context(), err).write(w)
		return
	}
	g.act(r.Context(), id, r.FormValue("refuse") == "true").write(w)
}

// act does what the intent waits for, or fails to.
func (g *gateway) act(ctx context.Context, id string, refuse bool) Answer {
	outcome := card{}
	if refuse {
		outcome.decline = "authentication_required"
	}
	return g.once(ctx, Request{IntentID: id}, plan{decide: g.deciding(func(in Intent) (Intent, []Movement, *Refusal) {
		if in.State != RequiresAction { // somebody was faster
			return in, nil, in.unexpectedState("confirm")
		}
		return in.Confirm(in.PaymentMethod, outcome)
	})})
}

// bankPage plays the page to which the customer is sent.
func (g *gateway) bankPage(w http.ResponseWriter, r *http.Request) {
	in, ok := g.ofPage(w, r)
	if !ok {
		return
	}
	g.show(w, in)
}

// answerBankPage takes the customer's answer, and leads back to the shop.
func (g *gateway) answerBankPage(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxBody)
	in, ok := g.ofPage(w, r)
	if !ok {
		return
	}
	answer := g.act(r.Context(), in.ID, r.FormValue("refuse") == "true")
	if answer.Status >= http.StatusInternalServerError {
		answer.write(w)
		return
	}
	if in.ReturnURL != "" {
		http.Redirect(w, r, in.ReturnURL, http.StatusSeeOther)
		return
	}
	http.Redirect(w, r, r.URL.Path, http.StatusSeeOther)
}

func (g *gateway) ofPage(w http.ResponseWriter, r *http.Request) (Intent, bool) {
	in, err := g.intent(r.Context(), r.PathValue("id"))
	switch {
	case errors.Is(err, errNoIntent):
		http.NotFound(w, r)
		return in, false
	case err != nil:
		g.failure(r.Context(), err).write(w)
		return in, false
	}
	return in, true
}

func (g *gateway) show(w http.ResponseWriter, in Intent) {
	page, err := template.New("bank").Parse(bankPage)
	if err == nil {
		head := w.Header()
		head.Set("Content-Type", "text/html; charset=utf-8")
		head.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
		head.Set("Referrer-Policy", "no-referrer")
		err = page.Execute(w, map[string]any{"Amount": in.shown(), "Waits": in.State == RequiresAction})
	}
	if err != nil {
		g.Log.Warn("the bank's page was not shown", "error", err)
	}
}

const bankPage = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Your bank (simulated)</title>
<meta name="color-scheme" content="light dark">
<style>
body { font: 1.1rem/1.5 system-ui, sans-serif; max-width: 26rem; margin: 15vh auto; padding: 0 1.5rem }
form { display: grid; grid-template-columns: 1fr 1fr; gap: .75rem; margin-top: 2rem }
button { font: inherit; min-height: 3rem; border: 1px solid; border-radius: .5rem; background: none; color: inherit; cursor: pointer }
button:first-child { border-color: #1f4e8c; background: #1f4e8c; color: #fff }
</style>
<h1>Your bank</h1>
{{if .Waits}}
<p>A shop wants to reserve {{.Amount}} on your card. No real money moves.</p>
<form method="post"><button name="refuse" value="false">Approve</button><button name="refuse" value="true">Refuse</button></form>
{{else}}
<p>There is nothing left to do here. You can go back to the shop.</p>
{{end}}
</html>
`

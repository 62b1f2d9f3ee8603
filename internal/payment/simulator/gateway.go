// Package simulator is a card processor that holds no real money. Over HTTP it speaks the part of Stripe's API that the
// shop uses, with its idempotency and its errors, and it can be as unhelpful as a real one: it declines, it fails, and it
// charges without answering.
package simulator

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"time"
)

// Options are the simulator's settings. Key is needed; the others have defaults.
type Options struct {
	Key     string                     // the secret that clients send as bearer
	Now     func() time.Time           // time.Now
	NewID   func(prefix string) string // random
	Slow    time.Duration              // how long tok_slow takes; 700 ms
	HoldFor time.Duration              // how long the answer to tok_timeout is withheld; 30 s
	Log     *slog.Logger               // for failures of the store; none
}

// gateway answers the API's requests.
type gateway struct {
	Options
	url    string // where it is reached
	store  Store
	now    func() time.Time
	newID  func(prefix string) string
	closed <-chan struct{} // ends what is held
	events *webhookSender

	mu      sync.Mutex
	running map[string]bool // keys of requests that have no answer yet
	failed  map[string]bool // keys that met tok_error_once, and orders that met tok_our_fault_once
}

// handler serves the API until g.closed is closed, which lets go of requests whose answer is withheld.
func (g *gateway) handler() http.Handler {
	api := http.NewServeMux()
	api.HandleFunc("POST /v1/payment_intents", g.change(createEndpoint()))
	api.HandleFunc("GET /v1/payment_intents/search", g.search)
	api.HandleFunc("GET /v1/payment_intents/{id}", g.retrieve)
	api.HandleFunc("POST /v1/payment_intents/{id}/confirm", g.change(confirmEndpoint()))
	api.HandleFunc("POST /v1/payment_intents/{id}/capture", g.change(captureEndpoint()))
	api.HandleFunc("POST /v1/payment_intents/{id}/cancel", g.change(cancelEndpoint()))
	api.HandleFunc("POST /v1/refunds", g.change(refundEndpoint()))
	api.HandleFunc("GET /v1/refunds", g.refunds)
	api.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) { missing("", "endpoint").answer(Intent{}).write(w) })

	root := http.NewServeMux()
	root.HandleFunc("GET /_ledger", g.ledger)
	root.HandleFunc("POST /_bank", g.bank)
	root.HandleFunc("POST /_refunds/{intent}/{id}/fail", g.failRefund)
	root.HandleFunc("GET /_bank/{id}", g.bankPage)
	root.HandleFunc("POST /_bank/{id}", g.answerBankPage)
	root.Handle("/", g.authenticated(api))
	return root
}

func (g *gateway) authenticated(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		key, _ := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
		if subtle.ConstantTimeCompare([]byte(key), []byte(g.Key)) == 0 || g.Key == "" {
			refusal := invalid("", "", "The API key is missing or wrong.")
			refusal.Status = http.StatusUnauthorized
			refusal.answer(Intent{}).write(w)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// change serves an endpoint that changes an intent: once per idempotency key.
func (g *gateway) change(e endpoint) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		f, refusal := readForm(w, r, e.parameters)
		if refusal != nil {
			refusal.answer(Intent{}).write(w)
			return
		}
		key := r.Header.Get("Idempotency-Key")
		if !storable(key, maxKey) || !storable(r.PathValue("id"), maxKey) {
			invalid("", "parameter_invalid", "The idempotency key or the id is not plain text.").answer(Intent{}).write(w)
			return
		}
		p, refusal := e.plan(g, r.PathValue("id"), f)
		if refusal != nil {
			refusal.answer(Intent{}).write(w)
			return
		}
		answer := g.once(r.Context(), Request{Key: key, Fingerprint: fingerprint(r), IntentID: p.intentID}, p)
		if !answer.Replayed {
			g.failAfterCharge(r.Context(), p.fault)
		}
		answer.write(w)
	}
}

// once applies the plan while no other request with its key runs.
func (g *gateway) once(ctx context.Context, r Request, p plan) Answer {
	if !g.begin(r.Key) {
		return (&Refusal{
			Status: http.StatusConflict, Type: "idempotency_error", Code: "idempotency_key_in_use",
			Message: "Another request with this idempotency key is running.",
		}).answer(Intent{})
	}
	defer g.end(r.Key)
	if g.failBeforeCharge(ctx, r.Key, p.fault) {
		return faulty().answer(Intent{})
	}
	var c Change
	answer, err := g.store.Apply(ctx, r, func(in Intent) Change {
		c = p.decide(in)
		return c
	})
	if err != nil {
		return g.failure(ctx, err)
	}
	// A gateway that keeps silent about a charge does so in every way.
	if !answer.Replayed && c.Happened != "" && p.fault != withholdsAnswer {
		g.events.send(c.Intent.event(g.newID("evt_"), c, g.now()))
	}
	return answer
}

func (g *gateway) retrieve(w http.ResponseWriter, r *http.Request) {
	in, err := g.intent(r.Context(), r.PathValue("id"))
	if err != nil {
		g.failure(r.Context(), err).write(w)
		return
	}
	withCharge := false
	for name, values := range r.URL.Query() {
		withCharge = withCharge || strings.HasPrefix(name, "expand[") && values[0] == "latest_charge"
	}
	answerOf(http.StatusOK, in.object(withCharge)).write(w)
}

// intent reads an intent whose id may be anything that a client sent.
func (g *gateway) intent(ctx context.Context, id string) (Intent, error) {
	if !storable(id, maxKey) {
		return Intent{}, errNoIntent
	}
	return g.store.Intent(ctx, id)
}

// search finds the intent of an attempt. It knows no other query.
func (g *gateway) search(w http.ResponseWriter, r *http.Request) {
	attempt, begins := strings.CutPrefix(r.URL.Query().Get("query"), "metadata['attempt']:'")
	attempt, ends := strings.CutSuffix(attempt, "'")
	if !begins || !ends || strings.ContainsAny(attempt, `'\`) || !storable(attempt, maxValue) {
		invalid("query", "parameter_invalid", "Only metadata['attempt']:'...' can be searched for.").answer(Intent{}).write(w)
		return
	}
	found := []object{}
	in, err := g.store.Of(r.Context(), attempt)
	switch {
	case err == nil:
		found = append(found, in.object(false))
	case !errors.Is(err, errNoIntent):
		g.failure(r.Context(), err).write(w)
		return
	}
	answerOf(http.StatusOK, object{"object": "search_result", "data": found, "has_more": false, "next_page": nil, "url": r.URL.Path}).write(w)
}

// ledger answers the books, of one order with ?order=.
func (g *gateway) ledger(w http.ResponseWriter, r *http.Request) {
	order := r.URL.Query().Get("order")
	if !storable(order, maxValue) {
		invalid("order", "parameter_invalid", "The order is not plain text.").answer(Intent{}).write(w)
		return
	}
	all, err := g.store.Entries(r.Context(), order)
	if err != nil {
		g.failure(r.Context(), err).write(w)
		return
	}
	answerOf(http.StatusOK, ledger(all)).write(w)
}

// failure answers what a store couldn't do. Nothing of it is stored.
func (g *gateway) failure(ctx context.Context, err error) Answer {
	switch {
	case errors.Is(err, errNoIntent):
		return missing("intent", "PaymentIntent").answer(Intent{})
	case errors.Is(err, errKeyReused):
		return (&Refusal{
			Status: http.StatusBadRequest, Type: "idempotency_error",
			Message: "The idempotency key was used with other parameters.",
		}).answer(Intent{})
	default:
		if ctx.Err() == nil {
			g.Log.ErrorContext(ctx, "simulated gateway failed", "error", err)
		}
		return faulty().answer(Intent{})
	}
}

// fingerprint is a digest of the request, parameters in sorted order.
func fingerprint(r *http.Request) string {
	sum := sha256.Sum256([]byte(r.Method + " " + r.URL.Path + "\n" + r.PostForm.Encode()))
	return hex.EncodeToString(sum[:])
}

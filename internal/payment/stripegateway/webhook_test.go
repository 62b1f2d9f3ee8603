package stripegateway_test

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"github.com/stripe/stripe-go/v85/webhook"

	"pizzeria/internal/payment"
	"pizzeria/internal/payment/stripegateway"
	"pizzeria/internal/platform/fault"
)

var (
	noon  = time.Date(2026, 1, 31, 12, 0, 0, 0, time.UTC)
	order = uuid.MustParse("00000000-0000-7000-8000-00000000000a")
)

// hook is a webhook at noon, which records what it is told.
type hook struct {
	stripegateway.Webhook
	told  []payment.Event
	fails error
}

func newHook() *hook {
	h := &hook{}
	h.Webhook = stripegateway.Webhook{
		Secrets: []string{"whsec_new", "", "whsec_old"}, Now: func() time.Time { return noon }, Log: slog.New(slog.DiscardHandler),
		Record: func(_ context.Context, e payment.Event) error {
			h.told = append(h.told, e)
			return h.fails
		},
	}
	return h
}

// take sends a body, signed.
func (h *hook) take(body string, at time.Time, secret string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(body))
	r.Header.Set("Stripe-Signature", fmt.Sprintf("t=%d,v1=%s", at.Unix(), hex.EncodeToString(webhook.ComputeSignature(at, []byte(body), secret))))
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// about is an event of Stripe.
func about(kind, object string) string {
	return `{"id": "evt_1", "object": "event", "api_version": "2019-12-03", "type": "` + kind + `", "data": {"object": ` + object + `}}`
}

const (
	marks  = `"metadata": {"order_id": "00000000-0000-7000-8000-00000000000a", "attempt": "key"}`
	intent = `{"id": "pi_1", "object": "payment_intent", "status": "requires_capture", ` + marks + `}`
)

func TestStripesEventsAreTranslated(t *testing.T) {
	t.Parallel()
	expected := payment.Event{ID: "evt_1", OrderID: order, IntentID: "pi_1", Key: "key"}
	with := func(status payment.Status, declined string, refunded int64) *payment.Event {
		e := expected
		e.Status, e.DeclineCode, e.Refunded = status, declined, refunded
		return &e
	}
	for body, want := range map[string]*payment.Event{
		about("payment_intent.amount_capturable_updated", intent): with(payment.Authorized, "", 0),
		about("payment_intent.succeeded", intent):                 with(payment.Captured, "", 0),
		about("payment_intent.canceled", intent):                  with(payment.Voided, "", 0),
		about("payment_intent.payment_failed", `{"id": "pi_1", "last_payment_error": {"code": "card_declined", "decline_code": "lost_card"}, `+marks+`}`): with(payment.Failed, "lost_card", 0),
		about("payment_intent.payment_failed", `{"id": "pi_1", "status": "requires_payment_method", `+marks+`}`):                                          with(payment.Failed, "requires_payment_method", 0),
		about("charge.refunded", `{"id": "ch_1", "payment_intent": "pi_1", "captured": true, "amount_refunded": 300, `+marks+`}`):                         with(payment.Refunded, "", 300),
		about("charge.refunded", `{"id": "ch_1", "payment_intent": {"id": "pi_1"}, "captured": true, "amount_refunded": 300, `+marks+`}`):                 with(payment.Refunded, "", 300),

		about("charge.refunded", `{"id": "ch_1", "payment_intent": "pi_1", "captured": false, "amount_refunded": 300, `+marks+`}`): nil,
		about("charge.refunded", `{"id": "ch_1", "captured": true, "amount_refunded": 300, `+marks+`}`):                            nil,
		about("payment_intent.amount_capturable_updated", `{"id": "pi_1", "status": "succeeded", `+marks+`}`):                      nil,
		about("payment_intent.succeeded", `{"id": "pi_1"}`):                                                                        nil,
		about("payment_intent.succeeded", `{"id": "pi_1", "metadata": {"order_id": "42"}}`):                                        nil,
		about("payment_intent.requires_action", intent):                                                                            nil,
		about("charge.dispute.created", `{"id": "dp_1"}`):                                                                          nil,
	} {
		h := newHook()

		require.Equal(t, http.StatusOK, h.take(body, noon, "whsec_new").Code, body)

		if want == nil {
			require.Empty(t, h.told, body)
			continue
		}
		require.Equal(t, []payment.Event{*want}, h.told, body)
	}
}

func TestASignatureIsGoodForFiveMinutes(t *testing.T) {
	t.Parallel()
	for age, status := range map[time.Duration]int{
		0: 200, 300 * time.Second: 200, 301 * time.Second: 400, -300 * time.Second: 200, -301 * time.Second: 400,
		1 << 62: 400, // before there was time
	} {
		h := newHook()

		got := h.take(about("payment_intent.succeeded", intent), noon.Add(-age), "whsec_new")

		require.Equal(t, status, got.Code, age)
		require.Equal(t, status == 200, len(h.told) == 1, age)
	}
}

func TestOldAndNewSecretBothCountWhileOneReplacesTheOther(t *testing.T) {
	t.Parallel()
	for secret, status := range map[string]int{"whsec_new": 200, "whsec_old": 200, "whsec_older": 400, "": 400} {
		require.Equal(t, status, newHook().take(about("payment_intent.succeeded", intent), noon, secret).Code, secret)
	}
}

func TestAnEventThatCouldNotBeRecordedIsAskedForAgain(t *testing.T) {
	t.Parallel()
	h := newHook()
	for _, h.fails = range []error{errors.New("connection to db.internal refused"), fault.New(fault.Unavailable, "The pool of db.internal is busy.")} {
		got := h.take(about("payment_intent.succeeded", intent), noon, "whsec_new")

		require.Equal(t, http.StatusServiceUnavailable, got.Code)
		require.Equal(t, "1", got.Header().Get("Retry-After"))
		require.JSONEq(t, `{"errors": [{"message": "The service is busy. Try again.", "extensions": {"code": "UNAVAILABLE"}}]}`, got.Body.String())
	}

	h.fails = fault.New(fault.BadUserInput, "Never.")
	require.Equal(t, http.StatusBadRequest, h.take(about("payment_intent.succeeded", intent), noon, "whsec_new").Code)
}

// Any signed body is accepted or refused, and every event that is recorded is about an order.
func FuzzWebhook(f *testing.F) {
	for _, kind := range []string{"payment_intent.succeeded", "payment_intent.payment_failed", "charge.refunded", "customer.created"} {
		f.Add(about(kind, intent))
		f.Add(about(kind, `null`))
		f.Add(about(kind, `[]`))
	}
	f.Add(`{"object": "event", "data": null}`)
	f.Fuzz(func(t *testing.T, body string) {
		h := newHook()

		got := h.take(body, noon, "whsec_new")

		require.Contains(t, []int{200, 400, 413}, got.Code)
		require.Less(t, got.Body.Len(), 200)
		for _, e := range h.told {
			require.NotZero(t, e.Status)
		}
	})
}

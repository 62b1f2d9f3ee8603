package stripegateway_test

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/payment"
	"pizzeria/internal/payment/stripegateway"
)

func TestWhoseFaultAnAnswerIs(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		status             int
		kind, code, param  string
		declined           string // the outcome of an authorization; "" if it has none
		ours, burnt, final bool   // of a capture: is it a *Misuse, and a *Refusal
	}{
		"declined":              {402, "card_error", "card_declined", "", "card_declined", false, false, true},
		"an unknown card":       {400, "invalid_request_error", "resource_missing", "payment_method", "invalid_token", false, false, true},
		"a card used before":    {400, "invalid_request_error", "payment_method_unactivated", "payment_method", "invalid_token", false, false, true},
		"an unknown intent":     {404, "invalid_request_error", "resource_missing", "intent", "", false, false, true},
		"too late":              {400, "invalid_request_error", "charge_expired_for_capture", "", "", false, false, true},
		"a wrong amount":        {400, "invalid_request_error", "parameter_invalid_integer", "amount", "", true, true, false},
		"an unknown parameter":  {400, "invalid_request_error", "parameter_unknown", "price", "", true, true, false},
		"too little":            {400, "invalid_request_error", "amount_too_small", "", "", true, true, false},
		"a wrong key":           {401, "invalid_request_error", "", "", "", true, false, false},
		"forbidden":             {403, "invalid_request_error", "", "", "", true, false, false},
		"the key of another":    {400, "idempotency_error", "", "", "", true, false, false},
		"the key is in use":     {409, "idempotency_error", "idempotency_key_in_use", "", "", false, false, false},
		"the intent is locked":  {400, "invalid_request_error", "lock_timeout", "", "", false, false, false},
		"too often":             {429, "invalid_request_error", "rate_limit", "", "", false, false, false},
		"a fault":               {500, "api_error", "", "", "", false, false, false},
		"busy":                  {503, "api_error", "", "", "", false, false, false},
		"a proxy's own mistake": {502, "", "", "", "", false, false, false},
	} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			w.WriteHeader(c.status)
			_, _ = fmt.Fprintf(w, `{"error":{"type":%q,"code":%q,"param":%q,"message":"for order tok_secret"}}`, c.kind, c.code, c.param)
		}))
		gateway := stripegateway.New(stripegateway.Config{Key: secret, BaseURL: server.URL})

		outcome, err := gateway.Authorize(t.Context(), payment.Authorization{Key: "k", Amount: 1, Currency: "EUR", Token: "tok_secret"})
		require.Equal(t, c.declined, outcome.DeclineCode, name)
		require.Equal(t, c.declined == "", err != nil, name)
		captured := gateway.Capture(t.Context(), payment.Capturing{Key: "k", IntentID: "pi_1", Amount: 1, Currency: "EUR"})
		misuse, ours := errors.AsType[*payment.Misuse](captured)
		require.Equal(t, c.ours, ours, name)
		require.Equal(t, c.burnt, ours && misuse.Burnt, name)
		require.Equal(t, c.final, isRefusal(captured), name)
		for _, err := range []error{err, captured} {
			if err != nil {
				require.NotContains(t, err.Error(), "tok_secret", name)
			}
		}
		gateway.Close()
		server.Close()
	}
}

func TestFindMakesNothing(t *testing.T) {
	eachStore(t, func(t *testing.T, w *fixture) {
		order, never := w.order("tok_ok"), w.order("tok_ok")
		intent := w.authorizeUntilKnown(order)

		found, ok, err := w.gateway.Find(t.Context(), order.Key, 0)
		require.NoError(t, err)
		require.True(t, ok)
		require.Equal(t, payment.Outcome{Status: payment.Authorized, IntentID: intent}, found)

		_, ok, err = w.gateway.Find(t.Context(), never.Key, time.Hour)
		require.NoError(t, err)
		require.False(t, ok)
		_, ok, err = w.gateway.Find(t.Context(), never.Key, time.Second)
		require.ErrorContains(t, err, "is found yet")
		require.False(t, ok)
		require.Zero(t, w.totals(never))
	})
}

func TestABurntKeyGivesItsAnswerForEver(t *testing.T) {
	eachStore(t, func(t *testing.T, w *fixture) {
		order := w.order("tok_our_fault_once")
		for range 2 {
			_, err := w.gateway.Authorize(t.Context(), order)
			misuse, ours := errors.AsType[*payment.Misuse](err)
			require.True(t, ours, "%v", err)
			require.True(t, misuse.Burnt)
		}
		order.Key += ".1"

		got, err := w.gateway.Authorize(t.Context(), order)

		require.NoError(t, err)
		require.Equal(t, payment.Authorized, got.Status)
		require.Equal(t, 1, w.totals(order).Charges)
	})
}

func TestWhatTheBankWantsOfTheCustomer(t *testing.T) {
	t.Parallel()
	for next, want := range map[string]payment.Action{
		`{"type":"use_stripe_sdk"}`: {ClientSecret: "pi_1_secret_2"},
		`{"type":"redirect_to_url","redirect_to_url":{"url":"https://hooks.example/3ds"}}`: {ClientSecret: "pi_1_secret_2", URL: "https://hooks.example/3ds"},
	} {
		var leadsBack string
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			leadsBack = r.FormValue("return_url")
			w.Header().Set("Content-Type", "application/json")
			_, _ = fmt.Fprintf(w, `{"id":"pi_1","status":"requires_action","client_secret":"pi_1_secret_2","next_action":%s}`, next)
		}))
		gateway := stripegateway.New(stripegateway.Config{Key: secret, BaseURL: server.URL, ReturnURL: "https://shop.example/orders/{orderId}?paid"})
		order := payment.Authorization{Key: "k", OrderID: uuid.New(), Amount: 1, Currency: "EUR", Token: "pm_1"}

		outcome, err := gateway.Authorize(t.Context(), order)

		require.NoError(t, err)
		require.Equal(t, payment.Outcome{Status: payment.RequiresAction, IntentID: "pi_1", Action: want}, outcome)
		require.Equal(t, "https://shop.example/orders/"+order.OrderID.String()+"?paid", leadsBack)
		gateway.Close()
		server.Close()
	}
}

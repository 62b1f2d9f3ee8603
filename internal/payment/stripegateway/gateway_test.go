package stripegateway_test

import (
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/payment"
	"pizzeria/internal/payment/stripegateway"
)

func TestAuthorizeCaptureRefund(t *testing.T) {
	eachStore(t, func(t *testing.T, w *fixture) {
		order := w.order("tok_ok")

		reserved, err := w.gateway.Authorize(t.Context(), order)
		require.NoError(t, err)
		require.Equal(t, payment.Authorized, reserved.Status)
		require.NotEmpty(t, reserved.IntentID)
		require.Equal(t, order.Amount, w.totals(order).Held)

		require.NoError(t, w.gateway.Capture(t.Context(), capturing(reserved.IntentID, "capture")))
		require.Equal(t, order.Amount, w.totals(order).Captured)

		released, err := w.gateway.Release(t.Context(), reserved.IntentID, "release")
		require.NoError(t, err)
		require.Equal(t, payment.Released{Status: payment.Refunded, Refunded: order.Amount}, released)
		require.Zero(t, w.totals(order).Held)
	})
}

// Somebody refunds a part by hand after Release has looked, and before it refunds the rest.
func TestAReleaseThatMeetsARefundTellsTheWholeSum(t *testing.T) {
	eachStore(t, func(t *testing.T, w *fixture) {
		order := w.order("tok_ok")
		id := w.authorizeUntilKnown(order)
		require.NoError(t, w.gateway.Capture(t.Context(), capturing(id, "capture")))
		to, err := url.Parse(w.server.URL())
		require.NoError(t, err)
		through := httputil.NewSingleHostReverseProxy(to)
		front := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/v1/refunds" {
				assert.NoError(t, w.refund(id, 350))
			}
			through.ServeHTTP(rw, r)
		}))
		defer front.Close()

		released, err := w.dial(stripegateway.Config{BaseURL: front.URL}).Release(t.Context(), id, "release")

		require.NoError(t, err)
		require.Equal(t, payment.Released{Status: payment.Refunded, Refunded: order.Amount}, released)
		require.Zero(t, w.totals(order).Held)
	})
}

func TestWhatIsNotAuthorizedHoldsNothing(t *testing.T) {
	eachStore(t, func(t *testing.T, w *fixture) {
		for token, want := range map[string]payment.Outcome{
			"tok_declined":           {Status: payment.Failed, DeclineCode: "generic_decline"},
			"tok_insufficient_funds": {Status: payment.Failed, DeclineCode: "insufficient_funds"},
			"tok_requires_action":    {Status: payment.RequiresAction},
			"tok_of_nobody":          {Status: payment.Failed, DeclineCode: payment.DeclineInvalidToken},
			"":                       {Status: payment.Failed, DeclineCode: payment.DeclineInvalidToken},
			"tok_\x00":               {Status: payment.Failed, DeclineCode: payment.DeclineInvalidToken},
		} {
			order := w.order(token)

			got, err := w.gateway.Authorize(t.Context(), order)

			require.NoError(t, err, token)
			require.Equal(t, want.Status == payment.RequiresAction, got.Action != payment.Action{}, token)
			want.IntentID, want.Action = got.IntentID, got.Action
			require.Equal(t, want, got, token)
			require.Zero(t, w.totals(order), token)
		}
	})
}

func TestAReleasedActionIsVoided(t *testing.T) {
	eachStore(t, func(t *testing.T, w *fixture) {
		waiting, err := w.gateway.Authorize(t.Context(), w.order("tok_requires_action"))
		require.NoError(t, err)

		released, err := w.gateway.Release(t.Context(), waiting.IntentID, "release")

		require.NoError(t, err)
		require.Equal(t, payment.Released{Status: payment.Voided}, released)
	})
}

func TestTwentyCallsAtOnceChargeOnce(t *testing.T) {
	eachStore(t, func(t *testing.T, w *fixture) {
		order := w.order("tok_ok")
		intents := make([]string, 20)
		var calls sync.WaitGroup
		for i := range intents {
			calls.Go(func() { intents[i] = w.authorizeUntilKnown(order) })
		}
		calls.Wait()

		for _, id := range intents {
			require.Equal(t, intents[0], id)
		}
		require.NotEmpty(t, intents[0])
		require.Equal(t, 1, w.totals(order).Charges)
	})
}

func TestCaptureAndReleaseTwice(t *testing.T) {
	eachStore(t, func(t *testing.T, w *fixture) {
		order := w.order("tok_ok")
		id := w.authorizeUntilKnown(order)
		for _, key := range []string{"first", "first", "second"} {
			require.NoError(t, w.gateway.Capture(t.Context(), capturing(id, "capture "+key)))
		}
		for _, key := range []string{"first", "first", "second"} {
			released, err := w.gateway.Release(t.Context(), id, "release "+key)
			require.NoError(t, err)
			require.Equal(t, payment.Released{Status: payment.Refunded, Refunded: order.Amount}, released)
		}
		require.Equal(t, order.Amount, w.totals(order).Captured)
		require.Equal(t, order.Amount, w.totals(order).Refunded)
	})
}

func TestAVoidedIntentRefusesCapture(t *testing.T) {
	eachStore(t, func(t *testing.T, w *fixture) {
		order := w.order("tok_ok")
		id := w.authorizeUntilKnown(order)
		for _, key := range []string{"first", "first", "second"} {
			released, err := w.gateway.Release(t.Context(), id, key)
			require.NoError(t, err)
			require.Equal(t, payment.Released{Status: payment.Voided}, released)
		}

		err := w.gateway.Capture(t.Context(), capturing(id, "capture"))

		require.True(t, isRefusal(err), "%v", err)
		require.Equal(t, order.Amount, w.totals(order).Voided)
		require.Zero(t, w.totals(order).Captured)
	})
}

func TestCaptureAndReleaseAtOnceEndWithoutMoneyHeld(t *testing.T) {
	eachStore(t, func(t *testing.T, w *fixture) {
		order := w.order("tok_ok")
		id := w.authorizeUntilKnown(order)
		var calls sync.WaitGroup
		calls.Go(func() { _ = w.gateway.Capture(t.Context(), capturing(id, "capture")) })
		calls.Go(func() { _, _ = w.gateway.Release(t.Context(), id, "release") })
		calls.Wait()

		_, err := w.gateway.Release(t.Context(), id, "release")

		require.NoError(t, err)
		require.Zero(t, w.totals(order).Held)
	})
}

func TestAnUnknownIntentIsRefused(t *testing.T) {
	eachStore(t, func(t *testing.T, w *fixture) {
		_, err := w.gateway.Release(t.Context(), "pi_nobody", "release")
		require.True(t, isRefusal(err), "%v", err)
		require.True(t, isRefusal(w.gateway.Capture(t.Context(), capturing("pi_nobody", "capture"))))
	})
}

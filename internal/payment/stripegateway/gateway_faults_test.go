package stripegateway_test

import (
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"pizzeria/internal/payment"
	"pizzeria/internal/payment/stripegateway"
)

func TestTimeOutAfterTheChargeIsSettledByTheSameKey(t *testing.T) {
	eachStore(t, func(t *testing.T, w *fixture) {
		order := w.order("tok_timeout")
		hasty := w.dial(stripegateway.Config{Timeout: 300 * time.Millisecond})

		_, err := hasty.Authorize(t.Context(), order)
		require.Error(t, err)
		require.False(t, isRefusal(err), "the outcome is unknown")

		settled, err := w.gateway.Authorize(t.Context(), order)
		require.NoError(t, err)
		require.Equal(t, payment.Authorized, settled.Status)
		require.Equal(t, 1, w.totals(order).Charges)
	})
}

func TestAFaultOfTheGatewayIsSettledByTheSameKey(t *testing.T) {
	eachStore(t, func(t *testing.T, w *fixture) {
		order := w.order("tok_error_once")

		_, err := w.gateway.Authorize(t.Context(), order)
		require.Error(t, err)
		require.Zero(t, w.totals(order))

		settled, err := w.gateway.Authorize(t.Context(), order)
		require.NoError(t, err)
		require.Equal(t, payment.Authorized, settled.Status)
	})
}

func TestACutConnectionAndASlowAnswerAreHidden(t *testing.T) {
	eachStore(t, func(t *testing.T, w *fixture) {
		for _, token := range []string{"tok_reset", "tok_slow"} {
			order := w.order(token)

			got, err := w.gateway.Authorize(t.Context(), order)

			require.NoError(t, err, token)
			require.Equal(t, payment.Authorized, got.Status, token)
			require.Equal(t, 1, w.totals(order).Charges, token)
		}
	})
}

func TestARestartForgetsNothing(t *testing.T) {
	eachStore(t, func(t *testing.T, w *fixture) {
		order := w.order("tok_ok")
		before := w.authorizeUntilKnown(order)

		w.restart()

		require.Equal(t, before, w.authorizeUntilKnown(order))
		require.Equal(t, 1, w.totals(order).Charges)
		require.NoError(t, w.gateway.Capture(t.Context(), capturing(before, "capture")))
	})
}

func TestErrorsThatDecideNothing(t *testing.T) {
	eachStore(t, func(t *testing.T, w *fixture) {
		order := w.order("tok_ok")
		w.authorizeUntilKnown(order)
		dearer := order
		dearer.Amount++
		for name, call := range map[string]func() error{
			"wrong key": func() error {
				_, err := w.dial(stripegateway.Config{Key: "sk_wrong"}).Authorize(t.Context(), w.order("tok_ok"))
				return err
			},
			"nobody there": func() error {
				_, err := w.dial(stripegateway.Config{BaseURL: "http://127.0.0.1:1"}).Authorize(t.Context(), w.order("tok_ok"))
				return err
			},
			"key of another request": func() error {
				_, err := w.gateway.Authorize(t.Context(), dearer)
				return err
			},
		} {
			err := call()
			require.Error(t, err, name)
			require.False(t, isRefusal(err), name)
			require.NotContains(t, err.Error(), "tok_ok", name)
		}
		require.Equal(t, 1, w.totals(order).Charges)
	})
}

func isRefusal(err error) bool {
	var refusal *payment.Refusal
	return errors.As(err, &refusal)
}

package stripegateway_test

import (
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"pizzeria/internal/payment"
	"pizzeria/internal/payment/simulator"
	"pizzeria/internal/platform/money"
)

// What lies within the bounds that the adapter tells, the gateway takes in every currency, and gives back in parts: the sums
// that the shop sees are the shop's.
func TestEveryCurrencyIsTakenAndGivenBack(t *testing.T) {
	t.Parallel()
	w := &fixture{t: t, store: simulator.NewMemory()}
	w.listen()
	t.Cleanup(func() { require.NoError(t, w.server.Close()) })
	for _, currency := range money.Currencies() {
		bounds, step := w.gateway.Amounts(currency), money.Step(currency)
		if bounds.Least == 0 {
			continue
		}
		for _, total := range []int64{bounds.Least, bounds.Most, bounds.Least + step, bounds.Most - step} {
			id := w.charge(currency, total)
			part := total / step / 3 * step
			for _, amount := range []int64{part, total - part} {
				if amount > 0 {
					w.giveBack(id, currency, amount)
				}
			}
			refunds, err := w.gateway.Refunds(t.Context(), id)
			require.NoError(t, err)
			var sum int64
			for _, r := range refunds {
				sum += r.Amount
			}
			require.Equal(t, total, sum, currency)

			released, err := w.gateway.Release(t.Context(), w.charge(currency, total), uuid.NewString())
			require.NoError(t, err)
			require.Equal(t, payment.Released{Status: payment.Refunded, Refunded: total}, released, currency)
		}
	}
}

func TestAmountsBeyondTheBoundsAreRefusedByTheGateway(t *testing.T) {
	t.Parallel()
	w := &fixture{t: t, store: simulator.NewMemory()}
	w.listen()
	t.Cleanup(func() { require.NoError(t, w.server.Close()) })
	rapid.Check(t, func(r *rapid.T) {
		currency := rapid.SampledFrom(money.Currencies()).Draw(r, "currency")
		bounds, step := w.gateway.Amounts(currency), money.Step(currency)
		amount := rapid.Int64Range(0, 1<<42).Draw(r, "amount")
		_, err := w.gateway.Authorize(t.Context(), payment.Authorization{
			Key: uuid.NewString(), OrderID: uuid.New(), Amount: amount, Currency: currency, Token: "tok_ok",
		})
		within := bounds.Least > 0 && amount >= bounds.Least && amount <= bounds.Most && amount%step == 0
		require.Equal(r, within, err == nil, "%d %s: %v", amount, currency, err)
	})
}

func (w *fixture) charge(currency string, amount int64) string {
	w.t.Helper()
	outcome, err := w.gateway.Authorize(w.t.Context(), payment.Authorization{
		Key: uuid.NewString(), OrderID: uuid.New(), Amount: amount, Currency: currency, Token: "tok_ok",
	})
	require.NoError(w.t, err, "%d %s", amount, currency)
	require.NoError(w.t, w.gateway.Capture(w.t.Context(), payment.Capturing{Key: uuid.NewString(), IntentID: outcome.IntentID, Amount: amount, Currency: currency}))
	return outcome.IntentID
}

func (w *fixture) giveBack(intent, currency string, amount int64) {
	w.t.Helper()
	require.NoError(w.t, w.gateway.Refund(w.t.Context(), payment.RefundRequest{
		Key: uuid.NewString(), IntentID: intent, OrderID: uuid.New(), RefundID: uuid.New(), Amount: amount, Currency: currency,
	}), "%d %s", amount, currency)
}

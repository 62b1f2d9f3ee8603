package ordering

import (
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"pizzeria/internal/payment"
)

func TestABurntKeyIsAnotherKeyOfTheSameAttempt(t *testing.T) {
	t.Parallel()
	o := waiting()
	first := o.state.Payment.Key(o.state.ID)
	o.state.Payment.BurntKeys = 2
	require.Equal(t, first+".2", o.state.Payment.Key(o.state.ID))

	require.NoError(t, o.pay(uuid.New(), customer, "tok_ok", noon))
	require.NotContains(t, o.state.Payment.Key(o.state.ID), ".", "another attempt begins anew")
}

func TestWhatNeverReachedTheGatewayIsVoided(t *testing.T) {
	t.Parallel()
	o := placed(Pickup, payment.Card)
	o.state.Payment.recordNothingFound()
	require.True(t, o.state.Payment.outcomeUnknown(), "not as long as the order is wanted")
	o.doing(t, Cancel)

	o.state.Payment.recordNothingFound()

	require.Equal(t, payment.Voided, o.State().Payment.Status)
	require.Equal(t, NothingDue, o.State().Payment.Due)
	require.Empty(t, o.State().Payment.Token)
}

func TestWhatAnEarlierAttemptHoldsIsReleasedAlsoIfTheNewestNeverReachedTheGateway(t *testing.T) {
	t.Parallel()
	o := waiting()
	require.NoError(t, o.pay(uuid.New(), customer, "tok_ok", noon))
	o.doing(t, Cancel)

	o.state.Payment.recordNothingFound()

	require.Equal(t, ReleaseDue, o.State().Payment.Due)
	require.Equal(t, "pi_1", o.State().Payment.IntentID)
	require.False(t, o.state.Payment.outcomeUnknown())
}

func TestAnIntentThatShowsUpLateIsReleased(t *testing.T) {
	t.Parallel()
	lost := func() *Order {
		o := placed(Pickup, payment.Card).doing(t, Cancel)
		o.state.Payment.recordNothingFound()
		return o
	}
	told := told(payment.Authorized)
	o := lost()
	require.True(t, o.applyGatewayEvent(told, noon))
	require.Equal(t, ReleaseDue, o.State().Payment.Due)
	require.Equal(t, "pi_1", o.State().Payment.IntentID)
	require.False(t, o.applyGatewayEvent(told, noon), "told again")

	stranger := told
	stranger.Key = "order-of-somebody-else-1"
	require.False(t, lost().applyGatewayEvent(stranger, noon))
	require.True(t, lost().adopt(0, "pi_2", noon), "by the answer to the call")
	require.False(t, confirmed().adopt(0, "pi_2", noon))
}

func TestItIsDueSinceItBecameSo(t *testing.T) {
	t.Parallel()
	o := placed(Pickup, payment.Card).doing(t, Cancel)
	o.state.Payment.postpone(noon.Add(time.Minute))

	require.Equal(t, 2*time.Minute, o.state.Payment.dueFor(noon.Add(2*time.Minute)))
	require.Zero(t, (&Payment{}).dueFor(noon))
}

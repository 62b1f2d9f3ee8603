package simulator

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestConfirmFollowsTheCard(t *testing.T) {
	t.Parallel()
	for token, want := range map[string]State{
		"tok_ok": RequiresCapture, "tok_declined": RequiresPaymentMethod, "tok_requires_action": RequiresAction,
		"pm_card_visa": RequiresCapture, "pm_card_chargeDeclined": RequiresPaymentMethod, "pm_card_authenticationRequired": RequiresAction,
	} {
		c, known := cardOf(token)
		require.True(t, known)
		in, _, _ := newIntent("pi_1", 1200).Confirm(token, c)
		require.Equal(t, want, in.State, token)
	}
}

func TestADeclinedIntentTakesAnotherCard(t *testing.T) {
	t.Parallel()
	in, moved, refusal := newIntent("pi_1", 1200).Confirm("tok_declined", card{decline: "generic_decline"})
	require.Empty(t, moved)
	require.Equal(t, "generic_decline", refusal.DeclineCode)

	in, moved, refusal = in.Confirm("tok_ok", card{})

	require.Nil(t, refusal)
	require.Equal(t, []Movement{{Authorize, 1200}}, moved)
	require.Empty(t, in.DeclineCode)
}

func TestTheActionIsDoneByConfirmingAgain(t *testing.T) {
	t.Parallel()
	in, moved, _ := newIntent("pi_1", 1200).Confirm("tok_requires_action", card{needsAction: true})
	require.Empty(t, moved)

	in, _, refusal := in.Confirm("tok_requires_action", card{needsAction: true})

	require.Nil(t, refusal)
	require.Equal(t, RequiresCapture, in.State)
}

func TestAPartialCaptureLetsGoOfTheRest(t *testing.T) {
	t.Parallel()
	in, _, _ := newIntent("pi_1", 1200).Confirm("tok_ok", card{})
	part := int64(1000)

	in, moved, refusal := in.Capture(&part)

	require.Nil(t, refusal)
	require.Equal(t, []Movement{{Capture, 1000}, {Void, 200}}, moved)
	require.EqualValues(t, 1000, in.Held())
}

// After any operations in any order, no intent takes more than it reserved or returns more than it took, a refusal
// changes no money, and the ledger tells the same story as the intents.
func TestMoneyAddsUp(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		intents := []Intent{newIntent("pi_0", 1200), newIntent("pi_1", 1), newIntent("pi_2", 99_999_999)}
		var book []Entry
		for range rapid.IntRange(1, 60).Draw(t, "operations") {
			i := rapid.IntRange(0, len(intents)-1).Draw(t, "intent")
			before := intents[i]
			after, moved, refusal := anyOperation(t, before)
			if refusal != nil {
				require.Empty(t, moved)
				require.Equal(t, before.Held(), after.Held())
			}
			intents[i] = after
			book = append(book, entries(after, moved, time.Unix(0, 0))...)
		}
		for _, in := range intents {
			requireBalanced(t, in, book)
		}
	})
}

func anyOperation(t *rapid.T, in Intent) (Intent, []Movement, *Refusal) {
	amount := rapid.Ptr(rapid.Int64Range(-1, in.Amount+1), true).Draw(t, "amount")
	switch rapid.SampledFrom([]string{"confirm", "capture", "cancel", "refund"}).Draw(t, "operation") {
	case "capture":
		return in.Capture(amount)
	case "cancel":
		return in.Cancel()
	case "refund":
		return in.Refund(amount)
	default:
		token := rapid.SampledFrom([]string{"tok_ok", "tok_declined", "tok_requires_action"}).Draw(t, "token")
		c, _ := cardOf(token)
		return in.Confirm(token, c)
	}
}

func requireBalanced(t require.TestingT, in Intent, book []Entry) {
	var own []Entry
	for _, e := range book {
		if e.IntentID == in.ID {
			own = append(own, e)
		}
	}
	sum := Totals{OrderID: in.OrderID}
	if len(own) > 0 {
		sum = ledger(own).Orders[0]
	}
	require.LessOrEqual(t, sum.Authorized, in.Amount)
	require.LessOrEqual(t, sum.Captured+sum.Voided, sum.Authorized)
	require.LessOrEqual(t, sum.Refunded, sum.Captured)
	require.Equal(t, in.Captured, sum.Captured)
	require.Equal(t, in.Refunded, sum.Refunded)
	require.Equal(t, in.Held(), sum.Held)
	require.GreaterOrEqual(t, sum.Held, int64(0))
}

func newIntent(id string, amount int64) Intent {
	return Intent{ID: id, OrderID: "order of " + id, Amount: amount, Currency: "eur", State: RequiresPaymentMethod}
}

package ordering

import (
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"pizzeria/internal/payment"
)

// told is an event about the intent pi_1, which the order's first attempt makes.
func told(status payment.Status) payment.Event {
	e := payment.Event{ID: "evt_1", Status: status, IntentID: "pi_1", Key: "order-00000000-0000-7000-8000-00000000000a-1"}
	if status == payment.Failed {
		e.DeclineCode = "authentication_required"
	}
	return e
}

func refunded(sum int64) payment.Event {
	e := told(payment.Refunded)
	e.Refunded = sum
	return e
}

// waiting is an order whose customer has to act at the bank.
func waiting() *Order {
	return placed(Pickup, payment.Card).after(payment.Outcome{Status: payment.RequiresAction, IntentID: "pi_1"})
}

func confirmed() *Order { return placed(Pickup, payment.Card).after(authorized()) }

func (o *Order) doing(t *testing.T, actions ...Action) *Order {
	t.Helper()
	reason := "because"
	for _, action := range actions {
		require.NoError(t, o.Do(action, cook, &reason, nil, noon))
	}
	return o
}

// settled is what the settler makes of what is due.
func (o *Order) settled(status payment.Status) *Order {
	o.state.Payment.settle(status)
	return o
}

func TestWhatTheGatewayTellsMovesThePaymentOn(t *testing.T) {
	t.Parallel()
	preparing := func() *Order { return confirmed().doing(t, StartPreparing) }
	for name, c := range map[string]struct {
		order   *Order
		event   payment.Event
		status  Status
		payment payment.Status
		due     Due
	}{
		"the action is done":                   {waiting(), told(payment.Authorized), Confirmed, payment.Authorized, NothingDue},
		"the action failed":                    {waiting(), told(payment.Failed), Rejected, payment.Failed, NothingDue},
		"cancelled before the action":          {waiting(), told(payment.Voided), Rejected, payment.Voided, NothingDue},
		"captured, the rest is still to come":  {waiting(), told(payment.Captured), Confirmed, payment.Captured, NothingDue},
		"no answer but the event":              {placed(Pickup, payment.Card), told(payment.Authorized), Confirmed, payment.Authorized, NothingDue},
		"no answer but a decline":              {placed(Pickup, payment.Card), told(payment.Failed), Rejected, payment.Failed, NothingDue},
		"no answer, and over already":          {placed(Pickup, payment.Card).doing(t, Cancel), told(payment.Authorized), Cancelled, payment.Pending, ReleaseDue},
		"no answer, over, and declined":        {placed(Pickup, payment.Card).doing(t, Cancel), told(payment.Failed), Cancelled, payment.Failed, NothingDue},
		"paid after the order was given up":    {waiting().doing(t, Reject).settled(payment.Failed), told(payment.Authorized), Rejected, payment.Failed, ReleaseDue},
		"captured after it was given up":       {waiting().doing(t, Reject).settled(payment.Failed), told(payment.Captured), Rejected, payment.Failed, ReleaseDue},
		"the hold expired":                     {confirmed(), told(payment.Voided), Rejected, payment.Voided, NothingDue},
		"the hold expired, release refused":    {confirmed().doing(t, Cancel).settled(payment.Authorized), told(payment.Voided), Cancelled, payment.Voided, NothingDue},
		"captured before the answer":           {preparing(), told(payment.Captured), Preparing, payment.Captured, NothingDue},
		"captured by hand":                     {confirmed(), told(payment.Captured), Confirmed, payment.Captured, NothingDue},
		"captured after it had been refused":   {preparing().settled(payment.Failed), told(payment.Captured), Preparing, payment.Captured, NothingDue},
		"refunded in part":                     {preparing().settled(payment.Captured), refunded(400), Preparing, payment.Captured, NothingDue},
		"refunded in whole":                    {preparing().settled(payment.Captured), refunded(1_000), Preparing, payment.Captured, NothingDue},
		"refunded, its capture unheard of":     {preparing(), refunded(400), Preparing, payment.Captured, NothingDue},
		"refunded more than there is":          {preparing().settled(payment.Captured), refunded(9_999), Preparing, payment.Captured, NothingDue},
		"given back by hand, release refused":  {preparing().doing(t, Cancel).settled(payment.Captured), refunded(1_000), Cancelled, payment.Refunded, NothingDue},
		"hold expired while the kitchen works": {preparing(), told(payment.Voided), Preparing, payment.Authorized, CaptureDue},
	} {
		news := c.order.applyGatewayEvent(c.event, noon)

		require.Equal(t, c.status, c.order.State().Status, name)
		require.Equal(t, c.payment, c.order.State().Payment.Status, name)
		require.Equal(t, c.due, c.order.State().Payment.Due, name)
		require.Equal(t, name != "hold expired while the kitchen works", news, name)
		after := c.order.State()
		require.False(t, c.order.applyGatewayEvent(c.event, noon), "told again: %s", name)
		require.Equal(t, after, c.order.State(), name)
	}
}

func TestWhatComesLateChangesNothing(t *testing.T) {
	t.Parallel()
	stranger := told(payment.Authorized)
	stranger.IntentID, stranger.Key = "pi_other", "order-of-somebody-else-1"
	paying := func() *Order { // with a second card
		o := waiting()
		require.NoError(t, o.pay(uuid.New(), customer, "tok_ok", noon))
		return o
	}
	preparing := func() *Order { return confirmed().doing(t, StartPreparing).settled(payment.Captured) }
	for name, c := range map[string]struct {
		order *Order
		event payment.Event
	}{
		"authorized, captured since":          {preparing(), told(payment.Authorized)},
		"authorized, voided since":            {confirmed().doing(t, Cancel).settled(payment.Voided), told(payment.Authorized)},
		"authorized, refunded since":          {preparing().doing(t, Cancel).settled(payment.Refunded), told(payment.Authorized)},
		"captured, refunded since":            {preparing().doing(t, Cancel).settled(payment.Refunded), told(payment.Captured)},
		"failed, then tried again":            {confirmed(), told(payment.Failed)},
		"action done, while it is given up":   {waiting().doing(t, Cancel), told(payment.Authorized)},
		"captured, while it is given up":      {confirmed().doing(t, StartPreparing, Cancel), told(payment.Captured)},
		"refunded, by ourselves":              {preparing().doing(t, Cancel), refunded(1_000)},
		"the first card, while another pays":  {paying(), told(payment.Authorized)},
		"the first card is cancelled":         {paying(), told(payment.Voided)},
		"the first card, when another failed": {paying().after(payment.Outcome{Status: payment.Failed}), told(payment.Authorized)},
		"another intent":                      {waiting(), stranger},
		"another intent, no answer yet":       {placed(Pickup, payment.Card), stranger},
		"an order paid in cash":               {placed(Pickup, payment.Cash), told(payment.Authorized)},
		"a status that nobody tells":          {waiting(), told(payment.RequiresAction)},
	} {
		before := c.order.State()

		require.False(t, c.order.applyGatewayEvent(c.event, noon), name)

		require.Equal(t, before, c.order.State(), name)
	}
}

// A sum doesn't tell which refunds it is of: the gateway is asked.
func TestNewsOfARefundAreAskedFor(t *testing.T) {
	t.Parallel()
	o := confirmed().doing(t, StartPreparing).settled(payment.Captured)

	require.True(t, o.applyGatewayEvent(refunded(700), noon))
	require.NotNil(t, o.State().Payment.RefundsDueAt)
	require.False(t, o.applyGatewayEvent(refunded(400), noon), "it is asked once")
	o.recordRefunds(map[int][]payment.GatewayRefund{0: byHand(300, 400)}, nil, true, noon)

	require.EqualValues(t, 700, o.State().Payment.Refunded)
	require.Equal(t, payment.PartiallyRefunded, o.State().Payment.Status)
	require.Nil(t, o.State().Payment.RefundsDueAt)
	require.False(t, o.applyGatewayEvent(refunded(700), noon), "that is known")
	require.True(t, o.applyGatewayEvent(refunded(0), noon), "a refund has changed")
}

// byHand are refunds that somebody made at the gateway.
func byHand(amounts ...int64) (list []payment.GatewayRefund) {
	for i, amount := range amounts {
		list = append(list, payment.GatewayRefund{ID: "re_" + string(rune('a'+i)), Amount: amount, Status: payment.RefundSucceeded})
	}
	return list
}

// What was refunded when the gateway was asked can be less than what is in the end.
func TestWhatIsRefundedWhollyLearnsOfALargerSum(t *testing.T) {
	t.Parallel()
	o := confirmed().doing(t, StartPreparing, Cancel).settled(payment.Refunded)
	o.state.Payment.Refunded = 600

	require.True(t, o.applyGatewayEvent(refunded(700), noon))
	require.EqualValues(t, 700, o.State().Payment.Refunded)
	require.False(t, o.applyGatewayEvent(refunded(650), noon))
	require.True(t, o.applyGatewayEvent(refunded(9_999), noon))

	require.EqualValues(t, 1_000, o.State().Payment.Refunded)
	require.Equal(t, payment.Refunded, o.State().Payment.Status)
}

func TestADeclineThatIsToldIsRefusedLikeOneThatIsAnswered(t *testing.T) {
	t.Parallel()
	o := placed(Pickup, payment.Card)

	o.applyGatewayEvent(told(payment.Failed), noon)

	require.Equal(t, "authentication_required", o.state.Payment.refusal().Details.DeclineCode)
	require.Equal(t, StockReleased, o.StockChange())
}

func TestWhatIsRefundedInPartIsRefundedWhollyWhenTheOrderIsCancelled(t *testing.T) {
	t.Parallel()
	o := confirmed().doing(t, StartPreparing).settled(payment.Captured)
	o.recordRefunds(map[int][]payment.GatewayRefund{0: byHand(400)}, nil, true, noon)
	o.doing(t, Cancel)
	require.Equal(t, ReleaseDue, o.State().Payment.Due)

	whole := confirmed().doing(t, StartPreparing).settled(payment.Captured)
	whole.recordRefunds(map[int][]payment.GatewayRefund{0: byHand(1_000)}, nil, true, noon)
	whole.doing(t, Cancel)

	require.Equal(t, NothingDue, whole.State().Payment.Due, "there is nothing left to give back")
	require.Equal(t, payment.Refunded, whole.State().Payment.Status)
}

// Whatever order an intent's events come in, and however often: the order ends as if they had come once and in order.
func TestEventsInAnyOrderEndTheSame(t *testing.T) {
	t.Parallel()
	lives := [][]payment.Event{
		{told(payment.Failed), told(payment.Voided)},
		{told(payment.Voided)},
		{told(payment.Authorized), told(payment.Voided)},
		{told(payment.Authorized), told(payment.Captured)},
		{told(payment.Authorized), told(payment.Captured), refunded(300), refunded(700)},
		{told(payment.Authorized), told(payment.Captured), refunded(300), refunded(1_000)},
	}
	rapid.Check(t, func(t *rapid.T) {
		begin := rapid.SampledFrom([]func() *Order{waiting, func() *Order { return placed(Pickup, payment.Card) }}).Draw(t, "begin")
		life := rapid.SampledFrom(lives).Draw(t, "life")
		expected, o := begin(), begin()
		for _, e := range life {
			expected.applyGatewayEvent(e, noon)
		}

		for _, e := range rapid.Permutation(append(life[:len(life):len(life)], life...)).Draw(t, "come") {
			o.applyGatewayEvent(e, noon)
		}

		require.Equal(t, expected.State().Status, o.State().Status)
		require.Equal(t, expected.State().Payment.Status, o.State().Payment.Status)
		require.Equal(t, expected.State().Payment.Refunded, o.State().Payment.Refunded)
		require.Equal(t, NothingDue, o.State().Payment.Due)
		require.Equal(t, len(o.Events()), o.State().Version)
	})
}

package ordering

import (
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"pizzeria/internal/location"
	"pizzeria/internal/ordering/pricing"
	"pizzeria/internal/payment"
	"pizzeria/internal/platform/auth"
	"pizzeria/internal/platform/fault"
	"pizzeria/internal/platform/postal"
)

var (
	customer = auth.Actor{ID: uuid.MustParse("00000000-0000-7000-8000-000000000001"), Name: "Ada", Roles: []auth.Role{auth.RoleCustomer}}
	stranger = auth.Actor{ID: uuid.MustParse("00000000-0000-7000-8000-000000000002"), Name: "Bob", Roles: []auth.Role{auth.RoleCustomer}}
	cook     = auth.Actor{ID: uuid.MustParse("00000000-0000-7000-8000-000000000003"), Name: "Cem", Roles: []auth.Role{auth.RoleCook}}
	driver   = auth.Actor{ID: uuid.MustParse("00000000-0000-7000-8000-000000000004"), Name: "Dan", Roles: []auth.Role{auth.RoleDriver}}
	manager  = auth.Actor{ID: uuid.MustParse("00000000-0000-7000-8000-000000000005"), Name: "Eva", Roles: []auth.Role{auth.RoleManager}}
	noon     = time.Date(2026, 1, 31, 12, 0, 0, 0, time.UTC)
)

// placed returns a new order for one pizza at 10.00.
func placed(how Fulfillment, method payment.Method) *Order {
	token := "tok_ok"
	cmd := PlaceOrder{
		OrderID: uuid.MustParse("00000000-0000-7000-8000-00000000000a"), By: customer, Details: Details{Fulfillment: how},
		DeliveryAddress: &postal.Address{Street: "Via Roma 1", City: "Napoli", PostalCode: "80100"}, PaymentMethod: method, PaymentToken: &token,
	}
	lines := []Line{{Quantity: 1, UnitPrice: 1_000, Preparation: 10 * time.Minute}}
	place := Place{Charges: location.Charges{Currency: "USD"}}
	return newOrder(cmd, drafted(cmd, lines, cmd.basket(place, noon), place), uuid.New(), noon)
}

// drafted is a draft of lines that cost what they do in a basket.
func drafted(cmd PlaceOrder, lines []Line, basket pricing.Basket, place Place) State {
	lines, cost := priced(lines, basket)
	return draft(cmd, lines, basket, cost, place)
}

// after returns the order after the gateway has answered.
func (o *Order) after(outcome payment.Outcome) *Order {
	o.recordOutcome(outcome, noon)
	return o
}

func authorized() payment.Outcome {
	return payment.Outcome{Status: payment.Authorized, IntentID: "pi_1"}
}

func TestCashOrderIsConfirmedAtOnce(t *testing.T) {
	t.Parallel()
	o := placed(Delivery, payment.Cash)

	require.Equal(t, Confirmed, o.State().Status)
	require.Equal(t, []EventType{OrderPlaced, OrderConfirmed}, eventTypes(o))
	require.Equal(t, NothingDue, o.State().Payment.Due)
}

func TestCardOrderWaitsForItsAuthorization(t *testing.T) {
	t.Parallel()
	o := placed(Delivery, payment.Card)
	require.Equal(t, Pending, o.State().Status)
	require.Equal(t, AuthorizeDue, o.State().Payment.Due)

	o.after(authorized())

	require.Equal(t, Confirmed, o.State().Status)
	require.Equal(t, payment.Authorized, o.State().Payment.Status)
	require.Equal(t, 2, o.State().Version)
}

func TestDeclinedCardRejectsTheOrderAndFreesItsStock(t *testing.T) {
	t.Parallel()
	o := placed(Pickup, payment.Card).after(payment.Outcome{Status: payment.Failed, DeclineCode: "generic_decline"})

	require.Equal(t, Rejected, o.State().Status)
	require.Equal(t, payment.Failed, o.State().Payment.Status)
	require.Equal(t, StockReleased, o.StockChange())
	require.Equal(t, "generic_decline", o.state.Payment.refusal().Details.DeclineCode)
}

func TestSecondCardThatIsDeclinedLeavesTheOrderPending(t *testing.T) {
	t.Parallel()
	o := placed(Pickup, payment.Card).after(payment.Outcome{Status: payment.RequiresAction, IntentID: "pi_1"})
	require.Equal(t, Pending, o.State().Status)

	require.NoError(t, o.pay(uuid.New(), customer, "tok_declined", noon))
	o.after(payment.Outcome{Status: payment.Failed, DeclineCode: "generic_decline"})

	require.Equal(t, Pending, o.State().Status)
	require.Equal(t, payment.Failed, o.State().Payment.Status)
}

func TestPayingTwiceAtOnceIsRefused(t *testing.T) {
	t.Parallel()
	o := placed(Pickup, payment.Card).after(payment.Outcome{Status: payment.RequiresAction, IntentID: "pi_1"})
	first := uuid.New()
	require.NoError(t, o.pay(first, customer, "tok_ok", noon))

	require.NoError(t, o.pay(first, customer, "tok_ok", noon), "the same attempt, repeated after a crash")
	require.Equal(t, 2, o.State().Payment.Attempt)
	requireCode(t, fault.PaymentInProgress, o.pay(uuid.New(), customer, "tok_ok", noon))
}

func TestCustomersCancelUntilTheKitchenStarts(t *testing.T) {
	t.Parallel()
	o := placed(Delivery, payment.Cash)
	require.NoError(t, o.Do(StartPreparing, cook, nil, nil, noon))

	requireCode(t, fault.InvalidTransition, o.Do(Cancel, customer, nil, nil, noon))
	requireCode(t, fault.BadUserInput, o.Do(Cancel, cook, nil, nil, noon), "staff say why")
	reason := "The oven is out."
	require.NoError(t, o.Do(Cancel, cook, &reason, nil, noon))
	require.Equal(t, payment.Voided, o.State().Payment.Status)
	require.Equal(t, StockReleased, o.StockChange())
}

func TestAnotherCustomersOrderLooksLikeNone(t *testing.T) {
	t.Parallel()
	o := placed(Delivery, payment.Cash)
	require.Equal(t, NotFound(), o.Do(Cancel, stranger, nil, nil, noon))
}

func TestDecisionOnAnOlderVersionIsRefused(t *testing.T) {
	t.Parallel()
	o := placed(Delivery, payment.Cash)
	old, current := 1, 2

	err := o.Do(StartPreparing, cook, nil, &old, noon)
	requireCode(t, fault.VersionConflict, err)
	refusal, _ := fault.As(err)
	require.Equal(t, 2, refusal.Details.CurrentVersion)
	require.NoError(t, o.Do(StartPreparing, cook, nil, &current, noon))
}

func TestUnpaidCardOrderCannotBeConfirmedByHand(t *testing.T) {
	t.Parallel()
	o := placed(Delivery, payment.Card)
	requireCode(t, fault.InvalidTransition, o.Do(Confirm, cook, nil, nil, noon))
}

func TestKitchenStartCapturesTheCardAndHandOverCollectsCash(t *testing.T) {
	t.Parallel()
	card := placed(Pickup, payment.Card).after(authorized())
	require.NoError(t, card.Do(StartPreparing, cook, nil, nil, noon))
	require.Equal(t, CaptureDue, card.State().Payment.Due)

	cash := placed(Pickup, payment.Cash)
	for _, action := range []Action{StartPreparing, MarkReady, Complete} {
		require.NoError(t, cash.Do(action, cook, nil, nil, noon))
	}
	require.Equal(t, PickedUp, cash.State().Status)
	require.Equal(t, payment.Captured, cash.State().Payment.Status)
	require.Equal(t, StockConsumed, cash.StockChange())
}

func TestCancellingWhileTheGatewayIsSilentReleasesWhateverItDid(t *testing.T) {
	t.Parallel()
	o := placed(Delivery, payment.Card)
	require.NoError(t, o.Do(Cancel, customer, nil, nil, noon))
	require.Equal(t, ReleaseDue, o.State().Payment.Due)

	o.after(authorized())

	require.Equal(t, Cancelled, o.State().Status, "a late success brings nothing back")
	require.Equal(t, ReleaseDue, o.State().Payment.Due)
	require.Equal(t, "pi_1", o.State().Payment.IntentID)
}

func TestWhateverIsTriedVersionsHaveNoGapsAndFinalStatesStay(t *testing.T) {
	t.Parallel()
	actions := []Action{Confirm, Reject, StartPreparing, MarkReady, Dispatch, Return, Complete, Cancel}
	reason := "because"
	rapid.Check(t, func(t *rapid.T) {
		how := rapid.SampledFrom([]Fulfillment{Delivery, Pickup}).Draw(t, "fulfillment")
		o := placed(how, rapid.SampledFrom([]payment.Method{payment.Cash, payment.Card}).Draw(t, "method"))
		for range rapid.IntRange(0, 20).Draw(t, "tries") {
			before := o.State()
			if o.state.Payment.outcomeUnknown() && rapid.Bool().Draw(t, "the gateway answers") {
				o.after(authorized())
				continue
			}
			by := rapid.SampledFrom([]auth.Actor{customer, cook, driver, manager, guestOf(before.ID), linkTo(before.ID), guestOf(uuid.New())}).Draw(t, "by")
			err := o.Do(rapid.SampledFrom(actions).Draw(t, "action"), by, &reason, nil, noon)
			if err != nil {
				require.Equal(t, before, o.State(), "a refusal changes nothing")
				continue
			}
			require.Contains(t, before.Status.Allowed(how, by, by.Owns(before.ID, customer.ID)), o.State().Status)
		}
		for i, e := range o.Events() {
			require.Equal(t, i+1, e.Version)
			if i > 0 {
				require.Equal(t, o.Events()[i-1].To, e.From)
			}
		}
		require.Equal(t, len(o.Events()), o.State().Version)
	})
}

func eventTypes(o *Order) []EventType {
	var types []EventType
	for _, e := range o.Events() {
		types = append(types, e.Type)
	}
	return types
}

func requireCode(t *testing.T, code fault.Code, err error, words ...any) {
	t.Helper()
	require.Truef(t, fault.Is(err, code), "expected %s, got %v %v", code, err, words)
}
